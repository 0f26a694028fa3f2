#include "app/offline/offlinelicences.h"

#include <QCryptographicHash>

namespace marea::app {

using core::ErrorCode;
using core::Result;

namespace {

constexpr qint64 kAskAgainMs = 10LL * 60 * 1000;

core::Error noKeychain() {
    return {ErrorCode::Forbidden, "keychain",
            QT_TRANSLATE_NOOP("Player", "This system has no keychain: protected titles can't be kept on it.")};
}

core::Error wrongClock() {
    return {
        ErrorCode::Forbidden, "clock",
        QT_TRANSLATE_NOOP("Player", "By this computer's clock the licence has ended already. Set its date and time.")};
}

}  // namespace

OfflineLicences::OfflineLicences(ApiClient& api, SecretStore& secrets, Clock clock, QObject* parent)
    : QObject(parent), api_(api), secrets_(secrets), clock_(std::move(clock)) {}

void OfflineLicences::open(const QString& account) {
    ++generation_;
    firstAsked_ = asked_ + 1;
    account_ = account;
    licences_.clear();
    asking_.clear();
    read_.clear();
    askedAt_.clear();
}

QString OfflineLicences::nameOf(const QString& mediaId) const {
    const auto hash = QCryptographicHash::hash(account_.toUtf8(), QCryptographicHash::Sha256).toHex().left(24);
    return QStringLiteral("licence ") + QString::fromLatin1(hash) + QLatin1Char(' ') + mediaId;
}

void OfflineLicences::read(const QString& mediaId) {
    if (account_.isEmpty() || read_.contains(mediaId))
        return;
    read_ << mediaId;
    deliver(secrets_.read(nameOf(mediaId)), this,
            [this, mediaId, generation = generation_](const Result<QString>& text) {
                if (generation != generation_ || licences_.contains(mediaId))
                    return;
                if (const auto licence = text ? licenceFrom(*text) : std::nullopt)
                    licences_.insert(mediaId, *licence);
                Q_EMIT changed(mediaId);
            });
}

const KeptLicence* OfflineLicences::find(const QString& mediaId) const {
    const auto found = licences_.constFind(mediaId);
    return found == licences_.constEnd() ? nullptr : &*found;
}

bool OfflineLicences::holds(const QString& mediaId) const {
    const auto* licence = find(mediaId);
    return licence && app::holds(*licence, clock_());
}

void OfflineLicences::ask(const QString& mediaId, const QString& keyId) {
    if (account_.isEmpty() || asking_.contains(mediaId))
        return;
    const int mine = asking_[mediaId] = ++asked_;
    deliver(api_.licence(keyId), this, [this, mediaId, mine](const Result<LicenceInfo>& info) {
        if (info)
            return take(mediaId, *info, mine);
        if (!isAsking(mediaId, mine))
            return;
        asking_.remove(mediaId);
        if (info.error().code == ErrorCode::NotFound)
            forget(mediaId);
        Q_EMIT refused(mediaId, info.error());
    });
}

bool OfflineLicences::isAsking(const QString& mediaId, int asked) const {
    return asking_.value(mediaId) == asked;
}

// The title went while it was asked for: it would count among the devices that have one, and rest in the keychain.
void OfflineLicences::returnLate(const QString& mediaId, const QString& licenceId, int asked) {
    if (asked < firstAsked_ || asking_.contains(mediaId) || licences_.contains(mediaId))
        return;  // another account's, or wanted again
    secrets_.remove(nameOf(mediaId));
    deliver(api_.giveUp(licenceId), this, [](const Result<bool>&) {});
}

// Nothing counts as had before the keychain has it.
void OfflineLicences::take(const QString& mediaId, const LicenceInfo& info, int asked) {
    if (!isAsking(mediaId, asked))
        return returnLate(mediaId, info.id, asked);
    const qint64 now = clock_();
    const KeptLicence licence{info.id, info.keyId, info.secret, now, info.expiresAt, now};
    if (!app::holds(licence, now)) {
        asking_.remove(mediaId);
        return (void)Q_EMIT refused(mediaId, wrongClock());
    }
    deliver(secrets_.write(nameOf(mediaId), toText(licence)), this,
            [this, mediaId, licence, asked](const Result<bool>& written) {
                if (!isAsking(mediaId, asked))
                    return returnLate(mediaId, licence.id, asked);
                asking_.remove(mediaId);
                if (!written)
                    return (void)Q_EMIT refused(mediaId, noKeychain());
                licences_.insert(mediaId, licence);
                Q_EMIT changed(mediaId);
            });
}

void OfflineLicences::renew(const QString& mediaId, const QString& keyId) {
    const auto* licence = find(mediaId);
    qint64& asked = askedAt_[mediaId];
    if ((licence && !wantsRenewal(*licence, clock_())) || clock_() - asked < kAskAgainMs)
        return;
    asked = clock_();
    ask(mediaId, keyId);
}

void OfflineLicences::used(const QString& mediaId) {
    const auto found = licences_.find(mediaId);
    if (found == licences_.end() || clock_() <= found->seen)
        return;
    found->seen = clock_();
    deliver(secrets_.write(nameOf(mediaId), toText(*found)), this, [](const Result<bool>&) {});
}

void OfflineLicences::forget(const QString& mediaId) {
    secrets_.remove(nameOf(mediaId));
    if (licences_.remove(mediaId) > 0)
        Q_EMIT changed(mediaId);
}

void OfflineLicences::giveUp(const QString& mediaId) {
    asking_.remove(mediaId);
    if (const auto* licence = find(mediaId); licence && !licence->id.isEmpty())
        deliver(api_.giveUp(licence->id), this, [](const Result<bool>&) {});
    forget(mediaId);
}

}  // namespace marea::app
