#include "sync/plan/selection.h"

#include <algorithm>
#include <tuple>
#include <unordered_set>

namespace marea::sync {

namespace {

using Names = std::unordered_set<std::string>;

class Wish {
public:
    explicit Wish(const SyncRules& rules)
        : rules_(rules),
          kinds_(rules.kinds.begin(), rules.kinds.end()),
          artists_(rules.artists.begin(), rules.artists.end()),
          titles_(rules.titles.begin(), rules.titles.end()) {}

    bool isChosen(const LibraryItem& item) const { return titles_.count(item.id) > 0; }
    bool wants(const LibraryItem& item) const { return isChosen(item) || (!rules_.onlyTitles && fits(item)); }

    // Chosen ones come before all others.
    std::size_t placeOf(const LibraryItem& item) const { return isChosen(item) ? 0 : 1 + playlistOf(item); }

private:
    bool fits(const LibraryItem& item) const {
        return (kinds_.empty() || kinds_.count(item.kind) > 0) &&
               (artists_.empty() || artists_.count(item.artist) > 0) && !(rules_.unwatchedOnly && item.watched) &&
               (rules_.playlists.empty() || playlistOf(item) < rules_.playlists.size());
    }

    // Place of the first wanted playlist that has it; their number when none has.
    std::size_t playlistOf(const LibraryItem& item) const {
        std::size_t place = 0;
        for (; place < rules_.playlists.size(); ++place) {
            const auto& lists = item.playlists;
            if (std::find(lists.begin(), lists.end(), rules_.playlists[place]) != lists.end()) {
                break;
            }
        }
        return place;
    }

    const SyncRules& rules_;
    Names kinds_, artists_, titles_;
};

}  // namespace

void chooseTitles(SyncRules& rules, const std::vector<std::string>& ids, bool newDevice) {
    rules.onlyTitles = rules.onlyTitles || (newDevice && rules == SyncRules());
    const Names known(rules.titles.begin(), rules.titles.end());
    Names added;
    for (const std::string& id : ids) {
        if (known.count(id) == 0 && added.insert(id).second) {
            rules.titles.push_back(id);
        }
    }
}

std::vector<std::size_t> wantedItems(const std::vector<LibraryItem>& items, const SyncRules& rules) {
    const Wish wish(rules);
    std::vector<std::pair<std::size_t, std::size_t>> found;  // place, item
    std::size_t chosen = 0;
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (wish.wants(items[i])) {
            found.emplace_back(wish.placeOf(items[i]), i);
            chosen += found.back().first == 0 ? 1 : 0;
        }
    }
    std::sort(found.begin(), found.end(), [&](const auto& a, const auto& b) {
        const LibraryItem &x = items[a.second], &y = items[b.second];
        return std::tie(a.first, y.addedAt, x.path, x.id) < std::tie(b.first, x.addedAt, y.path, y.id);
    });
    if (rules.newest && found.size() - chosen > *rules.newest) {
        found.resize(chosen + *rules.newest);
    }
    std::vector<std::size_t> wanted;
    wanted.reserve(found.size());
    for (const auto& [place, item] : found) {
        wanted.push_back(item);
    }
    return wanted;
}

std::vector<std::size_t> filled(const std::vector<std::size_t>& wanted, const std::vector<std::int64_t>& sizes,
                                std::int64_t bytes) {
    std::vector<std::size_t> fitting;
    for (const std::size_t item : wanted) {
        if (sizes[item] <= bytes) {
            bytes -= sizes[item];
            fitting.push_back(item);
        }
    }
    return fitting;
}

}  // namespace marea::sync
