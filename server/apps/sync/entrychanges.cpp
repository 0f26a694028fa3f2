#include <algorithm>
#include <map>

#include "server/apps/library/ranks.h"
#include "server/apps/sync/synced.h"
#include "sync/merge/playlist.h"

namespace marea::server {

namespace {

namespace json = core::json;

// The wanted entries in order: where each is among the rows, and at which rank it is to be.
class Arrangement {
public:
    Arrangement(const std::vector<PlaylistEntry>& rows, const std::vector<std::string>& wanted)
        : rows_(rows), wanted_(wanted) {
        const std::vector<std::string> names = entryNames(rows, wanted);
        std::map<std::string_view, std::size_t> byName;
        for (std::size_t i = 0; i < names.size(); ++i) {
            byName.emplace(names[i], i);
        }
        for (const std::string& name : wanted) {
            const auto found = byName.find(name);
            places_.push_back(found == byName.end() ? sync::kNowhere : found->second);
        }
    }

    std::vector<std::int64_t> ranks() const {
        const std::vector<bool> stays = sync::longestRising(places_);
        std::vector<std::int64_t> ranks(wanted_.size());
        std::optional<std::int64_t> left;
        for (std::size_t i = 0; i < wanted_.size();) {
            if (stays[i]) {
                left = ranks[i] = rows_[places_[i]].rank;
                ++i;
                continue;
            }
            std::size_t end = i;
            while (end < wanted_.size() && !stays[end]) {
                ++end;
            }
            const auto right = end < wanted_.size() ? std::optional(rows_[places_[end]].rank) : std::nullopt;
            const auto row = ranksBetween(left, right, end - i);
            if (row.empty()) {
                return spread();
            }
            std::copy(row.begin(), row.end(), ranks.begin() + static_cast<std::ptrdiff_t>(i));
            i = end;
        }
        return ranks;
    }

    bool hasRow(const core::Id& id) const {
        return std::any_of(rows_.begin(), rows_.end(), [&](const PlaylistEntry& row) { return row.id == id; });
    }

    const PlaylistEntry* row(std::size_t i) const {
        return places_[i] == sync::kNowhere ? nullptr : &rows_[places_[i]];
    }

    json::array removed() const {
        std::vector<bool> kept(rows_.size(), false);
        for (const std::size_t place : places_) {
            if (place != sync::kNowhere) {
                kept[place] = true;
            }
        }
        json::array gone;
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            if (!kept[i]) {
                gone.emplace_back(rows_[i].id);
            }
        }
        return gone;
    }

private:
    // There is no room between some: all get new ranks.
    std::vector<std::int64_t> spread() const {
        std::vector<std::int64_t> ranks;
        for (std::size_t i = 0; i < wanted_.size(); ++i) {
            ranks.push_back((static_cast<std::int64_t>(i) + 1) * kRankGap);
        }
        return ranks;
    }

    const std::vector<PlaylistEntry>& rows_;
    const std::vector<std::string>& wanted_;
    std::vector<std::size_t> places_;
};

}  // namespace

EntryChanges entryChanges(const std::vector<PlaylistEntry>& rows, const std::vector<std::string>& wanted,
                          core::TimeMs now) {
    const Arrangement arrangement(rows, wanted);
    const std::vector<std::int64_t> ranks = arrangement.ranks();
    EntryChanges changes;
    changes.removed = arrangement.removed();
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (const PlaylistEntry* row = arrangement.row(i)) {
            if (row->rank != ranks[i]) {
                changes.moved.push_back(json::object{{"id", row->id}, {"rank", ranks[i]}});
            }
        } else if (const auto named = namedEntry(wanted[i])) {
            const bool isFree = !named->id.empty() && !arrangement.hasRow(named->id);
            const core::Id id = isFree ? named->id : core::newId(now);
            changes.added.push_back(json::object{{"id", id}, {"media_id", named->mediaId}, {"rank", ranks[i]}});
        }
    }
    return changes;
}

}  // namespace marea::server
