#include "server/apps/library/sessionstore.h"

#include <algorithm>

#include "server/apps/library/libraryevents.h"
#include "server/apps/library/userlibrary.h"

namespace marea::server {

namespace {

using core::Error;
using core::Result;
using core::TimeMs;
using core::unexpected;
using core::db::Row;

PlaybackSession sessionFrom(const Row& row) {
    PlaybackSession session;
    session.id = row.string(0);
    session.userId = row.string(1);
    session.loginId = row.string(2);
    session.mediaId = row.string(3);
    session.kind = row.string(4);
    session.path = row.string(5);
    session.mode = row.string(6);
    session.startedAt = row.integer(7);
    session.updatedAt = row.integer(8);
    session.expiresAt = row.integer(9);
    session.duration = row.real(10);
    session.creditsStart = row.real(11);
    session.position = row.real(12);
    session.reported = row.boolean(13);
    session.completed = row.boolean(14);
    // What was played of it is not kept; it was no more than fits in the time.
    const auto lasted = static_cast<double>(session.updatedAt - session.startedAt) / 1000;
    session.played = core::library::Stretch(session.position, session.updatedAt,
                                            std::clamp(session.position, 0.0, std::max(lasted, 0.0)));
    return session;
}

// A film counts when it was finished; music as the music services count it: half of it, or four minutes. Who jumps
// there has not heard what comes before.
bool countsAsPlay(const PlaybackSession& session) {
    const double heard = session.kind == "track" ? session.played.played() : 0;
    return session.completed || heard >= 240 || (session.duration > 0 && heard >= session.duration / 2);
}

constexpr std::string_view kSessionColumns =
    "id, user_id, login_id, media_id, kind, path, mode, started_at, updated_at, expires_at, duration, credits_start, "
    "position, reported, completed";

std::string selectingSessions(std::string_view rest) {
    return "SELECT " + std::string(kSessionColumns) + " FROM playback_sessions WHERE " + std::string(rest);
}

// Whether the part of it that was told of before counted as a play.
Result<bool> countedBefore(core::db::Session& db, const PlaybackSession& session) {
    const auto found = db.first(
        "SELECT coalesce(max(json_extract(data, '$.counted')), 0) FROM events WHERE user_id = ?1 AND media_id = ?2 AND "
        "type = 'PLAYED' AND login_id = ?3 AND json_extract(data, '$.started_at') = ?4",
        {session.userId, session.mediaId, session.loginId, session.startedAt},
        [](const Row& row) { return row.boolean(0); });
    return found ? Result<bool>(found->value_or(false)) : unexpected<Error>(found.error());
}

Result<void> recordPlayed(core::db::Session& db, const PlaybackSession& session, TimeMs now) {
    const auto counted = session.again ? countedBefore(db, session) : Result<bool>(false);
    if (!counted) {
        return unexpected<Error>(counted.error());
    }
    LibraryEvent played;
    played.userId = session.userId;
    played.loginId = session.loginId;
    played.kind = EventKind::Played;
    played.mediaId = session.mediaId;
    played.sessionId = session.again ? core::Id() : session.id;  // there is one event for each id
    played.at = now;
    played.data = {{"position", session.position},
                   {"duration", session.duration},
                   {"completed", session.completed},
                   {"counted", countsAsPlay(session) && !*counted},
                   {"started_at", session.startedAt}};
    const auto done = record(db, std::move(played));
    return done ? Result<void>() : unexpected<Error>(done.error());
}

}  // namespace

Result<void> insertSession(core::db::Session& db, const PlaybackSession& session) {
    return db.run(
        "INSERT INTO playback_sessions(id, user_id, login_id, media_id, kind, path, mode, started_at, updated_at, "
        "expires_at, duration, credits_start, position) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, "
        "?13)",
        {session.id, session.userId, session.loginId, session.mediaId, session.kind, session.path, session.mode,
         session.startedAt, session.updatedAt, session.expiresAt, session.duration, session.creditsStart,
         session.position});
}

Result<void> saveSession(core::db::Session& db, const PlaybackSession& session) {
    auto done = db.run(
        "UPDATE playback_sessions SET updated_at = ?3, position = ?4, reported = ?5, completed = ?6, "
        "expires_at = ?7 WHERE id = ?1 AND user_id = ?2",
        {session.id, session.userId, session.updatedAt, session.position, std::int64_t{session.reported},
         std::int64_t{session.completed}, session.expiresAt});
    if (!done || !session.reported) {
        return done;
    }
    const bool watched = session.completed && session.kind != "track";  // music is counted, not ticked off
    return savePosition(
        db,
        {{session.userId, session.loginId}, session.mediaId, session.resume().position, watched, session.updatedAt});
}

Result<void> endSession(core::db::Session& db, const PlaybackSession& session, TimeMs now, bool silent) {
    auto done = saveSession(db, session).and_then([&] {
        return db.run(
            "UPDATE playback_sessions SET ended_at = ?3, silent = ?4 "
            "WHERE id = ?1 AND user_id = ?2 AND ended_at IS NULL",
            {session.id, session.userId, now, std::int64_t{silent}});
    });
    return done && session.reported ? recordPlayed(db, session, now) : done;
}

Result<std::vector<PlaybackSession>> openSessions(core::db::Session& db) {
    return db.all(selectingSessions("ended_at IS NULL ORDER BY updated_at DESC LIMIT 10000"), {}, sessionFrom);
}

Result<std::optional<PlaybackSession>> silentSession(core::db::Session& db, const core::Id& id,
                                                     const core::Id& userId) {
    return db.first(selectingSessions("id = ?1 AND user_id = ?2 AND silent = 1"), {id, userId}, sessionFrom);
}

Result<void> reopenSession(core::db::Session& db, const PlaybackSession& session) {
    return db.run(
        "UPDATE playback_sessions SET ended_at = NULL, silent = 0, updated_at = ?3 WHERE id = ?1 AND user_id = ?2",
        {session.id, session.userId, session.updatedAt});
}

Result<SessionNames> namesOf(core::db::Session& db, const PlaybackSession& session) {
    auto found = db.first(
        "SELECT (SELECT username FROM users WHERE id = ?1), (SELECT device_name FROM logins WHERE id = ?2 AND "
        "user_id = ?1), (SELECT title FROM media_items WHERE id = ?3)",
        {session.userId, session.loginId, session.mediaId}, [](const Row& row) {
            return SessionNames{row.string(0), row.string(1), row.string(2)};
        });
    return found ? Result<SessionNames>(found->value_or(SessionNames())) : unexpected<Error>(found.error());
}

Result<bool> sessionExists(core::db::Session& db, const core::Id& id, const core::Id& userId) {
    auto found = db.first("SELECT 1 FROM playback_sessions WHERE id = ?1 AND user_id = ?2", {id, userId},
                          [](const Row&) { return true; });
    if (!found) {
        return unexpected<Error>(found.error());
    }
    return found->has_value();
}

}  // namespace marea::server
