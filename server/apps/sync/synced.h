#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "server/apps/catalog/item.h"
#include "server/apps/library/libraryevents.h"
#include "server/apps/library/playlists.h"
#include "sync/merge/strategy.h"

// A user's library and its records, as each says the same. Pure.
//   item      rating (1 to 10, or nothing), favourite, watched, position and played_at (ms); counts: plays
//   playlist  name, description, visibility, rules (JSON, of a smart one), entry:<title>; a title that is in a list
//   twice
//             has entry:<title>~<id of the entry> as well
namespace marea::server {

constexpr std::string_view kItemKind = "item", kPlaylistKind = "playlist";
constexpr std::string_view kEverything = "all", kEntries = "entries";  // in place of a cell: see touchedBy()

// What a record of an item says to somebody with that strategy. Values that no item can have count as absent.
struct SyncedItem {
    std::optional<int> rating;
    bool favourite = false, watched = false;
    std::optional<double> position;  // seconds
    std::int64_t plays = 0;
    core::TimeMs playedAt = 0, positionAt = 0;
    core::TimeMs changedAt = 0;  // of the newest of the others
};
SyncedItem syncedItem(const sync::Record& record, sync::Strategy strategy);

struct SyncedList {
    std::string name, description, visibility = "private";
    std::string rules;                 // JSON that is right; empty: it has entries
    std::vector<std::string> entries;  // names of cells, without their prefix
};
std::optional<SyncedList> syncedList(const sync::Record& record, sync::Strategy strategy);  // nothing: deleted

// How the cells of entries are named, and what such a name stands for. Of a title's entries those keep their names that
// are `known` by them; of the others the oldest, of several the first, has that
// of the title alone.
std::vector<std::string> entryNames(const std::vector<PlaylistEntry>& entries, const std::vector<std::string>& known);
struct NamedEntry {
    core::Id mediaId, id;  // `id` empty: any
};
std::optional<NamedEntry> namedEntry(std::string_view name);  // nothing: of no title

// What the library says of a cell; nothing for one that it does not have.
std::optional<sync::Value> cellValue(const UserState& state, std::string_view cell);
std::optional<sync::Value> cellValue(const Playlist& list, std::string_view cell);

// The record that an event is about, and which of its cells; kEntries for those of entries, kEverything for all.
struct Touched {
    sync::RecordKey key;
    std::vector<std::string> cells;
};
Touched touchedBy(const LibraryEvent& event);

// What leads from the rows of a playlist to the wanted names: as the data of an event says it.
struct EntryChanges {
    core::json::array added, moved, removed;
    bool empty() const { return added.empty() && moved.empty() && removed.empty(); }
};
EntryChanges entryChanges(const std::vector<PlaylistEntry>& rows, const std::vector<std::string>& wanted,
                          core::TimeMs now);

}  // namespace marea::server
