#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/base/id.h"
#include "core/db/database.h"
#include "server/apps/library/userlibrary.h"

namespace marea::server {

struct Playlist {
    core::Id id, ownerId;
    std::string ownerName;
    std::string name, description;
    std::string visibility = "private";  // "public": others read it; "collaborative": others change its entries
    std::string rules;                   // JSON of a smart one; empty: it has entries
    std::int64_t revision = 0;           // another one after every change
    core::TimeMs createdAt = 0, updatedAt = 0;
    std::int64_t entryCount = 0;
};

struct PlaylistEntry {
    core::Id id, mediaId, addedBy;
    std::int64_t rank = 0;
    core::TimeMs addedAt = 0;
};

// What an owner changes of a playlist; what is absent stays.
struct PlaylistChange {
    std::optional<std::string> name, description, visibility, rules;
};

// A place among the entries: behind one, before one, or at the end.
struct PlaylistPlace {
    std::optional<core::Id> after, before;  // at most one; `after` empty: at the start
};

constexpr std::size_t kMostPlaylists = 1000;       // of a user
constexpr std::size_t kMostEntries = 10'000;       // of a playlist
constexpr std::size_t kMostEntriesAtOnce = 1'000;  // of one change

// The repository of playlists: every function is one part of the caller's transaction, and names the asking user.
// NotFound: there is none, or it is not theirs to see. Forbidden: theirs to see, not to change. Every change is an
// event of the owner's. `ifRevision`: Conflict with detail kStaleRevision when another one is there.
constexpr std::string_view kStaleRevision = "stale revision";
using IfRevision = std::optional<std::int64_t>;

core::Result<Playlist> playlist(core::db::Session& session, const core::Id& userId, const core::Id& id);
enum class PlaylistsOf { Everybody, Own, Others };
core::Result<std::vector<Playlist>> playlists(core::db::Session& session, const core::Id& userId, PlaylistsOf whose,
                                              const core::Id& before, int limit);  // newest first
core::Result<std::vector<PlaylistEntry>> playlistEntries(core::db::Session& session, const core::Id& userId,
                                                         const core::Id& id, const std::optional<PlaylistEntry>& after,
                                                         int limit);
core::Result<Playlist> createPlaylist(core::db::Session& session, const LibraryActor& who, const Playlist& wish,
                                      const std::vector<core::Id>& media, core::TimeMs now);
core::Result<Playlist> changePlaylist(core::db::Session& session, const LibraryActor& who, const core::Id& id,
                                      const PlaylistChange& change, IfRevision ifRevision, core::TimeMs now);
core::Result<void> deletePlaylist(core::db::Session& session, const LibraryActor& who, const core::Id& id,
                                  IfRevision ifRevision, core::TimeMs now);
// The new entries' ids.
core::Result<std::vector<core::Id>> addEntries(core::db::Session& session, const LibraryActor& who, const core::Id& id,
                                               const std::vector<core::Id>& media, const PlaylistPlace& place,
                                               IfRevision ifRevision, core::TimeMs now);
core::Result<void> moveEntry(core::db::Session& session, const LibraryActor& who, const core::Id& id,
                             const core::Id& entry, const PlaylistPlace& place, IfRevision ifRevision,
                             core::TimeMs now);
core::Result<void> removeEntries(core::db::Session& session, const LibraryActor& who, const core::Id& id,
                                 const std::vector<core::Id>& entries, IfRevision ifRevision, core::TimeMs now);

}  // namespace marea::server
