#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "core/base/result.h"
#include "sync/merge/replica.h"

namespace marea::sync {

// Where the records of one library are kept. Each call is a part of one transaction, which its owner commits before
// anything is acknowledged; nothing here holds more in memory than it was asked for.
class RecordStore {
public:
    struct State {
        Writer writer;
        std::uint64_t lastPlace = 0, purgedThrough = 0;
        std::vector<ReplicaId> former = {};  // the ids that it had before, the last first
        core::TimeMs renewedAt = 0;          // when it took its last one
    };
    using Held = Replica::Held;
    using Visit = std::function<bool(const Held&)>;  // false ends it

    virtual ~RecordStore() = default;
    virtual core::Result<State> state() = 0;  // made at the first time
    virtual core::Result<void> saveState(const State& state) = 0;

    virtual core::Result<std::optional<Held>> find(const RecordKey& key) = 0;
    virtual core::Result<void> save(const Held& held) = 0;
    virtual core::Result<void> erase(const RecordKey& key) = 0;
    virtual core::Result<std::size_t> size() = 0;

    virtual core::Result<void> after(std::uint64_t place, const Visit& visit) = 0;  // in the order of changes
    virtual core::Result<void> contested(const Visit& visit) = 0;                   // values side by side
    virtual core::Result<void> deletedBefore(core::TimeMs changedAt, const Visit& visit) = 0;  // tombstones

    // The last change of each other replica that it is known to have made; hear() adds to that.
    virtual core::Result<VersionVector> heard() = 0;
    virtual core::Result<void> hear(const VersionVector& more) = 0;

    // What was replaced, for the history.
    virtual core::Result<void> note(const std::vector<Discarded>& gone, core::TimeMs now) = 0;
};

}  // namespace marea::sync
