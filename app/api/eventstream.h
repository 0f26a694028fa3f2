#pragma once

#include <functional>
#include <optional>
#include <QTimer>
#include <QWebSocket>

#include "app/api/apiclient.h"
#include "app/api/eventchannel.h"

namespace marea::app {

// EventChannel on a WebSocket. Each connection takes a ticket, which also renews the access token. After a break it
// tries again, at longer and longer intervals, and goes on after the last event that it was told.
class EventStream : public EventChannel {
    Q_OBJECT
public:
    // Whether somebody has said of a server that it may show the certificate with this SHA-256 though nobody vouches.
    using Trusted = std::function<bool(const QUrl& server, const QByteArray& digest)>;
    explicit EventStream(ApiClient& api, QObject* parent = nullptr);
    void setTrusted(Trusted rule) { trusted_ = std::move(rule); }

    void start() override;
    void stop() override;
    void send(const QJsonObject& message) override;

    static int pauseAfter(int failures);  // milliseconds

private:
    void connectNow();
    void open(const QString& ticket);
    void onText(const QString& text);
    void onHello(const QJsonObject& hello);
    void onClosed();
    void onTlsErrors(const QList<QSslError>& errors);

    ApiClient& api_;
    Trusted trusted_ = [](const QUrl&, const QByteArray&) { return false; };
    QWebSocket socket_;
    QTimer again_;
    std::optional<qint64> last_;  // the seq of the last library event
    int failures_ = 0;            // in a row
    int generation_ = 0;          // tickets for an earlier start are dropped
    bool wanted_ = false, greeted_ = false;
};

}  // namespace marea::app
