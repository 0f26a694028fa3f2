#include "server/apps/library/history.h"

#include <algorithm>

namespace marea::server {

namespace {

using core::Error;
using core::ErrorCode;
using core::fail;
using core::Id;
using core::Result;
using core::unexpected;
using core::db::Row;
using core::db::Session;

bool fits(const LibraryEvent& event, const HistoryQuery& query) {
    return query.kinds.empty() || std::find(query.kinds.begin(), query.kinds.end(), event.kind) != query.kinds.end();
}

Result<HistoryEntry> found(Session& session, const Id& userId, std::int64_t seq) {
    std::optional<HistoryEntry> entry;
    auto done = eachEventBackwards(session, userId, {}, seq + 1, [&](const LibraryEvent& event, bool undone) {
        entry = HistoryEntry{event, undone};
        return false;
    });
    if (!done) {
        return unexpected<Error>(done.error());
    }
    return entry && entry->event.seq == seq ? Result<HistoryEntry>(std::move(*entry))
                                            : fail(ErrorCode::NotFound, "There is no such event.");
}

Result<LibraryEvent> named(Session& session, const Id& userId, std::int64_t seq) {
    auto entry = found(session, userId, seq);
    if (!entry) {
        return unexpected<Error>(entry.error());
    }
    if (entry->undone) {
        return fail(ErrorCode::Conflict, "This was undone already.");
    }
    return isUndoable(entry->event) ? Result<LibraryEvent>(std::move(entry->event))
                                    : fail(ErrorCode::Conflict, "This cannot be undone.");
}

Result<LibraryEvent> latest(Session& session, const Id& userId) {
    std::optional<LibraryEvent> event;
    auto done = eachEventBackwards(session, userId, {}, INT64_MAX, [&](const LibraryEvent& one, bool undone) {
        if (!undone && isUndoable(one)) {
            event = one;
        }
        return !event;
    });
    if (!done) {
        return unexpected<Error>(done.error());
    }
    return event ? Result<LibraryEvent>(std::move(*event)) : fail(ErrorCode::NotFound, "There is nothing to undo.");
}

}  // namespace

bool isUndoable(const LibraryEvent& event) {
    // Making room between entries is nothing that anybody did; what was bought goes back by a refund alone.
    return event.kind != EventKind::HistoryUndone && event.kind != EventKind::Purchased &&
           event.kind != EventKind::PurchaseRevoked && !event.data.contains("spread");
}

Result<std::vector<HistoryEntry>> history(Session& session, const Id& userId, const HistoryQuery& query) {
    std::vector<HistoryEntry> entries;
    const auto take = [&](const LibraryEvent& event, bool undone) {
        if (fits(event, query)) {
            entries.push_back({event, undone});
        }
        return entries.size() < static_cast<std::size_t>(query.limit);
    };
    auto done = eachEventBackwards(session, userId, query.mediaId, query.before.value_or(INT64_MAX), take);
    return done ? Result<std::vector<HistoryEntry>>(std::move(entries)) : unexpected<Error>(done.error());
}

Result<Undone> undo(Session& session, const LibraryActor& who, std::optional<std::int64_t> seq, core::TimeMs now) {
    auto event = seq ? named(session, who.userId, *seq) : latest(session, who.userId);
    if (!event) {
        return unexpected<Error>(event.error());
    }
    LibraryEvent by;
    by.userId = who.userId;
    by.loginId = who.loginId;
    by.kind = EventKind::HistoryUndone;
    by.mediaId = event->mediaId;
    by.playlistId = event->playlistId;
    by.undoes = event->seq;
    by.at = now;
    const auto recorded = record(session, by);
    if (!recorded) {
        return unexpected<Error>(recorded.error());
    }
    by.seq = **recorded;
    return Undone{std::move(*event), std::move(by)};
}

}  // namespace marea::server
