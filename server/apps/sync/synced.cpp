#include "server/apps/sync/synced.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

#include "core/base/utf8.h"
#include "server/apps/library/smartrules.h"
#include "sync/merge/playlist.h"
#include "sync/merge/wire.h"

namespace marea::server {

namespace {

constexpr std::size_t kLongestName = 200, kLongestDescription = 2000;
constexpr std::int64_t kLongestPosition = std::int64_t{1000} * 60 * 60 * 24 * 30;  // ms
constexpr std::array<std::string_view, 4> kItemCells{"rating", "favourite", "watched", "plays"};

sync::Settled settled(const sync::Record& record, std::string_view cell, sync::Strategy strategy) {
    const auto found = record.cells.find(cell);
    return found == record.cells.end() ? sync::Settled{} : sync::settle(cell, found->second, strategy);
}

template <class T>
std::optional<T> shown(const sync::Record& record, std::string_view cell, sync::Strategy strategy) {
    const sync::Settled is = settled(record, cell, strategy);
    const T* value = std::get_if<T>(&is.value);
    return value ? std::optional(*value) : std::nullopt;
}

core::TimeMs writtenAt(const sync::Record& record, std::string_view cell) {
    const auto found = record.cells.find(cell);
    const sync::Version* latest = found == record.cells.end() ? nullptr : found->second.latest();
    return latest ? latest->stamp.ms : 0;
}

std::string goodRules(const std::string& text) {
    boost::system::error_code error;
    const core::json::value rules = core::json::parse(text, error);
    return !error && parseSmartRules(rules) ? text : std::string();
}

}  // namespace

SyncedItem syncedItem(const sync::Record& record, sync::Strategy strategy) {
    SyncedItem item;
    if (const auto plays = record.counters.find("plays"); plays != record.counters.end()) {
        item.plays = plays->second.total();
    }
    item.changedAt = record.life.latest() ? record.life.latest()->stamp.ms : 0;
    if (!sync::lifeOf(record, strategy).isThere) {
        item.position = 0;
        return item;
    }
    const auto rating = shown<std::int64_t>(record, "rating", strategy);
    if (rating && *rating >= 1 && *rating <= 10) {
        item.rating = static_cast<int>(*rating);
    }
    item.favourite = shown<bool>(record, "favourite", strategy).value_or(false);
    item.watched = shown<bool>(record, "watched", strategy).value_or(false);
    const auto position = shown<std::int64_t>(record, "position", strategy);
    if (position && *position >= 0 && *position <= kLongestPosition) {
        item.position = static_cast<double>(*position) / 1000.0;
    }
    item.positionAt = writtenAt(record, "position");
    item.playedAt = shown<std::int64_t>(record, "played_at", strategy).value_or(0);
    item.changedAt =
        std::max({writtenAt(record, "rating"), writtenAt(record, "favourite"), writtenAt(record, "watched")});
    return item;
}

std::optional<SyncedList> syncedList(const sync::Record& record, sync::Strategy strategy) {
    if (!sync::lifeOf(record, strategy).isThere) {
        return std::nullopt;
    }
    const auto text = [&](std::string_view cell) { return shown<std::string>(record, cell, strategy).value_or(""); };
    SyncedList list;
    list.name = core::cleanText(text("name"), kLongestName);
    list.name = list.name.empty() ? "Playlist" : list.name;
    list.description = core::cleanText(text("description"), kLongestDescription, true);
    const std::string visibility = text("visibility");
    if (visibility == "public" || visibility == "collaborative") {
        list.visibility = visibility;
    }
    const std::string rules = text("rules");
    list.rules = rules.empty() ? rules : goodRules(rules);
    for (sync::Entry& entry : sync::entriesOf(record)) {
        if (list.rules.empty() && list.entries.size() < kMostEntries && namedEntry(entry.id)) {
            list.entries.push_back(std::move(entry.id));
        }
    }
    return list;
}

std::vector<std::string> entryNames(const std::vector<PlaylistEntry>& entries, const std::vector<std::string>& known) {
    const std::set<std::string_view> names(known.begin(), known.end());
    const auto ownName = [](const PlaylistEntry& entry) { return entry.mediaId + "~" + entry.id; };
    std::map<std::string_view, const PlaylistEntry*> firstOf;  // title → the oldest of its entries without a name
    for (const PlaylistEntry& entry : entries) {
        if (names.count(ownName(entry)) == 0) {
            const PlaylistEntry*& first = firstOf[entry.mediaId];
            first = !first || entry.addedAt < first->addedAt ? &entry : first;
        }
    }
    std::vector<std::string> result;
    for (const PlaylistEntry& entry : entries) {
        const auto first = firstOf.find(entry.mediaId);
        result.push_back(first != firstOf.end() && first->second == &entry ? entry.mediaId : ownName(entry));
    }
    return result;
}

std::optional<NamedEntry> namedEntry(std::string_view name) {
    const std::size_t end = name.find('~');
    const std::string_view media = name.substr(0, end);
    const std::string_view id = end == std::string_view::npos ? std::string_view() : name.substr(end + 1);
    const bool isRight = core::isId(media) && (end == std::string_view::npos || core::isId(id));
    return isRight ? std::optional(NamedEntry{core::Id(media), core::Id(id)}) : std::nullopt;
}

std::optional<sync::Value> cellValue(const UserState& state, std::string_view cell) {
    std::optional<sync::Value> value(std::in_place);
    if (cell == "rating") {
        if (state.rating) {
            value->emplace<std::int64_t>(*state.rating);
        }
    } else if (cell == "favourite" || cell == "watched") {
        value->emplace<bool>(cell == "watched" ? state.watched : state.favourite);
    } else if (cell == "position") {
        value->emplace<std::int64_t>(std::llround(state.position * 1000));
    } else if (cell == "played_at" && state.lastPlayedAt) {
        value->emplace<std::int64_t>(*state.lastPlayedAt);
    } else {
        value.reset();
    }
    return value;
}

std::optional<sync::Value> cellValue(const Playlist& list, std::string_view cell) {
    const std::string* text = cell == "name"          ? &list.name
                              : cell == "description" ? &list.description
                              : cell == "visibility"  ? &list.visibility
                              : cell == "rules"       ? &list.rules
                                                      : nullptr;
    std::optional<sync::Value> value;
    if (text && text->size() <= sync::WireLimits::text) {  // what is too long for the wire stays here
        value.emplace(*text);
    }
    return value;
}

Touched touchedBy(const LibraryEvent& event) {
    Touched touched;
    touched.key = event.playlistId.empty() ? sync::RecordKey{std::string(kItemKind), event.mediaId}
                                           : sync::RecordKey{std::string(kPlaylistKind), event.playlistId};
    switch (event.kind) {
        case EventKind::Played:
            touched.cells = {"plays", "played_at"};
            break;
        case EventKind::Rated:
            touched.cells = {"rating"};
            break;
        case EventKind::Favourited:
            touched.cells = {"favourite"};
            break;
        case EventKind::Watched:
            touched.cells = {"watched"};
            break;
        case EventKind::PlaylistCreated:
        case EventKind::PlaylistDeleted:
            touched.cells = {std::string(kEverything)};
            break;
        case EventKind::PlaylistChanged:
            for (const auto& field : event.data) {
                const std::string_view name = field.key();
                const bool isEntries = name == "added" || name == "moved" || name == "removed";
                touched.cells.emplace_back(isEntries ? kEntries : name);
            }
            break;
        case EventKind::Purchased:  // the books of the server, which no device changes
        case EventKind::PurchaseRevoked:
            break;
        case EventKind::HistoryUndone:
            if (event.playlistId.empty()) {
                touched.cells.assign(kItemCells.begin(), kItemCells.end());
            } else {
                touched.cells = {std::string(kEverything)};
            }
            break;
    }
    return touched;
}

}  // namespace marea::server
