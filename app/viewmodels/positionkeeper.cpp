#include "app/viewmodels/positionkeeper.h"

#include <QEventLoop>
#include <QTimer>

namespace marea::app {

using core::ErrorCode;
using player::PlayEntry;

namespace {

constexpr double kLongTrack = 20 * 60;  // seconds: shorter music starts from its start, wherever one stopped

QString word(player::PositionStore::State state) {
    using State = player::PositionStore::State;
    return state == State::Playing  ? QStringLiteral("playing")
           : state == State::Paused ? QStringLiteral("paused")
                                    : QStringLiteral("stopped");
}

// Music by where it stopped: how long it was played for, by which the server counts
// (server/apps/library/sessionstore.cpp), nobody tells from its start on.
bool countsAsPlay(bool music, bool watched, double seconds, double duration) {
    return watched || (music && (seconds >= 240 || (duration > 0 && seconds >= duration / 2)));
}

}  // namespace

PositionKeeper::PositionKeeper(ApiClient& api, UnsentPositions& unsent, AwayChanges& away, QObject* parent)
    : QObject(parent), api_(api), unsent_(unsent), away_(away) {
    clock_.start();
}

void PositionKeeper::begin(const QString& sessionId, double position) {
    confirmed_.insert(sessionId, position);
}

UnsentPosition PositionKeeper::toSend(const PlayEntry& entry, const QString& sessionId, double seconds) const {
    return {account_, entry.mediaId, live(sessionId), seconds, confirmed_.value(sessionId, -1), entry.duration};
}

void PositionKeeper::save(const PlayEntry& entry, const QString& sessionId, double seconds, State state) {
    const auto progress = progressOf(entry, seconds, state);
    if (state != State::Playing && (!entry.music || entry.duration > kLongTrack))
        tellOthers(entry, elsewhere_.contains(sessionId) ? elsewhere_.value(sessionId).data() : &api_, progress);
    if (elsewhere_.contains(sessionId))
        return saveElsewhere(entry, sessionId, seconds, state);
    if (sessionId.isEmpty())
        return saveAway(entry, seconds, state, progress);
    const auto position = toSend(entry, sessionId, seconds);
    deliver(api_.updateSession(position.sessionId, seconds, word(state)), this,
            [this, state, sessionId, position](const core::Result<SessionUpdate>& update) {
                onAnswer(position, update);
                if (update && state != State::Stopped)
                    confirmed_.insert(sessionId, position.position);
                if (state == State::Stopped)
                    position.account == account_ ? end(position) : ended(position.mediaId);
                else if (update)
                    Q_EMIT saved(position.mediaId);
            });
    if (state == State::Stopped)
        stop(entry, sessionId, position);
}

// Its own library has the session; the one in use is told like all others.
void PositionKeeper::saveElsewhere(const PlayEntry& entry, const QString& sessionId, double seconds, State state) {
    const auto api = elsewhere_.value(sessionId);
    const bool stopped = state == State::Stopped;
    if (stopped) {
        elsewhere_.remove(sessionId);
        Q_EMIT left(entry.key);
    }
    if (!api)
        return;
    ending_ += stopped ? 1 : 0;
    const auto id = live(sessionId);
    deliver(api->updateSession(id, seconds, word(state)), this,
            [this, api, id, stopped, media = entry.mediaId](const core::Result<SessionUpdate>&) {
                if (!stopped)
                    return;
                if (!api)
                    return ended(media);
                deliver(api->endSession(id), this, [this, media](const core::Result<bool>&) { ended(media); });
            });
}

// What that means for the next time, by what was played up to here without a jump. As on the server, what was seen has
// no place in its credits to go on from, however one got there.
OfflineProgress PositionKeeper::progressOf(const PlayEntry& entry, double seconds, State state) {
    const Played begun{core::library::Stretch(seconds, clock_.elapsed())};
    auto& played = played_.try_emplace(entry.key, begun).first->second;
    played.stretch.moved(seconds, clock_.elapsed(), state == State::Playing);
    const auto progress = progressAt(entry.music, seconds, entry.duration, played.seen ? 0 : played.stretch.from(),
                                     entry.music ? 0 : creditsOf_(entry));
    played.seen |= progress.watched;
    if (state == State::Stopped)
        played_.erase(entry.key);
    return progress;
}

void PositionKeeper::tellOthers(const PlayEntry& entry, const ApiClient* but, const OfflineProgress& progress) {
    if (!copies_ || entry.mediaId.isEmpty())
        return;
    UserChange change;
    change.position = progress.watched ? 0 : progress.position;
    if (progress.watched)
        change.watched = true;
    for (const auto& copy : copies_->known(entry.mediaId))
        if (copy.api && copy.api != but)
            tell(*copy.api, copy.item.id, change, entry.mediaId);
    if (&api_ != but && entry.place.isEmpty())
        tell(api_, entry.mediaId, change, entry.mediaId);
}

void PositionKeeper::tell(ApiClient& api, const QString& id, const UserChange& change, const QString& mediaId) {
    ++ending_;
    deliver(api.change(id, change), this,
            [this, change, mediaId, here = &api == &api_](const core::Result<bool>& done) {
                const bool away =
                    !done && (done.error().code == ErrorCode::Unavailable || done.error().code == ErrorCode::Timeout);
                if (here && away)
                    away_.put(mediaId, change);
                ended(mediaId);
            });
}

void PositionKeeper::ended(const QString& mediaId) {
    --ending_;
    Q_EMIT saved(mediaId);
}

// A title of this computer, played without the server.
void PositionKeeper::saveAway(const PlayEntry& entry, double seconds, State state, const OfflineProgress& progress) {
    if (entry.mediaId.isEmpty() || !entry.place.isEmpty())
        return;
    UserChange change;
    if (progress.watched)
        change.watched = true;
    else
        change.position = progress.position;
    const bool counts = state == State::Stopped && countsAsPlay(entry.music, progress.watched, seconds, entry.duration);
    if (!entry.music || entry.duration > kLongTrack) {
        away_.put(entry.mediaId, change, counts ? 1 : 0);
        unsent_.remove(account_, entry.mediaId);  // of before
    } else if (counts) {
        away_.put(entry.mediaId, {}, 1);
    }
    if (state == State::Stopped)
        Q_EMIT left(entry.key);
    Q_EMIT savedAway(entry.mediaId);
}

void PositionKeeper::stop(const PlayEntry& entry, const QString& sessionId, const UnsentPosition& position) {
    if (!entry.music || entry.duration > kLongTrack)
        unsent_.put(position);  // the program may end before the server has answered
    confirmed_.remove(sessionId);
    replaced_.remove(sessionId);
    ++ending_;
    Q_EMIT left(entry.key);
}

void PositionKeeper::end(const UnsentPosition& position) {
    deliver(api_.endSession(position.sessionId), this,
            [this, position](const core::Result<bool>&) { ended(position.mediaId); });
}

void PositionKeeper::wait(int milliseconds) {
    if (ending_ == 0)
        return;
    QEventLoop loop;
    connect(this, &PositionKeeper::saved, &loop, [&] {
        if (ending_ == 0)  // and not the answer to an earlier save
            loop.quit();
    });
    QTimer::singleShot(milliseconds, &loop, &QEventLoop::quit);
    loop.exec(QEventLoop::ExcludeUserInputEvents);
}

// A server that does not answer is told at the next start; one that refuses knows why.
void PositionKeeper::onAnswer(const UnsentPosition& position, const core::Result<SessionUpdate>& update) {
    const bool away =
        !update && (update.error().code == ErrorCode::Unavailable || update.error().code == ErrorCode::Timeout);
    if (away)
        unsent_.put(position);
    else
        unsent_.remove(position.account, position.mediaId);
}

void PositionKeeper::setAccount(const QString& account) {
    account_ = account;
    if (account.isEmpty())
        return;
    for (const auto& position : unsent_.of(account))
        if (!sending_.contains(position.mediaId))
            sendUnsent(position);
}

// Only while the server has what it had then: who went on elsewhere knows better.
void PositionKeeper::sendUnsent(const UnsentPosition& position) {
    sending_.insert(position.mediaId);
    deliver(api_.item(position.mediaId), this, [this, position](const core::Result<MediaItem>& item) {
        if (item && stillOurs(position, item->position))
            return sendUnsentNow(position);
        sending_.remove(position.mediaId);
        if (item || item.error().code == ErrorCode::NotFound)
            unsent_.remove(position.account, position.mediaId);
    });
}

void PositionKeeper::sendUnsentNow(const UnsentPosition& position) {
    deliver(api_.updateSession(position.sessionId, position.position, QStringLiteral("stopped")), this,
            [this, position](const core::Result<SessionUpdate>& update) {
                if (!update && update.error().code == ErrorCode::NotFound)
                    return sendToLibrary(position);  // the session has ended by itself meanwhile
                sending_.remove(position.mediaId);
                onAnswer(position, update);
                Q_EMIT saved(position.mediaId);
            });
}

void PositionKeeper::sendToLibrary(const UnsentPosition& position) {
    UserChange change;
    change.position = position.position;
    deliver(api_.change(position.mediaId, change), this, [this, position](const core::Result<bool>& done) {
        sending_.remove(position.mediaId);
        if (done)
            unsent_.remove(position.account, position.mediaId);
        Q_EMIT saved(position.mediaId);
    });
}

}  // namespace marea::app
