#pragma once

#include <optional>
#include <vector>

#include "core/db/database.h"
#include "server/apps/library/playbacksessions.h"

namespace marea::server {

// The repository of playback_sessions, with what a session's progress means for its user's library. Each function is
// one part of the caller's transaction.
core::Result<void> insertSession(core::db::Session& db, const PlaybackSession& session);
// The position, and where the user would resume.
core::Result<void> saveSession(core::db::Session& db, const PlaybackSession& session);
// Saves, closes, and records PLAYED when the player reported anything: once, and once more for what went on later.
// `silent`: its player was not heard of.
core::Result<void> endSession(core::db::Session& db, const PlaybackSession& session, core::TimeMs now, bool silent);
core::Result<std::vector<PlaybackSession>> openSessions(core::db::Session& db);
// One that ended so.
core::Result<std::optional<PlaybackSession>> silentSession(core::db::Session& db, const core::Id& id,
                                                           const core::Id& userId);
core::Result<void> reopenSession(core::db::Session& db, const PlaybackSession& session);
// Those that a session is of, for people; empty: gone meanwhile.
struct SessionNames {
    std::string username, device, title;
};
core::Result<SessionNames> namesOf(core::db::Session& db, const PlaybackSession& session);
core::Result<bool> sessionExists(core::db::Session& db, const core::Id& id, const core::Id& userId);

}  // namespace marea::server
