#pragma once

#include <memory>
#include <optional>
#include <QObject>
#include <QPromise>
#include <QUrl>
#include <QUrlQuery>

#include "app/api/reply.h"
#include "app/api/types.h"
#include "core/http/httpclient.h"

namespace marea::app {

// What the user set for everything that is streamed.
struct StreamWishes {
    qint64 maxBitrate = 0;  // bits per second; 0: no limit
    QString soundProfile;   // "normalised", "night"; empty: the sound as it is
};

struct PlaybackRequest {
    QString mediaId;
    std::optional<double> start;  // seconds
    std::optional<int> audio;     // stream index in the file
    std::optional<int> subtitle;
    StreamWishes wishes;
};

struct UserChange {  // only what is set is changed
    std::optional<bool> watched, favourite;
    std::optional<double> position;
    std::optional<int> rating;         // 1 to 10; 0 takes it back
    std::optional<double> secondsAgo;  // made so long ago, while the server was away
};
void apply(const UserChange& change, MediaItem& item);
QJsonObject toJson(const UserChange& change);
UserChange userChangeFrom(const QJsonObject& json);

// One request of a route that this class has no function for.
struct ApiCall {
    QByteArray method;
    QString path;
    QUrlQuery query{};
    std::optional<QJsonObject> body{};
    core::HttpHeaders headers{};
};

struct DownloadOrder {
    QString mediaId, quality, format;
};

// Speaks the server's API: one function a route, typed. Holds the tokens; an answer 401 refreshes the access token once
// for all calls that wait for it, then repeats them. GUI thread. Errors carry the server's own words.
class ApiClient : public QObject {
    Q_OBJECT
public:
    explicit ApiClient(core::HttpClient& http, QObject* parent = nullptr);

    QUrl server() const { return server_; }
    void setServer(const QUrl& server);                        // another one forgets the tokens
    void moveServer(const QUrl& server) { server_ = server; }  // it is the same one, elsewhere: one stays signed in
    void setTokens(const Tokens& tokens);
    void clearTokens();
    bool hasTokens() const { return !tokens_.access.isEmpty() || !tokens_.refresh.isEmpty(); }
    QUrl absolute(const QString& path) const;  // a path that the server gave, e.g. of a stream
    // What plays can follow playlists of segments; else only whole files are asked for. Also by those beside this one.
    void setSegments(bool can) { *segments_ = can; }
    // A client for another server beside this one. Paths of pictures in its lists say which server has them: see
    // pictureUrl().
    std::unique_ptr<ApiClient> beside() const;

    // With the token, which is renewed once where it is refused. answer(): whatever the status is. json(): an answer
    // that is no success is an error.
    Reply<core::HttpResponse> answer(const ApiCall& call);
    Reply<QJsonObject> json(const ApiCall& call);

    Reply<ServerInfo> serverInfo();
    Reply<Tokens> setup(const QString& code, const QString& username, const QString& password);
    Reply<Tokens> login(const QString& username, const QString& password);
    Reply<QString> issuer();  // by which name the server signs what it gives out
    Reply<Tokens> exchangeCode(const QString& code, const QString& verifier, const QString& redirectUri);
    Reply<Tokens> refresh();  // single flight
    Reply<bool> revoke();
    Reply<Me> me();

    Reply<QList<LibraryInfo>> libraries();
    Reply<LibraryInfo> addLibrary(const QString& name, const QString& path);
    Reply<bool> scan(const QString& libraryId);
    Reply<MediaPage> media(const MediaQuery& query, const QString& cursor);
    Reply<QList<CollectionInfo>> collectionsOf(const QString& mediaId);
    Reply<Facets> facets(const MediaQuery& query);  // what that list can be narrowed by
    Reply<MediaItem> item(const QString& id);
    Reply<Lyrics> lyrics(const QString& id);
    Reply<Waveform> waveform(const QString& id);
    Reply<bool> change(const QString& id, const UserChange& change);

    Reply<PlaybackInfo> playback(const PlaybackRequest& request);
    Reply<PlaybackInfo> plan(const PlaybackRequest& request);  // how it would be; nothing starts
    Reply<QString> text(const QString& path);                  // below a stream's address, which needs no token of ours
    Reply<SessionUpdate> updateSession(const QString& id, double position, const QString& state);
    Reply<bool> endSession(const QString& id);

    Reply<QJsonObject> rawItem(const QString& id);  // as the server tells it, to be kept
    Reply<QJsonObject> rawLyrics(const QString& id);
    Reply<QJsonObject> rawWaveform(const QString& id);
    Reply<DownloadInfo> orderDownload(const DownloadOrder& order);
    Reply<DownloadInfo> download(const QString& id);
    Reply<bool> removeDownload(const QString& id);
    Reply<QByteArray> bytes(const QString& path);  // below a stream's address
    std::unique_ptr<core::HttpCall> stream(const core::HttpRequest& request, core::HttpSink sink);
    QByteArray accessToken() const { return tokens_.access.toUtf8(); }

    Reply<QString> eventTicket();
    Reply<QList<ListeningDevice>> listeningDevices();
    Reply<bool> remote(const QString& device, const QJsonObject& command);  // answered when the device did it

Q_SIGNALS:
    void tokensChanged(const QString& refreshToken);                                 // new ones came: remember them
    void userChanged(const QString& mediaId, const marea::app::UserChange& change);  // here, and the server took it
    void signedOut();  // the server takes the refresh token no more
    void answered();   // the server is there
    void missed();     // it could not be reached, or did not answer

private:
    Reply<QJsonObject> call(const QByteArray& method, const QString& path, const QUrlQuery& query = {},
                            const std::optional<QJsonObject>& body = {});
    Reply<PlaybackInfo> askForPlayback(const PlaybackRequest& request, const QString& path);
    Reply<QJsonObject> open(const QByteArray& method, const QString& path, const QJsonObject& body);
    Reply<QJsonObject> form(const QString& path, const QByteArray& body);
    core::HttpRequest makeCall(const ApiCall& call) const;
    void sendAuthorized(core::HttpRequest request, bool mayRefresh,
                        std::shared_ptr<QPromise<core::Result<core::HttpResponse>>> promise);
    void noteReach(const core::Result<core::HttpResponse>& answer);
    Reply<Tokens> takeTokens(const Reply<QJsonObject>& reply);

    core::HttpClient& http_;
    std::shared_ptr<bool> segments_ = std::make_shared<bool>(true);
    bool beside_ = false;
    QUrl server_;
    Tokens tokens_;
    int entry_ = 0;  // another with each server and each account: what was asked for one is not taken for the other
    std::optional<Reply<Tokens>> refreshing_;
};

// Where a picture is that a list names: at `server`, or where its path says ("/@…"). Empty for what is no address.
QUrl pictureUrl(const QString& path, const QUrl& server);
// Without what says where it is.
QString plainPicturePath(const QString& path);

// The object in an answer, or its problem+json as an Error in words.
core::Result<QJsonObject> readAnswer(const core::Result<core::HttpResponse>& answer);

}  // namespace marea::app
