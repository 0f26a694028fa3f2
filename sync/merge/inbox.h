#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "sync/merge/strategy.h"

namespace marea::sync {

// One question of the inbox: what was written where, and when. The answer is a change like any other.
struct Conflict {
    std::string id;  // of these versions: another once somebody has written again, or chosen elsewhere
    RecordKey key;
    std::string cell;
    struct Side {
        Value value;
        ReplicaId replica{};
        core::TimeMs at = 0;
    };
    std::vector<Side> sides;  // the latest first; of "life": true is changed, false deleted
};

std::vector<Conflict> conflictsOf(const Record& record, Strategy strategy);

// Chooses side `side` of the conflict `id`. Conflict when it is no longer asked, Invalid when there is no such side.
// What was not chosen is returned for the history.
core::Result<std::vector<Discarded>> choose(Record& record, Strategy strategy, std::string_view id, std::size_t side,
                                            Writer& writer, core::TimeMs now);

}  // namespace marea::sync
