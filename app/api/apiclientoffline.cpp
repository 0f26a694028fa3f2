#include "app/api/apiclient.h"

// What the application keeps for times without a server, and tells it afterwards.
namespace marea::app {

using core::ErrorCode;
using core::Result;
using L = QLatin1String;

namespace {

template <class T, class F>
Reply<T> readAs(Reply<QJsonObject> reply, F parse) {
    return reply.then([parse](const Result<QJsonObject>& json) -> Result<T> { return json.map(parse); });
}

template <class T>
std::optional<T> given(const QJsonObject& json, QLatin1String key) {
    const auto value = json.find(key);
    return value == json.end() ? std::nullopt : std::optional(value->toVariant().value<T>());
}

}  // namespace

QJsonObject toJson(const UserChange& change) {
    QJsonObject body;
    if (change.watched)
        body[L("watched")] = *change.watched;
    if (change.favourite)
        body[L("favourite")] = *change.favourite;
    if (change.position)
        body[L("position")] = *change.position;
    if (change.rating)
        body[L("rating")] = *change.rating > 0 ? QJsonValue(*change.rating) : QJsonValue(QJsonValue::Null);
    if (change.secondsAgo)
        body[L("seconds_ago")] = *change.secondsAgo;
    return body;
}

UserChange userChangeFrom(const QJsonObject& json) {
    return {given<bool>(json, L("watched")), given<bool>(json, L("favourite")), given<double>(json, L("position")),
            given<int>(json, L("rating")), given<double>(json, L("seconds_ago"))};
}

// A server behind a proxy that says so is as good as away.
void ApiClient::noteReach(const Result<core::HttpResponse>& answer) {
    const bool gateway = answer && (answer->status == 502 || answer->status == 504);
    const auto code = answer ? ErrorCode::Internal : answer.error().code;
    if (answer && !gateway)
        Q_EMIT answered();
    else if (gateway || code == ErrorCode::Unavailable || code == ErrorCode::Timeout)
        Q_EMIT missed();
}

Reply<QJsonObject> ApiClient::rawItem(const QString& id) {
    return call("GET", QStringLiteral("/api/v1/media/") + id);
}

Reply<QJsonObject> ApiClient::rawLyrics(const QString& id) {
    return call("GET", QStringLiteral("/api/v1/media/%1/lyrics").arg(id));
}

Reply<QJsonObject> ApiClient::rawWaveform(const QString& id) {
    return call("GET", QStringLiteral("/api/v1/media/%1/waveform").arg(id));
}

Reply<DownloadInfo> ApiClient::orderDownload(const DownloadOrder& order) {
    const QJsonObject body{{L("media_id"), order.mediaId}, {L("quality"), order.quality}, {L("format"), order.format}};
    return readAs<DownloadInfo>(call("POST", QStringLiteral("/api/v1/downloads"), {}, body), parseDownload);
}

Reply<DownloadInfo> ApiClient::download(const QString& id) {
    return readAs<DownloadInfo>(call("GET", QStringLiteral("/api/v1/downloads/") + id), parseDownload);
}

Reply<bool> ApiClient::removeDownload(const QString& id) {
    return readAs<bool>(call("DELETE", QStringLiteral("/api/v1/downloads/") + id),
                        [](const QJsonObject&) { return true; });
}

Reply<QByteArray> ApiClient::bytes(const QString& path) {
    auto request = core::HttpRequest::get(absolute(path));
    request.maxBody = 16 << 20;
    return http_.send(request).then([](const Result<core::HttpResponse>& answer) -> Result<QByteArray> {
        if (!answer)
            return tl::make_unexpected(answer.error());
        if (!answer->ok())
            return tl::make_unexpected(core::errorOf(*answer));
        return answer->body;
    });
}

std::unique_ptr<core::HttpCall> ApiClient::stream(const core::HttpRequest& request, core::HttpSink sink) {
    return http_.stream(request, std::move(sink));
}

}  // namespace marea::app
