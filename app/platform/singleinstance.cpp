#include "app/platform/singleinstance.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLocalSocket>
#include <QStandardPaths>

namespace marea::app {
namespace {

constexpr int kPatienceMs = 3000;
constexpr qint64 kMostBytes = 1 << 20;
constexpr qsizetype kMostUrls = 1000;

}  // namespace

SingleInstance::SingleInstance(QString name, QObject* parent) : QObject(parent), name_(std::move(name)) {
    server_.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&server_, &QLocalServer::newConnection, this, &SingleInstance::onConnection);
}

QString SingleInstance::usualName() {
    const auto folder = QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation);
    return folder.isEmpty() ? QStringLiteral("marea-") + qEnvironmentVariable("USERNAME", qEnvironmentVariable("USER"))
                            : folder + QStringLiteral("/marea.socket");
}

bool SingleInstance::handOver(const QStringList& urls) {
    QLocalSocket socket;
    socket.connectToServer(name_);
    if (!socket.waitForConnected(kPatienceMs))
        return false;
    socket.write(QJsonDocument(QJsonArray::fromStringList(urls)).toJson(QJsonDocument::Compact) + '\n');
    while (!socket.canReadLine() && socket.waitForReadyRead(kPatienceMs)) {
    }
    return socket.readLine() == "taken\n";
}

void SingleInstance::listen() {
    if (server_.listen(name_) || server_.serverError() != QAbstractSocket::AddressInUseError)
        return;
    QLocalServer::removeServer(name_);  // of one that was killed: nobody took what was handed over
    server_.listen(name_);
}

void SingleInstance::onConnection() {
    auto* socket = server_.nextPendingConnection();
    socket->setReadBufferSize(kMostBytes);
    connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
    connect(socket, &QLocalSocket::readyRead, this, [this, socket] {
        if (!socket->canReadLine()) {
            if (socket->bytesAvailable() >= kMostBytes)
                socket->abort();
            return;
        }
        QStringList urls;
        for (const auto& value : QJsonDocument::fromJson(socket->readLine()).array())
            if (value.isString() && urls.size() < kMostUrls)
                urls << value.toString();
        socket->write("taken\n");
        socket->disconnectFromServer();
        Q_EMIT handedOver(urls);
    });
}

}  // namespace marea::app
