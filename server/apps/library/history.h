#pragma once

#include <optional>
#include <vector>

#include "core/db/database.h"
#include "server/apps/library/libraryevents.h"
#include "server/apps/library/userlibrary.h"

namespace marea::server {

struct HistoryEntry {
    LibraryEvent event;
    bool undone = false;
};

struct HistoryQuery {
    std::vector<EventKind> kinds;  // empty: all
    core::Id mediaId;              // empty: of all items
    std::optional<std::int64_t> before;
    int limit = 50;
};

bool isUndoable(const LibraryEvent& event);

// A user's events, newest first. Part of the caller's transaction, as is `undo`.
core::Result<std::vector<HistoryEntry>> history(core::db::Session& session, const core::Id& userId,
                                                const HistoryQuery& query);

// Takes back the named event, or the latest that can be: as if it had not been, whatever came after it. Answers the
// event taken back, and the one that did it. NotFound: no such event, or nothing to undo. Conflict: it was taken back
// before, or cannot be.
struct Undone {
    LibraryEvent event, by;
};
core::Result<Undone> undo(core::db::Session& session, const LibraryActor& who, std::optional<std::int64_t> seq,
                          core::TimeMs now);

}  // namespace marea::server
