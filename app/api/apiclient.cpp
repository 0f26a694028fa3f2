#include "app/api/apiclient.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSysInfo>

#include "app/api/calls.h"
#include "app/api/mediaquery.h"

namespace marea::app {
namespace {

using core::Error;
using core::ErrorCode;
using core::Result;
using L = QLatin1String;

QString deviceName() {
    return QStringLiteral("Marea, ") + QSysInfo::machineHostName();
}

const QString kElsewhere = QStringLiteral("/@");

Error forAnother() {
    return {ErrorCode::Cancelled, "for another server, or who has left", {}};
}

MediaPage picturesAt(const QUrl& server, MediaPage page) {
    const auto where =
        kElsewhere + QString::fromLatin1(server.toEncoded(QUrl::StripTrailingSlash)
                                             .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
    for (auto& item : page.items)
        if (!item.artworkUrl.isEmpty())
            item.artworkUrl.prepend(where);
    return page;
}

}  // namespace

QString plainPicturePath(const QString& path) {
    return path.startsWith(kElsewhere) ? QLatin1Char('/') + path.section(QLatin1Char('/'), 2) : path;
}

QUrl pictureUrl(const QString& path, const QUrl& server) {
    if (!path.startsWith(kElsewhere))
        return server.resolved(QUrl(path));
    const auto named = path.section(QLatin1Char('/'), 1, 1).mid(1).toLatin1();
    const QUrl elsewhere(QString::fromUtf8(QByteArray::fromBase64(named, QByteArray::Base64UrlEncoding)),
                         QUrl::StrictMode);
    const bool web = elsewhere.scheme() == QLatin1String("http") || elsewhere.scheme() == QLatin1String("https");
    return web ? elsewhere.resolved(QUrl(plainPicturePath(path))) : QUrl();
}

std::unique_ptr<ApiClient> ApiClient::beside() const {
    auto client = std::make_unique<ApiClient>(http_);
    client->beside_ = true;
    client->segments_ = segments_;
    return client;
}

Result<QJsonObject> readAnswer(const Result<core::HttpResponse>& answer) {
    return core::jsonOf(answer).map([](const QJsonDocument& json) { return json.object(); });
}

void apply(const UserChange& change, MediaItem& item) {
    item.watched = change.watched.value_or(item.watched);
    item.favourite = change.favourite.value_or(item.favourite);
    item.position = change.position.value_or(item.position);
    item.rating = change.rating.value_or(item.rating);
}

ApiClient::ApiClient(core::HttpClient& http, QObject* parent) : QObject(parent), http_(http) {}

// What one server gave is for no other.
void ApiClient::setServer(const QUrl& server) {
    if (server != server_)
        clearTokens();
    server_ = server;
}

void ApiClient::setTokens(const Tokens& tokens) {
    clearTokens();
    tokens_ = tokens;
}

void ApiClient::clearTokens() {
    ++entry_;
    tokens_ = {};
    refreshing_.reset();
}

QUrl ApiClient::absolute(const QString& path) const {
    return server_.resolved(QUrl(path));
}

core::HttpRequest ApiClient::makeCall(const ApiCall& call) const {
    auto url = absolute(call.path);
    if (!call.query.isEmpty())
        url.setQuery(call.query);
    auto request = call.body ? core::HttpRequest::json(call.method, url, *call.body) : core::HttpRequest::get(url);
    request.method = call.method;
    request.headers += call.headers;
    return request;
}

Reply<QJsonObject> ApiClient::form(const QString& path, const QByteArray& body) {
    core::HttpRequest request;
    request.method = "POST";
    request.url = absolute(path);
    request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
    request.body = body;
    return http_.send(request).then(readAnswer);
}

Reply<QJsonObject> ApiClient::open(const QByteArray& method, const QString& path, const QJsonObject& body) {
    const std::optional<QJsonObject> content = method == "GET" ? std::nullopt : std::optional(body);
    return http_.send(makeCall({method, path, {}, content})).then(readAnswer);
}

Reply<QJsonObject> ApiClient::call(const QByteArray& method, const QString& path, const QUrlQuery& query,
                                   const std::optional<QJsonObject>& body) {
    return json({method, path, query, body});
}

Reply<QJsonObject> ApiClient::json(const ApiCall& call) {
    return answer(call).then(readAnswer);
}

Reply<core::HttpResponse> ApiClient::answer(const ApiCall& call) {
    auto promise = std::make_shared<QPromise<Result<core::HttpResponse>>>();
    promise->start();
    auto future = promise->future();
    sendAuthorized(makeCall(call), true, std::move(promise));
    return future;
}

void ApiClient::sendAuthorized(core::HttpRequest request, bool mayRefresh,
                               std::shared_ptr<QPromise<Result<core::HttpResponse>>> promise) {
    const auto used = tokens_.access;
    auto signedRequest = request;
    if (!used.isEmpty())
        signedRequest.headers.append({"Authorization", "Bearer " + used.toUtf8()});
    deliver(http_.send(signedRequest), this,
            [this, request, mayRefresh, used, entry = entry_, promise](const Result<core::HttpResponse>& answer) {
                const bool ours = entry == entry_;  // else it is of another server, or of who has left
                if (ours)
                    noteReach(answer);
                const bool refused = ours && answer && answer->status == 401;
                if (!refused || !mayRefresh || tokens_.refresh.isEmpty()) {
                    promise->addResult(answer);
                    promise->finish();
                    return;
                }
                if (tokens_.access != used)
                    return sendAuthorized(request, false, promise);  // somebody refreshed meanwhile
                deliver(refresh(), this, [this, request, entry, promise](const Result<Tokens>& tokens) {
                    if (tokens && entry == entry_)
                        return sendAuthorized(request, false, promise);
                    const auto error = tokens ? forAnother() : tokens.error();
                    promise->addResult(Result<core::HttpResponse>(tl::unexpect, error));
                    promise->finish();
                });
            });
}

Reply<Tokens> ApiClient::takeTokens(const Reply<QJsonObject>& reply) {
    auto promise = std::make_shared<QPromise<Result<Tokens>>>();
    promise->start();
    auto future = promise->future();
    deliver(reply, this, [this, promise, entry = entry_](const Result<QJsonObject>& json) {
        if (entry != entry_) {
            promise->addResult(Result<Tokens>(tl::unexpect, forAnother()));
        } else if (json) {
            const auto tokens = tokens_ = parseTokens(*json);
            Q_EMIT tokensChanged(tokens.refresh);
            promise->addResult(Result<Tokens>(tokens));
        } else {
            promise->addResult(Result<Tokens>(tl::unexpect, json.error()));
        }
        promise->finish();
    });
    return future;
}

Reply<ServerInfo> ApiClient::serverInfo() {
    return mapped<ServerInfo>(open("GET", QStringLiteral("/api/v1/server"), {}), parseServerInfo);
}

Reply<Tokens> ApiClient::setup(const QString& code, const QString& username, const QString& password) {
    return takeTokens(open(
        "POST", QStringLiteral("/api/v1/setup"),
        {{L("code"), code}, {L("username"), username}, {L("password"), password}, {L("device_name"), deviceName()}}));
}

Reply<Tokens> ApiClient::login(const QString& username, const QString& password) {
    return takeTokens(open("POST", QStringLiteral("/api/v1/login"),
                           {{L("username"), username}, {L("password"), password}, {L("device_name"), deviceName()}}));
}

Reply<QString> ApiClient::issuer() {
    return mapped<QString>(open("GET", QStringLiteral("/.well-known/oauth-authorization-server"), {}),
                           [](const QJsonObject& json) { return json[L("issuer")].toString(); });
}

Reply<Tokens> ApiClient::exchangeCode(const QString& code, const QString& verifier, const QString& redirectUri) {
    QByteArray body = "grant_type=authorization_code&client_id=marea";
    const QList<std::pair<QByteArray, QString>> fields{
        {"code", code}, {"code_verifier", verifier}, {"redirect_uri", redirectUri}, {"device_name", deviceName()}};
    for (const auto& [name, value] : fields)
        body += '&' + name + '=' + QUrl::toPercentEncoding(value);
    return takeTokens(form(QStringLiteral("/oauth/token"), body));
}

Reply<Tokens> ApiClient::refresh() {
    if (refreshing_ && !refreshing_->isFinished())
        return *refreshing_;
    refreshing_ = takeTokens(form(QStringLiteral("/oauth/token"), "grant_type=refresh_token&refresh_token=" +
                                                                      QUrl::toPercentEncoding(tokens_.refresh)));
    deliver(*refreshing_, this, [this, entry = entry_](const Result<Tokens>& tokens) {
        const bool refused =
            !tokens && (tokens.error().code == ErrorCode::Unauthorized || tokens.error().code == ErrorCode::Invalid);
        if (!refused || entry != entry_)
            return;
        tokens_ = {};
        Q_EMIT signedOut();
    });
    return *refreshing_;
}

Reply<bool> ApiClient::revoke() {
    return done(form(QStringLiteral("/oauth/revoke"), "token=" + QUrl::toPercentEncoding(tokens_.refresh)));
}

Reply<Me> ApiClient::me() {
    return mapped<Me>(call("GET", QStringLiteral("/api/v1/me")), parseMe);
}

Reply<QList<LibraryInfo>> ApiClient::libraries() {
    return mapped<QList<LibraryInfo>>(call("GET", QStringLiteral("/api/v1/libraries")), parseLibraries);
}

Reply<LibraryInfo> ApiClient::addLibrary(const QString& name, const QString& path) {
    return mapped<LibraryInfo>(
        call("POST", QStringLiteral("/api/v1/admin/libraries"), {}, QJsonObject{{L("name"), name}, {L("path"), path}}),
        [](const QJsonObject&) { return LibraryInfo{}; });
}

Reply<bool> ApiClient::scan(const QString& libraryId) {
    return done(call("POST", QStringLiteral("/api/v1/admin/libraries/%1/scan").arg(libraryId)));
}

Reply<MediaPage> ApiClient::media(const MediaQuery& query, const QString& cursor) {
    auto page = mapped<MediaPage>(call("GET", mediaPath(query), urlQuery(query, cursor)),
                                  [query](const QJsonObject& json) { return parsePage(query, json); });
    if (!beside_)
        return page;
    return mapped<MediaPage>(page, [server = server_](MediaPage items) { return picturesAt(server, items); });
}

Reply<QList<CollectionInfo>> ApiClient::collectionsOf(const QString& mediaId) {
    QUrlQuery query;
    query.addQueryItem(L("item"), mediaId);
    return mapped<QList<CollectionInfo>>(call("GET", QStringLiteral("/api/v1/collections"), query), parseCollections);
}

Reply<Facets> ApiClient::facets(const MediaQuery& query) {
    QUrlQuery parameters;
    addFilters(parameters, query);
    parameters.addQueryItem(L("facet"), L("genre,decade"));
    parameters.addQueryItem(L("limit"), QStringLiteral("100"));
    return mapped<Facets>(call("GET", QStringLiteral("/api/v1/media/facets"), parameters), parseFacets);
}

Reply<MediaItem> ApiClient::item(const QString& id) {
    return mapped<MediaItem>(call("GET", QStringLiteral("/api/v1/media/") + id), parseMediaItem);
}

Reply<Lyrics> ApiClient::lyrics(const QString& id) {
    return mapped<Lyrics>(call("GET", QStringLiteral("/api/v1/media/%1/lyrics").arg(id)), parseLyrics);
}

Reply<Waveform> ApiClient::waveform(const QString& id) {
    return mapped<Waveform>(call("GET", QStringLiteral("/api/v1/media/%1/waveform").arg(id)), parseWaveform);
}

Reply<bool> ApiClient::change(const QString& id, const UserChange& change) {
    const auto reply = done(call("PUT", QStringLiteral("/api/v1/library/") + id, {}, toJson(change)));
    deliver(reply, this, [this, id, change](const Result<bool>& taken) {
        if (taken)
            Q_EMIT userChanged(id, change);
    });
    return reply;
}

Reply<PlaybackInfo> ApiClient::playback(const PlaybackRequest& request) {
    return askForPlayback(request, QStringLiteral("/api/v1/media/%1/playback"));
}

Reply<PlaybackInfo> ApiClient::plan(const PlaybackRequest& request) {
    return askForPlayback(request, QStringLiteral("/api/v1/media/%1/playback/plan"));
}

Reply<PlaybackInfo> ApiClient::askForPlayback(const PlaybackRequest& request, const QString& path) {
    QJsonObject capabilities{{L("preset"), QStringLiteral("mpv")}};
    if (!*segments_)
        capabilities[L("protocols")] = QJsonArray{QStringLiteral("progressive")};
    if (*segments_ && request.wishes.maxBitrate > 0)
        capabilities[L("max_bitrate")] = request.wishes.maxBitrate;
    QJsonObject body{{L("capabilities"), capabilities}};
    if (request.start)
        body[L("start")] = *request.start;
    if (request.audio)
        body[L("audio")] = *request.audio;
    if (request.subtitle)
        body[L("subtitle")] = *request.subtitle;
    if (*segments_ && !request.wishes.soundProfile.isEmpty())
        body[L("audio_profile")] = request.wishes.soundProfile;
    return mapped<PlaybackInfo>(call("POST", path.arg(request.mediaId), {}, body), parsePlayback);
}

Reply<QString> ApiClient::text(const QString& path) {
    return http_.send(core::HttpRequest::get(absolute(path))).then([](const Result<core::HttpResponse>& answer) {
        if (!answer)
            return Result<QString>(tl::unexpect, answer.error());
        if (!answer->ok())
            return Result<QString>(core::fail(ErrorCode::NotFound, "no such text"));
        return Result<QString>(QString::fromUtf8(answer->body));
    });
}

Reply<SessionUpdate> ApiClient::updateSession(const QString& id, double position, const QString& state) {
    return mapped<SessionUpdate>(call("PUT", QStringLiteral("/api/v1/sessions/") + id, {},
                                      QJsonObject{{L("position"), position}, {L("state"), state}}),
                                 parseSessionUpdate);
}

Reply<bool> ApiClient::endSession(const QString& id) {
    return done(call("DELETE", QStringLiteral("/api/v1/sessions/") + id));
}

Reply<QString> ApiClient::eventTicket() {
    return mapped<QString>(call("POST", QStringLiteral("/api/v1/events/ticket"), {}, QJsonObject()),
                           [](const QJsonObject& json) { return json[L("ticket")].toString(); });
}

Reply<QList<ListeningDevice>> ApiClient::listeningDevices() {
    return mapped<QList<ListeningDevice>>(call("GET", QStringLiteral("/api/v1/devices")), parseListeningDevices);
}

Reply<bool> ApiClient::remote(const QString& device, const QJsonObject& command) {
    return done(call("POST", QStringLiteral("/api/v1/devices/%1/remote").arg(device), {}, command));
}

}  // namespace marea::app
