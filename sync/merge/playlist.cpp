#include "sync/merge/playlist.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "sync/merge/strategy.h"

namespace marea::sync {

namespace {

std::string cellOf(const std::string& id) {
    return std::string(kEntryPrefix) + id;
}

std::vector<std::string> eachOnce(const std::vector<std::string>& ids) {
    std::vector<std::string> result;
    std::set<std::string_view> known;
    for (const std::string& id : ids) {
        if (known.insert(id).second) {
            result.push_back(id);
        }
    }
    return result;
}

std::vector<Entry> without(std::vector<Entry> entries, const std::vector<std::string>& ids) {
    const std::set<std::string_view> gone(ids.begin(), ids.end());
    std::erase_if(entries, [&](const Entry& entry) { return gone.count(entry.id) > 0; });
    return entries;
}

// All entries at new, shallow positions: for the rare list whose positions became too deep.
std::vector<CellWrite> spread(std::vector<Entry> rest, std::size_t at, const std::vector<std::string>& ids,
                              std::uint64_t tag) {
    std::vector<std::string> order;
    for (const Entry& entry : rest) {
        order.push_back(entry.id);
    }
    order.insert(order.begin() + static_cast<std::ptrdiff_t>(at), ids.begin(), ids.end());
    const std::vector<Position> positions = runBetween(nullptr, nullptr, tag, order.size());
    std::vector<CellWrite> writes;
    for (std::size_t i = 0; i < order.size(); ++i) {
        writes.push_back({cellOf(order[i]), positions[i]});
    }
    return writes;
}

// `ids` in a row so that they come before rest[at].
std::vector<CellWrite> placedAt(const std::vector<Entry>& rest, std::size_t at, const std::vector<std::string>& ids,
                                std::uint64_t tag) {
    const Position* left = at == 0 ? nullptr : &rest[at - 1].position;
    const Position* right = at == rest.size() ? nullptr : &rest[at].position;
    std::vector<Position> positions = runBetween(left, right, tag, ids.size());
    std::vector<CellWrite> writes;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        if (positions[i].steps.size() > kMaxPositionDepth) {
            return spread(rest, at, ids, tag);
        }
        writes.push_back({cellOf(ids[i]), std::move(positions[i])});
    }
    return writes;
}

}  // namespace

std::vector<Entry> entriesOf(const Record& playlist) {
    std::vector<Entry> entries;
    for (auto cell = playlist.cells.lower_bound(kEntryPrefix); cell != playlist.cells.end() && isEntryCell(cell->first);
         ++cell) {
        Settled settled = settle(cell->first, cell->second, Strategy::LastWriteWins);
        if (auto* position = std::get_if<Position>(&settled.value)) {
            entries.push_back({cell->first.substr(kEntryPrefix.size()), std::move(*position)});
        }
    }
    std::sort(entries.begin(), entries.end(),
              [](const Entry& a, const Entry& b) { return std::tie(a.position, a.id) < std::tie(b.position, b.id); });
    return entries;
}

std::vector<CellWrite> placed(const Record& playlist, const std::vector<std::string>& ids,
                              const std::optional<std::string>& after, std::uint64_t tag) {
    const std::vector<std::string> row = eachOnce(ids);
    const std::vector<Entry> rest = without(entriesOf(playlist), row);
    if (!after) {
        return placedAt(rest, 0, row, tag);
    }
    const auto found = std::find_if(rest.begin(), rest.end(), [&](const Entry& entry) { return entry.id == *after; });
    const auto at = found == rest.end() ? rest.size() : static_cast<std::size_t>(found - rest.begin()) + 1;
    return placedAt(rest, at, row, tag);
}

std::vector<CellWrite> appended(const Record& playlist, const std::vector<std::string>& ids, std::uint64_t tag) {
    const std::vector<std::string> row = eachOnce(ids);
    const std::vector<Entry> rest = without(entriesOf(playlist), row);
    return placedAt(rest, rest.size(), row, tag);
}

std::vector<CellWrite> removed(const Record& playlist, const std::vector<std::string>& ids) {
    std::vector<CellWrite> writes;
    for (const std::string& id : ids) {
        if (playlist.cells.count(cellOf(id)) > 0) {
            writes.push_back({cellOf(id), std::monostate{}});
        }
    }
    return writes;
}

std::vector<bool> longestRising(const std::vector<std::size_t>& places) {
    std::vector<std::size_t> tails, before(places.size(), kNowhere);  // by length of a row: where it ends lowest
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (places[i] == kNowhere) {
            continue;
        }
        const auto end = std::lower_bound(tails.begin(), tails.end(), places[i],
                                          [&](std::size_t tail, std::size_t place) { return places[tail] < place; });
        before[i] = end == tails.begin() ? kNowhere : *(end - 1);
        if (end == tails.end()) {
            tails.push_back(i);
        } else {
            *end = i;
        }
    }
    std::vector<bool> rising(places.size(), false);
    for (std::size_t i = tails.empty() ? kNowhere : tails.back(); i != kNowhere; i = before[i]) {
        rising[i] = true;
    }
    return rising;
}

namespace {

// Each row of those that move goes between the neighbours that stay. Nothing when there is no room.
std::optional<std::vector<CellWrite>> moves(const std::vector<Entry>& entries, const std::vector<std::string>& row,
                                            const std::vector<std::size_t>& places, std::uint64_t tag) {
    const std::vector<bool> stays = longestRising(places);
    std::vector<CellWrite> writes;
    const Position* left = nullptr;
    for (std::size_t i = 0; i < row.size();) {
        if (stays[i]) {
            left = &entries[places[i++]].position;
            continue;
        }
        std::size_t end = i;
        while (end < row.size() && !stays[end]) {
            ++end;
        }
        const Position* right = end < row.size() ? &entries[places[end]].position : nullptr;
        for (Position& position : runBetween(left, right, tag, end - i)) {
            if (position.steps.size() > kMaxPositionDepth) {
                return std::nullopt;
            }
            writes.push_back({cellOf(row[i++]), std::move(position)});
        }
    }
    return writes;
}

}  // namespace

std::vector<CellWrite> arranged(const Record& playlist, const std::vector<std::string>& order, std::uint64_t tag) {
    const std::vector<Entry> entries = entriesOf(playlist);
    const std::vector<std::string> row = eachOnce(order);
    std::map<std::string_view, std::size_t> known;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        known.emplace(entries[i].id, i);
    }
    std::vector<std::size_t> places;
    for (const std::string& id : row) {
        const auto found = known.find(id);
        places.push_back(found == known.end() ? kNowhere : found->second);
        known.erase(id);
    }
    std::vector<std::string> gone;
    for (const auto& [id, place] : known) {
        gone.emplace_back(id);
    }
    std::vector<CellWrite> writes = removed(playlist, gone);
    auto moved = moves(entries, row, places, tag);
    for (CellWrite& write : moved ? *moved : spread({}, 0, row, tag)) {
        writes.push_back(std::move(write));
    }
    return writes;
}

}  // namespace marea::sync
