#include "tests/integration/player/tinyserver.h"

#include <QTcpSocket>
#include <stdexcept>

namespace marea::test {

QByteArray TinyRequest::header(const QByteArray& name) const {
    for (const auto& [key, value] : headers) {
        if (key.compare(name, Qt::CaseInsensitive) == 0) {
            return value;
        }
    }
    return {};
}

TinyServer::TinyServer(QByteArray body) : body_(std::move(body)) {
    listener_ = new QTcpServer;
    if (!listener_->listen(QHostAddress::LocalHost)) {
        throw std::runtime_error("no free port");
    }
    port_ = listener_->serverPort();
    listener_->moveToThread(&thread_);
    QObject::connect(listener_, &QTcpServer::newConnection, listener_, [this] { onConnection(*listener_); });
    QObject::connect(&thread_, &QThread::finished, listener_, &QObject::deleteLater);
    thread_.start();
}

TinyServer::~TinyServer() {
    thread_.quit();
    thread_.wait();
}

QUrl TinyServer::url(const QByteArray& path) const {
    return QUrl(QString::fromUtf8("http://127.0.0.1:" + QByteArray::number(port_) + path));
}

std::vector<TinyRequest> TinyServer::seen() const {
    const std::lock_guard lock(mutex_);
    return seen_;
}

void TinyServer::onConnection(QTcpServer& listener) {
    while (QTcpSocket* socket = listener.nextPendingConnection()) {
        ++connections_;
        QObject::connect(socket, &QTcpSocket::readyRead, socket, [this, socket] { onReadable(socket); });
        QObject::connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
    }
}

void TinyServer::onReadable(QTcpSocket* socket) {
    QByteArray text = socket->property("text").toByteArray() + socket->readAll();
    for (auto end = text.indexOf("\r\n\r\n"); end >= 0; end = text.indexOf("\r\n\r\n")) {
        const QList<QByteArray> lines = text.left(end).split('\n');
        text.remove(0, end + 4);
        TinyRequest request;
        request.method = lines.first().split(' ').value(0);
        request.path = lines.first().split(' ').value(1);
        for (const QByteArray& line : lines.mid(1)) {
            const auto colon = line.indexOf(':');
            request.headers.append({line.left(colon).trimmed(), line.mid(colon + 1).trimmed()});
        }
        const QByteArray range = request.header("Range");
        if (range.startsWith("bytes=")) {
            request.ranged = true;
            request.from = range.mid(6).split('-').value(0).toLongLong();
            const QByteArray to = range.mid(6).split('-').value(1);
            request.to = to.isEmpty() ? -1 : to.toLongLong();
        }
        request.number = ++requests_;
        {
            const std::lock_guard lock(mutex_);
            seen_.push_back(request);
        }
        answer(socket, request);
    }
    socket->setProperty("text", text);
}

void TinyServer::answer(QTcpSocket* socket, const TinyRequest& request) {
    const TinyAnswer plan = decide(request);
    QByteArray body = plan.body;
    QByteArray head = "HTTP/1.1 " + QByteArray::number(plan.status) + " X\r\n";
    if (plan.status == 206) {
        const qint64 last = request.to < 0 ? body_.size() - 1 : std::min<qint64>(request.to, body_.size() - 1);
        body = body_.mid(request.from, last - request.from + 1);
        head += "Content-Range: bytes " + QByteArray::number(request.from) + '-' + QByteArray::number(last) + '/' +
                QByteArray::number(body_.size()) + "\r\n";
    } else if (plan.status == 200 && body.isEmpty()) {
        body = body_;
    }
    bool tagged = false;
    for (const auto& [key, value] : plan.headers) {
        head += key + ": " + value + "\r\n";
        tagged = tagged || key == "ETag";
    }
    head += (tagged ? QByteArray() : QByteArray("ETag: \"one\"\r\n"));
    head += "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n";
    socket->write(head);
    const qint64 limit = std::max(plan.cutAfter, plan.stallAfter);
    socket->write(limit >= 0 ? body.left(limit) : body);
    if (plan.cutAfter >= 0) {
        socket->disconnectFromHost();
    }
}

}  // namespace marea::test
