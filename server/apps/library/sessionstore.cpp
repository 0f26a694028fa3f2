#include "server/apps/library/sessionstore.h"

#include "server/apps/library/libraryevents.h"
#include "server/apps/library/resume.h"
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
    return session;
}

// A film counts when it was finished; music as the music services count it: half of it, or four minutes.
bool countsAsPlay(const PlaybackSession& session) {
    const bool music = session.kind == "track";
    return session.completed ||
           (music && (session.position >= 240 || (session.duration > 0 && session.position >= session.duration / 2)));
}

Result<void> recordPlayed(core::db::Session& db, const PlaybackSession& session, TimeMs now) {
    LibraryEvent played;
    played.userId = session.userId;
    played.loginId = session.loginId;
    played.kind = EventKind::Played;
    played.mediaId = session.mediaId;
    played.sessionId = session.id;
    played.at = now;
    played.data = {{"position", session.position},
                   {"duration", session.duration},
                   {"completed", session.completed},
                   {"counted", countsAsPlay(session)},
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
    const Resume resume = resumeAfter(session.kind, session.duration, session.position, session.creditsStart);
    const bool watched = session.completed && session.kind != "track";  // music is counted, not ticked off
    return savePosition(
        db, {{session.userId, session.loginId}, session.mediaId, resume.position, watched, session.updatedAt});
}

Result<void> endSession(core::db::Session& db, const PlaybackSession& session, TimeMs now) {
    auto done = saveSession(db, session).and_then([&] {
        return db.run("UPDATE playback_sessions SET ended_at = ?3 WHERE id = ?1 AND user_id = ?2 AND ended_at IS NULL",
                      {session.id, session.userId, now});
    });
    return done && session.reported ? recordPlayed(db, session, now) : done;
}

Result<std::vector<PlaybackSession>> openSessions(core::db::Session& db) {
    return db.all(
        "SELECT id, user_id, login_id, media_id, kind, path, mode, started_at, updated_at, expires_at, duration, "
        "credits_start, position, reported, completed FROM playback_sessions WHERE ended_at IS NULL "
        "ORDER BY updated_at DESC LIMIT 10000",
        {}, sessionFrom);
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
