#include "app/api/downloadapi.h"

#include <QJsonArray>

#include "app/api/calls.h"

namespace marea::app {

using L = QLatin1String;

namespace {

OrderedDownload parseOrdered(const QJsonObject& json) {
    return {parseDownload(json), json[L("key_id")].toString()};
}

// W3C Encrypted Media Extensions, Clear Key: keys as JSON Web Keys, in base64url.
core::Result<LicenceInfo> parseLicence(const QJsonObject& json) {
    const auto key = json[L("keys")].toArray().at(0).toObject();
    LicenceInfo licence{json[L("licence_id")].toString(), key[L("kid")].toString(),
                        QByteArray::fromBase64(key[L("k")].toString().toLatin1(), QByteArray::Base64UrlEncoding),
                        static_cast<qint64>(json[L("expires_at")].toDouble())};
    if (licence.keyId.isEmpty() || licence.secret.size() < 16)
        return core::fail(core::ErrorCode::Internal, {}, "a licence without a key");
    return licence;
}

}  // namespace

Reply<OrderedDownload> DownloadApi::order(const DownloadOrder& order, bool encrypted) {
    QJsonObject body{{L("media_id"), order.mediaId}, {L("quality"), order.quality}, {L("format"), order.format}};
    if (encrypted)
        body[L("encrypted")] = true;
    return mapped<OrderedDownload>(api_.json({"POST", QStringLiteral("/api/v1/downloads"), {}, body}), parseOrdered);
}

Reply<OrderedDownload> DownloadApi::download(const QString& id) {
    return mapped<OrderedDownload>(api_.json({"GET", QStringLiteral("/api/v1/downloads/") + id}), parseOrdered);
}

Reply<LicenceInfo> DownloadApi::licence(const QString& keyId) {
    const QJsonObject body{{L("kids"), QJsonArray{keyId}}, {L("type"), QStringLiteral("persistent-license")}};
    return mapped<LicenceInfo>(api_.json({"POST", QStringLiteral("/api/v1/drm/clearkey"), {}, body}), parseLicence);
}

Reply<bool> DownloadApi::giveUp(const QString& licenceId) {
    return done(api_.json({"DELETE", QStringLiteral("/api/v1/drm/licences/") + licenceId}));
}

}  // namespace marea::app
