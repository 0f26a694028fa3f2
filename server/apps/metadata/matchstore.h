#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/id.h"
#include "core/db/database.h"
#include "server/apps/metadata/candidates.h"

namespace marea::server {

// An item that may be looked up.
struct LookupItem {
    std::int64_t num = 0;  // ascending
    core::Id id;
    Wanted wanted;   // without ids of tags
    core::Id track;  // of an album or an artist: a track of it, whose tags may name it; empty: none
};

struct ItemMatch {
    std::string provider, state;  // "matched", "none", "doubtful", "ignored"
    std::string externalId;
    bool byOwner = false;
    std::vector<MatchCandidate> candidates;
    core::TimeMs lookedAt = 0;
};

struct MatchCounts {
    std::int64_t matched = 0, none = 0, doubtful = 0, ignored = 0;
};

// Which items were looked up, and what they are elsewhere. Blocks. Thread-safe.
class MatchStore {
public:
    explicit MatchStore(core::db::Database& database) : database_(database) {}

    // The first after `after` of those kinds that was not looked up.
    core::Result<std::optional<LookupItem>> next(std::int64_t after, const std::vector<std::string>& kinds);
    core::Result<std::optional<LookupItem>> item(const core::Id& id);
    core::Result<std::optional<ItemMatch>> match(const core::Id& id);
    core::Result<void> save(const core::Id& id, const ItemMatch& match);
    core::Result<MatchCounts> counts();
    // To be looked up anew: what has no match, or also what has one that no owner chose.
    core::Result<void> forget(bool matchedToo);

private:
    core::db::Database& database_;
};

}  // namespace marea::server
