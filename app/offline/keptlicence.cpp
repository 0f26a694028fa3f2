#include "app/offline/keptlicence.h"

#include <algorithm>
#include <QJsonDocument>
#include <QJsonObject>

namespace marea::app {
namespace {

using L = QLatin1String;

constexpr qint64 kRenewAfterMs = 24LL * 3600 * 1000;

qint64 large(const QJsonObject& json, const char* key) {
    return static_cast<qint64>(json[L(key)].toDouble());
}

}  // namespace

QString toText(const KeptLicence& licence) {
    const QJsonObject json{{L("id"), licence.id},
                           {L("key_id"), licence.keyId},
                           {L("secret"), QString::fromLatin1(licence.secret.toBase64())},
                           {L("from"), static_cast<double>(licence.from)},
                           {L("until"), static_cast<double>(licence.until)},
                           {L("seen"), static_cast<double>(licence.seen)}};
    return QString::fromUtf8(QJsonDocument(json).toJson(QJsonDocument::Compact));
}

std::optional<KeptLicence> licenceFrom(const QString& text) {
    const auto json = QJsonDocument::fromJson(text.toUtf8()).object();
    KeptLicence licence;
    licence.id = json[L("id")].toString();
    licence.keyId = json[L("key_id")].toString();
    licence.secret = QByteArray::fromBase64(json[L("secret")].toString().toLatin1());
    licence.from = large(json, "from");
    licence.until = large(json, "until");
    licence.seen = large(json, "seen");
    return licence.keyId.isEmpty() || licence.secret.size() < 16 ? std::nullopt : std::optional(licence);
}

qint64 licenceTime(const KeptLicence& licence, qint64 now) {
    return std::max(now, licence.seen);
}

bool holds(const KeptLicence& licence, qint64 now) {
    return licenceTime(licence, now) < licence.until;
}

bool wantsRenewal(const KeptLicence& licence, qint64 now) {
    return licenceTime(licence, now) >= licence.from + kRenewAfterMs || !holds(licence, now);
}

}  // namespace marea::app
