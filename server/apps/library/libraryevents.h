#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

#include "core/base/clock.h"
#include "core/base/id.h"
#include "core/base/json.h"
#include "core/db/database.h"

namespace marea::server {

enum class EventKind {
    Played,
    Rated,
    Favourited,
    Watched,
    PlaylistCreated,
    PlaylistChanged,
    PlaylistDeleted,
    HistoryUndone,
    Purchased,        // a title became theirs, by an order
    PurchaseRevoked,  // and is no longer
};

std::string_view name(EventKind kind);  // "PLAYED", as in the database and on the wire
std::optional<EventKind> eventKind(std::string_view name);

// One change to a user's library, as it is appended and never changed again.
struct LibraryEvent {
    core::Id userId;
    EventKind kind = EventKind::Rated;
    core::Id mediaId;
    core::json::object data;             // of the form that `version` has
    core::TimeMs at = 0;                 //
    core::Id sessionId;                  // of Played: there is one for each playback session at most
    core::Id loginId;                    // the device that it came from; empty: not known
    core::Id playlistId;                 // in place of mediaId, of what is about a playlist
    core::Id actorId;                    // who did it to the user's playlist; empty: the user
    std::optional<std::int64_t> undoes;  // of HistoryUndone: the event that counts no more
    std::int64_t seq = 0;                // from 1 for each user without a gap; given when it is appended
    int version = 1;
};

// The one way into a user's library: appends the event with the user's next number, and brings the read tables up to
// date by it. Part of the caller's transaction. Nullopt when the session had its event already; else the number.
core::Result<std::optional<std::int64_t>> record(core::db::Session& session, LibraryEvent event);

// The first half of it, of an event that has its number. False when the session had its event already.
core::Result<bool> append(core::db::Session& session, const LibraryEvent& event);

// The second half: brings the read tables up to date by an event that was appended: also what a replay does for each
// event in turn. Only events up to this one are looked at.
core::Result<void> project(core::db::Session& session, const LibraryEvent& event);

// A user's events from `after` on, in order, until `visit` returns false.
core::Result<void> eachEvent(core::db::Session& session, const core::Id& userId, std::int64_t after,
                             const std::function<bool(const LibraryEvent&)>& visit);

// The latest before `before` first, of one item or (empty) of all; whether they still count is told beside them.
core::Result<void> eachEventBackwards(core::db::Session& session, const core::Id& userId, const core::Id& mediaId,
                                      std::int64_t before,
                                      const std::function<bool(const LibraryEvent&, bool undone)>& visit);

}  // namespace marea::server
