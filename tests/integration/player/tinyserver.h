#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <QByteArray>
#include <QObject>
#include <QTcpServer>
#include <QThread>
#include <QUrl>
#include <vector>

class QTcpSocket;

namespace marea::test {

struct TinyRequest {
    QByteArray method, path;
    QList<std::pair<QByteArray, QByteArray>> headers;
    qint64 from = 0, to = -1;  // of Range, [from, to]; to -1 when there is none
    bool ranged = false;
    int number = 0;  // 1 for the first request

    QByteArray header(const QByteArray& name) const;
};

// What the server does with one request.
struct TinyAnswer {
    int status = 206;  // 206: the part asked for, 200: all
    QList<std::pair<QByteArray, QByteArray>> headers;
    QByteArray body;         // for other statuses
    qint64 cutAfter = -1;    // closes the connection after so many bytes of the body
    qint64 stallAfter = -1;  // falls silent after so many, and stays connected
};

// An HTTP server for tests in a thread of its own, on a free port; serves one body, and misbehaves as told.
class TinyServer {
public:
    explicit TinyServer(QByteArray body);
    ~TinyServer();

    // Called on the server's thread for each request; by default the part asked for is sent.
    std::function<TinyAnswer(const TinyRequest&)> decide = [](const TinyRequest&) { return TinyAnswer{}; };

    QUrl url(const QByteArray& path = "/film.mkv") const;
    int requests() const { return requests_; }
    int connections() const { return connections_; }
    std::vector<TinyRequest> seen() const;

private:
    void onConnection(QTcpServer& listener);
    void onReadable(QTcpSocket* socket);
    void answer(QTcpSocket* socket, const TinyRequest& request);

    QByteArray body_;
    QThread thread_;
    QTcpServer* listener_ = nullptr;
    quint16 port_ = 0;
    std::atomic<int> requests_ = 0, connections_ = 0;
    mutable std::mutex mutex_;
    std::vector<TinyRequest> seen_;
};

}  // namespace marea::test
