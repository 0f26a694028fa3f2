#pragma once

#include <string>
#include <vector>

#include "sync/records/recordstore.h"

namespace marea::sync {

// A replica (sync/merge/replica.h) whose records stay where they are kept: each change loads the records that it is
// about, and puts back what it changed, with the replica's own state. Lives for one transaction of its store; what
// fails is undone by that.
class StoredReplica {
public:
    struct Bounds {
        std::size_t records = 200'000;        // of the library: more is Unprocessable
        std::size_t bytes = 4 * 1024 * 1024;  // of one answer, as text; one record always goes
    };

    static core::Result<StoredReplica> open(RecordStore& store, Bounds bounds);
    static core::Result<StoredReplica> open(RecordStore& store) { return open(store, Bounds()); }

    core::Result<void> edit(const RecordKey& key, const std::vector<CellWrite>& writes, core::TimeMs now);
    core::Result<void> count(const RecordKey& key, std::string_view counter, std::int64_t amount, core::TimeMs now);
    core::Result<void> remove(const RecordKey& key, core::TimeMs now);
    // Conflict: it is no longer asked.
    core::Result<void> answer(const RecordKey& key, Strategy strategy, std::string_view conflict, std::size_t side,
                              core::TimeMs now);
    // The keys of what is different now. Of how many changes a replica made, its own word counts, and that of the
    // account's server; what others say of it is believed within bounds (kMostUnheard of sync/merge/replica.h).
    // Each takes stamps that are further ahead than the one before (kClocksDifferMs), as it is told what that one took.
    enum class Word { OfAPeer, OfADevice, OfTheServer };
    core::Result<std::vector<RecordKey>> receive(const Changes& changes, core::TimeMs now, Word word = Word::OfAPeer);

    // As Replica::setClockRight, before anything is given. Looks at nothing while the clock is as it should be.
    core::Result<void> setClockRight(core::TimeMs now);

    core::Result<Changes> changesAfter(const Since& since, std::size_t limit, const Filter& filter = {});

    // As Replica::renew, of what was changed after `given`, up to which others had everything.
    core::Result<void> renew(std::uint64_t given, core::TimeMs now);

    // As Replica::purge; nothing that was changed after `given`, the place up to which everybody has everything.
    core::Result<std::size_t> purge(core::TimeMs horizon, std::uint64_t given);
    // After a resync: what `there` does not know and was last changed here at or before `exchanged` is dropped, into
    // the history. Returns its keys.
    core::Result<std::vector<RecordKey>> dropLost(const std::function<bool(const RecordKey&)>& there,
                                                  std::uint64_t exchanged, core::TimeMs now);

    // The same record under another key, or with its cells under other names, after whatever changed last. One that has
    // the key already is joined with it.
    core::Result<void> rename(const RecordKey& key, const Record& as, core::TimeMs now);

    core::Result<std::optional<Record>> find(const RecordKey& key);
    core::Result<bool> isSame(const std::vector<Record>& records);  // as what is here
    const RecordStore::State& state() const { return state_; }

private:
    using Work = std::function<core::Result<std::vector<Discarded>>(Replica&)>;
    StoredReplica(RecordStore& store, Bounds bounds, RecordStore::State state)
        : store_(store), bounds_(bounds), state_(std::move(state)) {}

    core::Result<std::vector<RecordKey>> change(const std::vector<RecordKey>& keys, core::TimeMs now, const Work& work);
    core::Result<void> changeOne(const RecordKey& key, core::TimeMs now, const Work& work);
    core::Result<void> rewrite(std::uint64_t after, const std::function<bool(const Record&)>& wanted, core::TimeMs now,
                               const std::function<void(Replica&)>& work);
    core::Result<std::vector<RecordKey>> put(const Replica& part);
    core::Result<VersionVector> hear(const Changes& changes, Word word);
    core::Result<std::vector<RecordKey>> take(const Changes& changes, core::TimeMs now, const VersionVector& heard,
                                              core::TimeMs ahead);
    core::Result<void> roomFor(const std::vector<RecordKey>& keys, const std::vector<Replica::Held>& known);

    RecordStore& store_;
    Bounds bounds_;
    RecordStore::State state_;
};

}  // namespace marea::sync
