#include "server/apps/library/playbackservice.h"

#include <cmath>

#include "server/apps/library/sessionstore.h"

namespace marea::server {

using core::Error;
using core::ErrorCode;
using core::fail;
using core::Id;
using core::Result;
using core::TimeMs;
using core::unexpected;

PlaybackService::PlaybackService(core::db::Database& database, StreamTokens& tokens,
                                 std::shared_ptr<const core::Clock> clock, std::shared_ptr<core::Logger> logger,
                                 PlaybackOptions options)
    : database_(database),
      tokens_(tokens),
      clock_(std::move(clock)),
      logger_(std::move(logger)),
      options_(std::move(options)) {}

Result<void> PlaybackService::adoptOpen() {
    auto open =
        database_.readValue<std::vector<PlaybackSession>>([](core::db::Session& db) { return openSessions(db); });
    if (!open) {
        return unexpected<Error>(open.error());
    }
    for (PlaybackSession& session : *open) {
        session.updatedAt = clock_->now();
        session.played.silentUntil(session.updatedAt - options_.idleEnd);  // as of any session
        sessions_.add(session);
    }
    return {};
}

void PlaybackService::setLimits(const Limits& limits) {
    const std::lock_guard lock(beginning_);
    options_.maxSessions = limits.sessions;
    options_.maxSessionsPerUser = limits.sessionsPerUser;
    options_.maxTranscodes = limits.transcodes;
    options_.maxTranscodesPerUser = limits.transcodesPerUser;
}

Result<void> PlaybackService::admit(const PlaybackSession& session) {
    const bool transcode = session.mode == "transcode";
    const auto mine = sessions_.countOf(session.userId), all = sessions_.counts();
    if (mine.sessions >= options_.maxSessionsPerUser) {
        return fail(ErrorCode::Busy, "You are playing too many things at once. Stop one of them first.");
    }
    if (transcode && mine.transcodes >= options_.maxTranscodesPerUser) {
        return fail(ErrorCode::Busy, "Too many things that you play have to be converted. Stop one of them first.");
    }
    if (all.sessions >= options_.maxSessions) {
        return fail(ErrorCode::Unavailable, "The server plays as much as it can at once. Try again in a moment.");
    }
    if (transcode && all.transcodes >= options_.maxTranscodes) {
        return fail(ErrorCode::Unavailable, "The server is converting as much as it can. Try again in a moment.");
    }
    return options_.streams ? admitStream(session) : Result<void>();
}

bool PlaybackService::mayEncode(const Id& userId) {
    const std::lock_guard lock(beginning_);
    return sessions_.countOf(userId).transcodes < options_.maxTranscodesPerUser &&
           sessions_.counts().transcodes < options_.maxTranscodes;
}

Result<void> PlaybackService::admitStream(const PlaybackSession& session) {
    const auto limits = options_.streams(session.userId);
    if (!limits) {
        return unexpected<Error>(limits.error());
    }
    // What is over its time has only not been ended yet.
    auto going = sessions_.all();
    std::erase_if(going, [&](const auto& one) { return one.updatedAt < clock_->now() - options_.idleEnd; });
    return mayStream(session, going, *limits, clock_->now(), options_.idleEnd);
}

Result<PlaybackSession> PlaybackService::begin(PlaybackSession session) {
    const std::lock_guard lock(beginning_);
    if (auto admitted = admit(session); !admitted) {
        return unexpected<Error>(admitted.error());
    }
    const TimeMs now = clock_->now();
    session.id = core::newId(now);
    session.startedAt = session.updatedAt = now;
    session.expiresAt = now + options_.tokenLifetime;
    session.played = core::library::Stretch(session.position, now);
    auto done = database_.write([&](core::db::Session& db) { return insertSession(db, session); });
    if (!done) {
        return unexpected<Error>(done.error());
    }
    stopped_.begun(session.loginId, session.mediaId);
    sessions_.add(session);
    tell(session, false);
    return session;
}

void PlaybackService::tell(const PlaybackSession& session, bool ended) const {
    if (options_.told) {
        options_.told(session, ended);
    }
}

void PlaybackService::streamed(const Id& loginId, const Id& mediaId) {
    sessions_.heard(loginId, mediaId, clock_->now());
}

bool PlaybackService::goOn(const Id& loginId, const Id& mediaId, const std::string& path) {
    return sessions_.heardOn(loginId, mediaId, path, clock_->now());
}

Result<bool> PlaybackService::listened(const Listened& listened) {
    auto done = database_.writeValue<bool>([&](core::db::Session& db) { return recordListened(db, listened); });
    if (done && *done && options_.played) {
        options_.played(listened.mediaId);
    }
    return done;
}

Result<PlaybackService::Reported> PlaybackService::report(const Id& id, const Id& userId, double position,
                                                          bool playing) {
    const TimeMs now = clock_->now();
    auto session = sessions_.report(id, userId, position, now, playing);
    if (!session) {
        if (auto done = takeUp(id, userId, {}); !done) {
            return unexpected<Error>(done.error());
        }
        session = sessions_.report(id, userId, position, now, playing);
    }
    if (!session) {
        return fail(ErrorCode::NotFound, stopped_.whyEnded(id).value_or("This playback has ended."));
    }
    tell(*session, false);
    if (session->expiresAt - now > options_.tokenLifetime / 3) {
        return Reported{{}, session->expiresAt};
    }
    session->expiresAt = now + options_.tokenLifetime;
    sessions_.renewed(id, session->expiresAt);
    return Reported{streamUrl(*session), session->expiresAt};
}

// A player that was not heard of for long, as it was paused, asleep or without a network, goes on: so does its session,
// where there is still a place for it. Not if it stops where it was.
Result<void> PlaybackService::takeUp(const Id& id, const Id& userId, std::optional<double> stopsAt) {
    constexpr double kSamePlace = 1;  // seconds
    const std::lock_guard lock(beginning_);
    auto found = database_.readValue<std::optional<PlaybackSession>>(
        [&](core::db::Session& db) { return silentSession(db, id, userId); });
    if (!found) {
        return unexpected<Error>(found.error());
    }
    if (!*found || (stopsAt && std::abs(*stopsAt - (*found)->position) < kSamePlace)) {
        return {};
    }
    PlaybackSession session = **found;
    session.updatedAt = clock_->now();
    session.played.silentUntil(session.updatedAt);
    session.again = true;
    if (!admit(session)) {
        return {};
    }
    auto done = database_.write([&](core::db::Session& db) { return reopenSession(db, session); });
    if (done) {
        sessions_.add(session);
    }
    return done;
}

Result<void> PlaybackService::end(const Id& id, const Id& userId, std::optional<double> position) {
    const TimeMs now = clock_->now();
    if (position && !sessions_.report(id, userId, *position, now, false)) {
        if (auto done = takeUp(id, userId, position); !done) {
            return done;
        }
        sessions_.report(id, userId, *position, now, false);
    }
    const std::lock_guard lock(writing_);
    const auto session = sessions_.remove(id, userId);
    if (!session) {
        const auto known =
            database_.readValue<bool>([&](core::db::Session& db) { return sessionExists(db, id, userId); });
        if (!known) {
            return unexpected<Error>(known.error());
        }
        return *known ? Result<void>{} : fail(ErrorCode::NotFound, "There is no such playback.");
    }
    auto done = ended(*session, now);
    if (!done) {
        sessions_.add(*session);  // still open, so that asking again can end it
        return done;
    }
    tellOver(*session);
    return done;
}

// One that went silent is not told of: a player may read on from one long answer without saying where it is.
void PlaybackService::tellOver(const PlaybackSession& session) const {
    if (options_.over && !sessions_.plays(session.loginId, session.mediaId)) {
        options_.over(session.loginId, session.mediaId);
    }
}

Result<void> PlaybackService::endBy(const PlaybackSession& session, const std::string& reason) {
    const std::string words = reason.empty() ? "An owner of the server ended this playback."
                                             : "An owner of the server ended this playback: " + reason;
    stopped_.add(session.id, session.loginId, session.mediaId, words, reason);
    auto done = end(session.id, session.userId, std::nullopt);
    if (done && options_.stopped) {
        options_.stopped(session, words, reason);
    }
    return done;
}

Result<void> PlaybackService::maySend(const Id& loginId, const Id& mediaId) const {
    const auto reason = stopped_.whyRefused(loginId, mediaId);
    return reason ? fail(ErrorCode::Forbidden, *reason) : Result<void>();
}

Result<void> PlaybackService::ended(const PlaybackSession& session, TimeMs now, bool silent) {
    auto done = database_.write([&](core::db::Session& db) { return endSession(db, session, now, silent); });
    if (done && options_.played) {
        options_.played(session.mediaId);
    }
    if (done) {
        tell(session, true);
    }
    return done;
}

Result<UserState> PlaybackService::state(const Id& userId, const Id& mediaId) {
    if (auto done = flush(userId); !done) {
        return unexpected<Error>(done.error());
    }
    return database_.readValue<UserState>([&](core::db::Session& db) { return userState(db, userId, mediaId); });
}

Result<UserState> PlaybackService::change(const LibraryActor& who, const Id& mediaId, const UserChange& change) {
    if (auto done = flush(who.userId); !done) {  // what the player said before comes before
        return unexpected<Error>(done.error());
    }
    return database_.writeValue<UserState>(
        [&](core::db::Session& db) { return changeUserState(db, who, mediaId, change, clock_->now()); });
}

Result<LibraryPage> PlaybackService::list(const Viewer& viewer, const LibraryQuery& query) {
    if (auto done = flush(viewer.userId); !done) {
        return unexpected<Error>(done.error());
    }
    return database_.readValue<LibraryPage>([&](core::db::Session& db) { return libraryPage(db, viewer, query); });
}

std::string PlaybackService::streamBase(const PlaybackSession& session) const {
    return "/stream/" + tokens_.issue(session.loginId, session.mediaId, session.expiresAt) + "/" + session.mediaId +
           "/";
}

std::string PlaybackService::streamBase(const Id& loginId, const Id& mediaId) const {
    const core::TimeMs expires = clock_->now() + options_.tokenLifetime;
    return "/stream/" + tokens_.issue(loginId, mediaId, expires) + "/" + mediaId + "/";
}

std::string PlaybackService::streamUrl(const PlaybackSession& session) const {
    return streamBase(session) + session.path;
}

Result<Id> PlaybackService::userOfLogin(const Id& loginId) {
    return database_.readValue<Id>([&](core::db::Session& db) -> Result<Id> {
        auto found = db.first("SELECT user_id FROM logins WHERE id = ?1", {loginId},
                              [](const core::db::Row& row) { return row.string(0); });
        if (!found) {
            return unexpected<Error>(found.error());
        }
        return *found ? Result<Id>(**found) : fail(ErrorCode::Unauthorized, "This device is signed out.");
    });
}

Result<void> PlaybackService::flush(const Id& userId) {
    const std::lock_guard lock(writing_);
    const auto changed = sessions_.takeChanged(userId);
    if (changed.empty()) {
        return {};
    }
    auto done = database_.write([&](core::db::Session& db) -> Result<void> {
        for (const PlaybackSession& session : changed) {
            if (auto saved = saveSession(db, session); !saved) {
                return saved;
            }
        }
        return {};
    });
    if (!done) {
        sessions_.changedAgain(changed);
    }
    return done;
}

void PlaybackService::endIdle() {
    const std::lock_guard lock(writing_);
    const TimeMs now = clock_->now();
    for (const PlaybackSession& session : sessions_.removeIdle(now - options_.idleEnd)) {
        auto done = ended(session, now, true);
        if (!done) {
            logger_->warning("playback.end_failed", {{"session", session.id}, {"detail", done.error().detail}});
            sessions_.add(session);
        }
    }
}

void PlaybackService::endThose(const std::function<bool(const PlaybackSession&)>& over) {
    for (const PlaybackSession& session : sessions_.all()) {
        if (!over(session)) {
            continue;
        }
        const std::lock_guard lock(writing_);
        const auto last = sessions_.remove(session.id, session.userId);
        // Nothing can be written for somebody who is gone, nor need it.
        if (auto done = last ? ended(*last, clock_->now()) : Result<void>(); !done) {
            logger_->info("playback.dropped", {{"session", session.id}, {"detail", done.error().detail}});
        }
        if (last) {
            tellOver(*last);
        }
    }
}

}  // namespace marea::server
