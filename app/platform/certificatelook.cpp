#include "app/platform/certificatelook.h"

#include <memory>
#include <QCryptographicHash>
#include <QPromise>
#include <QSslCertificate>
#include <QSslKey>
#include <QSslSocket>
#include <QTimer>

namespace marea::app {
namespace {

constexpr int kPatienceMs = 15'000;
constexpr int kHttps = 443;

using Promise = QPromise<core::Result<ShownCertificate>>;

QString pinOf(const QSslCertificate& certificate) {
    const auto digest = QCryptographicHash::hash(certificate.publicKey().toDer(), QCryptographicHash::Sha256);
    return QStringLiteral("sha256//") + QString::fromLatin1(digest.toBase64());
}

// One look. Ends itself.
class Look final : public QObject {
public:
    Look(const QUrl& server, std::shared_ptr<Promise> promise) : promise_(std::move(promise)) {
        socket_.setProtocol(QSsl::TlsV1_2OrLater);
        // Of interest, and no reason to hang up before having looked.
        connect(&socket_, &QSslSocket::sslErrors, this, [this] { socket_.ignoreSslErrors(); });
        connect(&socket_, &QSslSocket::encrypted, this, &Look::onEncrypted);
        connect(&socket_, &QSslSocket::errorOccurred, this, [this] { fail(core::ErrorCode::Unavailable); });
        QTimer::singleShot(kPatienceMs, this, [this] { fail(core::ErrorCode::Timeout); });
        socket_.connectToHostEncrypted(server.host(), static_cast<quint16>(server.port(kHttps)));
    }

private:
    void onEncrypted() {
        const auto certificate = socket_.peerCertificate();
        end(ShownCertificate{certificate.digest(QCryptographicHash::Sha256), pinOf(certificate),
                             socket_.sslHandshakeErrors().isEmpty()});
    }
    void fail(core::ErrorCode code) { end(core::fail(code, "", socket_.errorString().toStdString())); }
    void end(core::Result<ShownCertificate> result) {
        if (!promise_)
            return;
        promise_->addResult(std::move(result));
        promise_->finish();
        promise_.reset();
        deleteLater();
    }

    std::shared_ptr<Promise> promise_;
    QSslSocket socket_;
};

}  // namespace

Reply<ShownCertificate> lookAtCertificate(const QUrl& server) {
    auto promise = std::make_shared<Promise>();
    promise->start();
    auto future = promise->future();
    new Look(server, std::move(promise));
    return future;
}

}  // namespace marea::app
