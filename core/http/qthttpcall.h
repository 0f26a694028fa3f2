#pragma once

#include <atomic>
#include <memory>
#include <QElapsedTimer>
#include <QHash>
#include <QMutex>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QObject>
#include <QPointer>
#include <QTimer>

#include "core/http/httpclient.h"
#include "core/http/qthttpclient.h"

namespace marea::core {

// What the threads share: options, and the certificates that origins must show.
struct QtHttpClient::Shared {
    QtHttpClientOptions options;
    QMutex mutex;
    QHash<QString, QByteArray> pins;  // origin → SHA-256 of the certificate
    QByteArray language = "en";

    QByteArray pinOf(const QUrl& url);
    QByteArray spoken();  // the language
};

// "scheme://host:port", the unit of redirects and pins.
QString originOf(const QUrl& url);

// One exchange of a request and its answer; lives on the client's thread and deletes itself when done.
class QtHttpCall : public QObject {
    Q_OBJECT
public:
    // Set from any thread, read by the exchange.
    struct Control {
        std::atomic<bool> cancelled = false;
        std::atomic<bool> paused = false;
    };

    QtHttpCall(QNetworkAccessManager& network, QtHttpClient::Shared& shared, HttpRequest request, HttpSink sink,
               std::shared_ptr<Control> control, QObject* parent);
    ~QtHttpCall() override;

    void start();
    void cancel();
    void resume();

private:
    void onHead();
    void pump();
    void onFinished();
    void onStalled();
    void checkCertificate();
    bool followRedirect(int status, const QByteArray& location);
    void dropReply();
    void end(Result<void> result);
    Error networkError() const;

    QNetworkAccessManager& network_;
    QtHttpClient::Shared& shared_;
    HttpRequest request_;
    HttpSink sink_;
    std::shared_ptr<Control> control_;
    QPointer<QNetworkReply> reply_;
    QTimer stall_;
    QByteArray pin_;
    int redirects_ = 0;
    bool headSent_ = false;
    bool pinFailed_ = false;
    bool ended_ = false;
};

}  // namespace marea::core
