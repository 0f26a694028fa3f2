#include "server/apps/library/libraryevents.h"

namespace marea::server {

namespace {

constexpr std::int64_t eventVersion = 1;

}  // namespace

core::Result<bool> appendEvent(core::db::Session& session, const LibraryEvent& event, core::TimeMs now) {
    const std::string data = core::json::serialize(event.data);
    auto done = session.run(
        "INSERT OR IGNORE INTO events(user_id, seq, at, type, version, media_id, session_id, data) "
        "VALUES (?1, (SELECT coalesce(max(seq), 0) + 1 FROM events WHERE user_id = ?1), ?2, ?3, ?4, ?5, ?6, ?7)",
        {event.userId, now, event.type, eventVersion, core::db::textOrNull(event.mediaId),
         core::db::textOrNull(event.sessionId), std::string_view(data)});
    if (!done) {
        return core::unexpected<core::Error>(done.error());
    }
    return session.changes() > 0;
}

}  // namespace marea::server
