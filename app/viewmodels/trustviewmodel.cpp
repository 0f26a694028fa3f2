#include "app/viewmodels/trustviewmodel.h"

#include <QSettings>

#include "app/viewmodels/sessionviewmodel.h"

namespace marea::app {
namespace {

const QString kGroup = QStringLiteral("trust");

// An address as a key of settings, where a slash would make groups of it.
QString keyOf(const QUrl& server) {
    return kGroup + QLatin1Char('/') + QString::fromLatin1(QUrl::toPercentEncoding(server.authority()));
}

QUrl serverOf(const QString& key) {
    return serverUrl(QStringLiteral("https://") + QUrl::fromPercentEncoding(key.toLatin1()));
}

}  // namespace

TrustViewModel::TrustViewModel(QSettings& settings, Look look, Pin pin, QObject* parent)
    : QObject(parent), settings_(settings), look_(std::move(look)), pin_(std::move(pin)) {
    settings_.beginGroup(kGroup);
    const auto keys = settings_.childKeys();
    settings_.endGroup();
    for (const auto& key : keys)
        pin_(serverOf(key), QByteArray::fromHex(settings_.value(kGroup + QLatin1Char('/') + key).toByteArray()));
}

bool TrustViewModel::trusts(const QUrl& server, const QByteArray& digest) const {
    return !digest.isEmpty() && settings_.value(keyOf(server)).toByteArray() == digest.toHex();
}

bool TrustViewModel::knows(const QUrl& server) const {
    return server.scheme() == QLatin1String("https") && settings_.contains(keyOf(server));
}

void TrustViewModel::prove(const QUrl& known, const QUrl& at, QObject* receiver, std::function<void(Proof)> done) {
    const auto digest = settings_.value(keyOf(known)).toByteArray();
    deliver(look_(at), receiver, [digest, done](const core::Result<ShownCertificate>& shown) {
        const bool isSame = shown && !digest.isEmpty() && shown->digest.toHex() == digest;
        done(!shown ? Proof::Nobody : isSame ? Proof::Same : Proof::Other);
    });
}

void TrustViewModel::move(const QUrl& from, const QUrl& to) {
    const auto digest = settings_.value(keyOf(from)).toByteArray();
    settings_.setValue(keyOf(to), QString::fromLatin1(digest));
    pin_(to, QByteArray::fromHex(digest));
}

void TrustViewModel::look(const QString& address) {
    const auto server = serverUrl(address);
    if (server.scheme() != QLatin1String("https"))
        return putAway();
    if (server == server_ && !shown_.pin.isEmpty())
        return;
    putAway();
    address_ = address;
    server_ = server;
    deliver(look_(server), this, [this, server](const core::Result<ShownCertificate>& certificate) {
        if (certificate && server == server_)
            show(server, *certificate);
    });
}

void TrustViewModel::show(const QUrl& server, const ShownCertificate& certificate) {
    if (certificate.vouched || trusts(server, certificate.digest))
        return;  // it is something else that is wrong
    shown_ = certificate;
    other_ = settings_.contains(keyOf(server));
    Q_EMIT changed();
}

void TrustViewModel::accept() {
    if (shown_.pin.isEmpty())
        return;
    settings_.setValue(keyOf(server_), QString::fromLatin1(shown_.digest.toHex()));
    pin_(server_, shown_.digest);
    const auto address = address_;
    putAway();
    Q_EMIT accepted(address);
}

void TrustViewModel::putAway() {
    server_.clear();
    shown_ = {};
    other_ = false;
    Q_EMIT changed();
}

}  // namespace marea::app
