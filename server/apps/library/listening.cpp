#include "server/apps/library/listening.h"

#include <cmath>

#include "server/apps/library/libraryevents.h"

namespace marea::server {

using core::Result;
using core::TimeMs;
using core::db::Row;
using core::db::Session;

namespace {

constexpr TimeMs kSessionAge = TimeMs{24} * 3600 * 1000;  // players fetch a title before they play it, not long before

struct Streamed {
    core::Id session;
    TimeMs startedAt = 0;
};

Result<std::optional<Streamed>> streamed(Session& session, const Listened& listened) {
    return session.first(
        "SELECT s.id, s.started_at FROM playback_sessions s WHERE s.user_id = ?1 AND s.started_at > ?4 AND "
        "s.login_id = ?2 AND s.media_id = ?3 AND NOT EXISTS (SELECT 1 FROM events e WHERE e.session_id = s.id AND "
        "e.type = 'PLAYED') ORDER BY s.started_at DESC LIMIT 1",
        {listened.who.userId, listened.who.loginId, listened.mediaId, listened.at - kSessionAge}, [](const Row& row) {
            return Streamed{row.string(0), row.integer(1)};
        });
}

// The nearest in time, before or after: what was listened to offline may be said late.
Result<std::optional<TimeMs>> lastTime(Session& session, const Listened& listened) {
    return session.first(
        "SELECT at FROM events WHERE user_id = ?1 AND media_id = ?2 AND type = 'PLAYED' AND login_id = ?3 "
        "ORDER BY abs(at - ?4) LIMIT 1",
        {listened.who.userId, listened.mediaId, listened.who.loginId, listened.at},
        [](const Row& row) { return row.integer(0); });
}

LibraryEvent eventOf(const Listened& listened, const std::optional<Streamed>& streamed) {
    LibraryEvent event;
    event.userId = listened.who.userId;
    event.loginId = listened.who.loginId;
    event.kind = EventKind::Played;
    event.mediaId = listened.mediaId;
    event.at = listened.at;
    event.sessionId = streamed ? streamed->session : core::Id();
    const TimeMs length = std::llround(listened.duration * 1000);
    event.data = {{"position", listened.duration},
                  {"duration", listened.duration},
                  {"completed", true},
                  {"counted", true},
                  {"started_at", streamed ? streamed->startedAt : listened.at - length}};
    return event;
}

}  // namespace

bool isAnotherTime(std::optional<TimeMs> last, const Listened& listened) {
    const double apart = last ? std::abs(static_cast<double>(*last - listened.at)) : 0;
    return !last || (apart > 0 && apart >= listened.duration * 1000 / 2);
}

Result<bool> recordListened(Session& session, const Listened& listened) {
    const auto last = lastTime(session, listened);
    if (!last) {
        return core::unexpected<core::Error>(last.error());
    }
    if (!isAnotherTime(*last, listened)) {
        return false;
    }
    const auto through = streamed(session, listened);
    if (!through) {
        return core::unexpected<core::Error>(through.error());
    }
    const auto done = record(session, eventOf(listened, *through));
    return done ? Result<bool>(done->has_value()) : core::unexpected<core::Error>(done.error());
}

}  // namespace marea::server
