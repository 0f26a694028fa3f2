#pragma once

#include <memory>
#include <QByteArray>
#include <QString>
#include <QThread>

#include "core/http/httpclient.h"

namespace marea::core {

struct QtHttpClientOptions {
    QByteArray userAgent = "Marea";
    bool allowTls12 = false;  // for a server behind an older proxy
};

// HttpClient on Qt Network, in a thread of its own, so that neither the GUI nor the player waits for the other.
// Needs a QCoreApplication. Destroying it cancels what is under way (futures finish as cancelled).
class QtHttpClient : public HttpClient {
public:
    explicit QtHttpClient(QtHttpClientOptions options = {});
    ~QtHttpClient() override;

    QFuture<Result<HttpResponse>> send(const HttpRequest& request) override;
    std::unique_ptr<HttpCall> stream(const HttpRequest& request, HttpSink sink) override;

    // From now on `origin` (scheme, host, port of the url) must show exactly the certificate whose DER has this
    // SHA-256; who signed it does not matter then. An empty hash takes the pin away. Any thread.
    void setCertificatePin(const QUrl& origin, const QByteArray& sha256);
    // The language (BCP 47) that servers are asked to answer in from now on; English before. Any thread.
    void setLanguage(const QByteArray& tag);

    struct Shared;  // inner workings

private:
    class Worker;
    std::shared_ptr<Shared> shared_;
    QThread thread_;
    Worker* worker_ = nullptr;  // lives on thread_
};

}  // namespace marea::core
