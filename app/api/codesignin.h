#pragma once

#include <functional>
#include <QTcpServer>
#include <QTimer>

#include "app/api/apiclient.h"

namespace marea::app {

// Signing in by the browser: OAuth's authorization code with PKCE, answered to a port of this computer (RFC 8252, 7.3;
// RFC 7636). One at a time. GUI thread.
class CodeSignIn : public QObject {
    Q_OBJECT
public:
    using Browser = std::function<bool(const QUrl&)>;  // opens a page; false: there is none

    CodeSignIn(ApiClient& api, Browser browser, QObject* parent = nullptr);

    // Errors: Unavailable where no browser opens or no port is free, Forbidden when the person said no, Timeout when
    // nothing came, Cancelled by cancel(), and those of the server.
    Reply<Tokens> start();
    void cancel();
    bool running() const { return promise_ != nullptr; }
    void setBrowser(Browser browser) { browser_ = std::move(browser); }
    bool openAgain();  // the page, while it waits

private:
    void listen(const QString& issuer);
    void onConnection();
    void onRequest(QTcpSocket* socket);
    void onAnswer(const QUrlQuery& answer, QTcpSocket* socket);
    void exchange(const QString& code);
    void finish(const core::Result<Tokens>& tokens);
    QString redirectUri() const;
    QUrl page() const;

    ApiClient& api_;
    Browser browser_;
    QTcpServer server_;
    QTimer patience_;
    std::shared_ptr<QPromise<core::Result<Tokens>>> promise_;
    QString state_, verifier_, issuer_;
};

// The S256 challenge of a verifier (RFC 7636, 4.2).
QString codeChallenge(const QString& verifier);

}  // namespace marea::app
