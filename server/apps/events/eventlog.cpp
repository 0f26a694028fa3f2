#include "server/apps/events/eventlog.h"

#include "core/base/json.h"
#include "core/db/database.h"
#include "server/apps/library/eventjson.h"
#include "server/apps/library/libraryevents.h"

namespace marea::server {

using core::Result;
using core::db::Session;

Result<std::int64_t> DatabaseEventLog::top(const core::Id& user) {
    return database_.readValue<std::int64_t>([&](Session& session) -> Result<std::int64_t> {
        const auto last = session.first("SELECT coalesce(max(seq), 0) FROM events WHERE user_id = ?1", {user},
                                        [](const core::db::Row& row) { return row.integer(0); });
        return last ? Result<std::int64_t>(last->value_or(0)) : core::unexpected<core::Error>(last.error());
    });
}

Result<std::vector<EventLog::Entry>> DatabaseEventLog::after(const core::Id& user, std::int64_t seq, std::size_t most) {
    return database_.readValue<std::vector<Entry>>([&](Session& session) -> Result<std::vector<Entry>> {
        std::vector<Entry> entries;
        auto read = eachEvent(session, user, seq, [&](const LibraryEvent& event) {
            const core::json::object message{
                {"type", "library"}, {"seq", event.seq}, {"event", eventJson(event, false)}};
            entries.push_back({event.seq, core::json::serialize(message)});
            return entries.size() < most;
        });
        return read ? Result<std::vector<Entry>>(std::move(entries)) : core::unexpected<core::Error>(read.error());
    });
}

}  // namespace marea::server
