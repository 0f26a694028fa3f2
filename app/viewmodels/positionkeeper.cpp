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

}  // namespace

PositionKeeper::PositionKeeper(ApiClient& api, UnsentPositions& unsent, QObject* parent)
    : QObject(parent), api_(api), unsent_(unsent) {}

void PositionKeeper::begin(const QString& sessionId, double position) {
    confirmed_.insert(sessionId, position);
}

UnsentPosition PositionKeeper::toSend(const PlayEntry& entry, const QString& sessionId, double seconds) const {
    return {account_, entry.mediaId, live(sessionId), seconds, confirmed_.value(sessionId, -1), entry.duration};
}

void PositionKeeper::save(const PlayEntry& entry, const QString& sessionId, double seconds, State state) {
    if (sessionId.isEmpty())
        return;
    const auto position = toSend(entry, sessionId, seconds);
    deliver(api_.updateSession(position.sessionId, seconds, word(state)), this,
            [this, state, sessionId, position](const core::Result<SessionUpdate>& update) {
                onAnswer(position, update);
                if (update && state != State::Stopped)
                    confirmed_.insert(sessionId, position.position);
                if (state == State::Stopped)
                    end(position);
                else if (update)
                    Q_EMIT saved(position.mediaId);
            });
    if (state == State::Stopped)
        stop(entry, sessionId, position);
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
    deliver(api_.endSession(position.sessionId), this, [this, position](const core::Result<bool>&) {
        --ending_;
        Q_EMIT saved(position.mediaId);
    });
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
        sendUnsent(position);
}

// Only while the server has what it had then: who went on elsewhere knows better.
void PositionKeeper::sendUnsent(const UnsentPosition& position) {
    deliver(api_.item(position.mediaId), this, [this, position](const core::Result<MediaItem>& item) {
        if (item && stillOurs(position, item->position))
            sendUnsentNow(position);
        else if (item || item.error().code == ErrorCode::NotFound)
            unsent_.remove(position.account, position.mediaId);
    });
}

void PositionKeeper::sendUnsentNow(const UnsentPosition& position) {
    deliver(api_.updateSession(position.sessionId, position.position, QStringLiteral("stopped")), this,
            [this, position](const core::Result<SessionUpdate>& update) {
                if (!update && update.error().code == ErrorCode::NotFound)
                    return sendToLibrary(position);  // the session has ended by itself meanwhile
                onAnswer(position, update);
                Q_EMIT saved(position.mediaId);
            });
}

void PositionKeeper::sendToLibrary(const UnsentPosition& position) {
    UserChange change;
    change.position = position.position;
    deliver(api_.change(position.mediaId, change), this, [this, position](const core::Result<bool>& done) {
        if (done)
            unsent_.remove(position.account, position.mediaId);
        Q_EMIT saved(position.mediaId);
    });
}

}  // namespace marea::app
