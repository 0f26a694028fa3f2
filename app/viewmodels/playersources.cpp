#include <QCoreApplication>
#include <QPointer>
#include <QTimer>
#include <utility>

#include "app/viewmodels/filesbeside.h"
#include "app/viewmodels/playerviewmodel.h"
#include "app/viewmodels/texts.h"

// Where what plays comes from: the part of the player's view model that asks the server for links, and for fresh ones.
namespace marea::app {

using player::PlayEntry;
using L = QLatin1String;

namespace {
constexpr int kPatienceMs = 3000;  // for a server, where a file is here

bool isEndedByOwner(const core::Error& error) {
    return error.code == core::ErrorCode::NotFound && error.detail.ends_with(": ended_by_owner");
}
// A protected title that the server does not give any more does not play from here either.
bool isRefused(const core::Error& error) {
    return error.code == core::ErrorCode::NotFound || error.code == core::ErrorCode::Forbidden;
}

core::unexpected<core::Error> inWords(core::Error error) {
    error.text = texts::error(error).toStdString();
    return core::unexpected<core::Error>(std::move(error));
}
}  // namespace

const PlaybackInfo& PlayerViewModel::info() const {
    static const PlaybackInfo none;
    const auto found = loaded() ? infos_.constFind(entry()->key) : infos_.constEnd();
    return found == infos_.constEnd() ? none : *found;
}

// A question to the server, or a local file at once. `start_` is of the entry that a person chose, the first asked for.
void PlayerViewModel::resolve(const PlayEntry& entry, Resolved done) {
    const auto start = std::exchange(start_, std::nullopt);
    const bool current = entry.key == choiceKey_;
    if (current)
        pending_ = choice_;
    if (entry.mediaId.isEmpty()) {
        player::ReadySource ready;
        ready.source.url = entry.file;
        ready.source.title = entry.title;
        ready.source.start = start.value_or(0);
        if (entry.file.isLocalFile() && !entry.music)
            ready.source.subtitles = subtitlesBeside(entry.file.toLocalFile());
        return done(ready);
    }
    entry.place.isEmpty() ? resolveNearest(entry, start, done) : resolveThere(entry, start, done);
}

void PlayerViewModel::resolveHere(const PlayEntry& entry, std::optional<double> start, const Resolved& done) {
    const auto title = kept_.kept(entry.mediaId);
    if (title && title->problem.isEmpty())
        return resolveKept(entry, *title, start, done);
    if (title && !kept_.reachable())
        return done(core::fail(core::ErrorCode::Forbidden, title->problem.toStdString(), "licence"));
    if (entry.key == choiceKey_ && !entry.music)
        learnOf(api_, entry.mediaId, entry.mediaId);
    resolveOnServer(entry, start, done);
}

void PlayerViewModel::resolveOnServer(const PlayEntry& entry, std::optional<double> start, const Resolved& done) {
    const bool current = entry.key == choiceKey_;
    const auto audio = current ? choice_.audio : std::nullopt;
    deliver(api_.playback({entry.mediaId, start, audio, {}, wishesFor(entry)}), this,
            [this, entry, start, done](const core::Result<PlaybackInfo>& info) {
                if (!info)
                    return done(inWords(info.error()));
                infos_.insert(entry.key, *info);
                Q_EMIT entryChanged();     // how it is delivered
                Q_EMIT chaptersChanged();  // and what is in it
                if (!start)
                    positions_.begin(info->sessionId, info->position);
                const PlaybackRequest again{
                    entry.mediaId, {}, entry.key == choiceKey_ ? choice_.audio : std::nullopt, {}, wishesFor(entry)};
                player::ReadySource ready{toSource(api_, again, entry, *info), info->sessionId};
                ready.source.start = start.value_or(info->position);
                done(ready);
            });
}

// A title of this computer plays from here. The server is told all the same, as long as it answers at once.
void PlayerViewModel::resolveKept(const PlayEntry& entry, const OfflineTitle& title, std::optional<double> start,
                                  const Resolved& done) {
    if (entry.key == choiceKey_)
        item_ = title.item;
    const auto alone = [this, entry, title, start, done] {
        done(playKept(entry, title, {}, start.value_or(title.position)));
    };
    if (!kept_.reachable())
        return alone();
    const auto over = std::make_shared<bool>(false);
    QTimer::singleShot(kPatienceMs, this, [over, alone] {
        if (!std::exchange(*over, true))
            alone();
    });
    deliver(api_.playback({entry.mediaId, start, {}, {}, {}}), this,
            [this, entry, title, start, done, over, alone](const core::Result<PlaybackInfo>& info) {
                const bool late = std::exchange(*over, true);
                if (late && info)
                    deliver(api_.endSession(info->sessionId), this, [](const core::Result<bool>&) {});
                if (late)
                    return;
                if (!info && title.sealed && isRefused(info.error()))
                    return done(inWords(info.error()));
                if (!info)
                    return alone();
                if (!start)
                    positions_.begin(info->sessionId, info->position);
                done(playKept(entry, title, *info, start.value_or(info->position)));
            });
}

player::ReadySource PlayerViewModel::playKept(const PlayEntry& entry, const OfflineTitle& title, PlaybackInfo info,
                                              double position) {
    info.mode = QStringLiteral("kept");
    info.protocol = QStringLiteral("progressive");
    info.fileId = title.original ? title.fileId : QStringLiteral("made");  // of another make: other streams
    info.subtitles = title.subtitles;
    info.video = info.audio = {};
    infos_.insert(entry.key, info);
    Q_EMIT entryChanged();
    Q_EMIT chaptersChanged();
    player::ReadySource ready;
    ready.sessionId = info.sessionId;
    ready.source.url = QUrl::fromLocalFile(title.file);
    ready.source.secret = title.secret;
    ready.source.title = entry.title;
    ready.source.start = position;
    for (const auto& offer : title.subtitles)
        ready.source.subtitles << player::ExternalSubtitle{QUrl(offer.url), offer.language, offer.title};
    return ready;
}

// Music stays as it is: encoded anew for its loudness it would lose more than it gains, its gapless ends above all.
StreamWishes PlayerViewModel::wishesFor(const PlayEntry& entry) const {
    return entry.music ? StreamWishes{wishes_.maxBitrate, {}} : wishes_;
}

player::Source PlayerViewModel::toSource(ApiClient& api, const PlaybackRequest& request, const PlayEntry& entry,
                                         const PlaybackInfo& info) const {
    player::Source source;
    source.url = api.absolute(info.url);
    source.title = entry.title;
    for (const auto& offer : besideTheStream(info))
        source.subtitles << player::ExternalSubtitle{api.absolute(offer.url), offer.language, offer.title};
    source.segmented = info.protocol == L("hls");
    source.expiresAt = info.expiresAt;
    // Asked on the engine's threads; answered on ours.
    source.renew = [self = QPointer(const_cast<PlayerViewModel*>(this)), api = QPointer(&api), session = info.sessionId,
                    request](std::function<void(const player::FreshUrl&)> done) {
        QMetaObject::invokeMethod(
            qApp,
            [self, api, session, request, done = std::move(done)] {
                if (!self || !api)
                    return done({});
                self->renew(*api, session, request, done);
            },
            Qt::QueuedConnection);
    };
    return source;
}

// Its own words come with the event, which may be later than what the player notices by itself.
void PlayerViewModel::endedByOwner(const QString& sessionId, const QString& message) {
    const bool current = loaded() && !sessionId.isEmpty() && positions_.live(info().sessionId) == sessionId;
    const bool toldMore = failed() && sessionId == endedSession_ && !message.isEmpty();
    if (!current && !toldMore)
        return;
    endedSession_ = sessionId;
    session_.halt(message.isEmpty() ? tr("The owner of the server ended this playback.")
                                    : tr("The owner of the server ended this playback: %1").arg(message));
}

// The server renews the session's URL when its token is in the last third; otherwise a new session gives one.
void PlayerViewModel::renew(ApiClient& api, const QString& sessionId, const PlaybackRequest& request,
                            std::function<void(const player::FreshUrl&)> done) {
    deliver(api.updateSession(positions_.live(sessionId), engine_.position(), QStringLiteral("playing")), this,
            [this, api = QPointer(&api), sessionId, request, done](const core::Result<SessionUpdate>& update) {
                if (!api)
                    return done({});
                if (update && !update->url.isEmpty())
                    return done({api->absolute(update->url), update->expiresAt});
                if (!update && isEndedByOwner(update.error())) {
                    endedByOwner(positions_.live(sessionId), {});
                    return done({});
                }
                auto again = request;
                again.start = engine_.position();
                deliver(api->playback(again), this,
                        [this, api, sessionId, done](const core::Result<PlaybackInfo>& info) {
                            if (!info || !api)
                                return done({});
                            positions_.replace(sessionId, info->sessionId);
                            done({api->absolute(info->url), info->expiresAt});
                        });
            });
}

}  // namespace marea::app
