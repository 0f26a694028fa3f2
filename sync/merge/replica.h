#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "core/base/result.h"
#include "sync/merge/strategy.h"

namespace marea::sync {

// Records that changed at a replica after its place `after`, up to and with `upTo`. Places are the sender's own count
// of what changed there, its own changes and others'. Any part of what it sends may be lost, come twice or in another
// order; a receiver asks on from the last `upTo` that reached it in order.
struct Changes {
    ReplicaId sender{};
    std::uint64_t after = 0, upTo = 0;
    std::uint64_t horizon = 0;  // the place before which tombstones are forgotten
    bool more = false;
    // The receiver was away for longer than tombstones are kept. It has to take everything (after = 0) and to drop what
    // it had exchanged before and is no longer there: see lostMeanwhile().
    bool resync = false;
    std::vector<Record> records;
};

// What a receiver has of a sender: `upTo` and `horizon` of the last answer that reached it. Nothing at first.
struct Since {
    std::uint64_t after = 0, horizon = 0;
};

// Called with a record; what it lets through of it, or nothing when the record is not for the receiver.
using Filter = std::function<std::optional<Record>(const Record&)>;

inline constexpr std::size_t kMostFormer = 8;  // ids that a copy had before and still tells

// Whether they know of changes of the writer's that it does not: it was put back from a backup, or they are made up.
bool knowMore(const std::vector<Record>& records, const Writer& writer);

// The records of one replica with what is needed to exchange them. In memory, and a value: what is persistent (the
// device's library file, a database) loads and stores it. One thread.
class Replica {
public:
    struct Held {
        Record record;
        std::uint64_t place = 0;       // in the order of changes here
        core::TimeMs changedHere = 0;  // by the clock of this machine
    };

    explicit Replica(const ReplicaId& id) { writer_.replica = id; }
    Replica(Writer writer, std::uint64_t lastPlace, std::uint64_t purgedThrough, std::vector<Held> records);

    // Changes made here; what they replace is returned for the history.
    std::vector<Discarded> edit(const RecordKey& key, const std::vector<CellWrite>& writes, core::TimeMs now);
    void count(const RecordKey& key, std::string_view counter, std::int64_t amount, core::TimeMs now);
    void remove(const RecordKey& key, core::TimeMs now);
    // The answer to a question of the inbox, as choose() of sync/merge/inbox.h.
    core::Result<std::vector<Discarded>> answer(const RecordKey& key, Strategy strategy, std::string_view conflict,
                                                std::size_t side, core::TimeMs now);

    // Others have changes of this replica that are not here, as it was put back from a backup: from now on it is
    // another one, `id`. What it wrote since, under numbers that were given before, it writes anew under new ones.
    void renew(const ReplicaId& id, core::TimeMs now);
    // The clock was far ahead and is right again: what was written here then, which others refuse, is written anew,
    // now. What stood beside it, stays there; what others wrote is theirs to write anew.
    void setClockRight(core::TimeMs now);

    // At most `limit` records.
    Changes changesAfter(const Since& since, std::size_t limit, const Filter& filter = {}) const;
    // Unprocessable, and nothing is taken, when the sender's clock is ahead beyond reason. What is known here is not
    // judged again: two devices that were both ahead would refuse each other for ever. What the sender knows of changes
    // of this replica that are not here (a backup was put back, or it lies) is counted as made: a later change with
    // such a number would be taken for known, and be lost.
    core::Result<std::vector<Discarded>> receive(const Changes& changes, core::TimeMs now);

    // Forgets deleted records whose deletion is known here since before `horizon`. Who has not heard of it resyncs.
    std::size_t purge(core::TimeMs horizon);
    // After a resync: what is not among `there` and was last changed here at or before `exchanged`, the place up to
    // which the other side had taken from here. It was deleted there meanwhile; what changed later stays.
    std::vector<RecordKey> lostMeanwhile(const std::set<RecordKey>& there, std::uint64_t exchanged) const;
    std::vector<Discarded> drop(const std::vector<RecordKey>& keys);

    const Record* find(const RecordKey& key) const;
    const std::map<RecordKey, Held>& records() const { return records_; }
    const Writer& writer() const { return writer_; }
    std::uint64_t lastPlace() const { return lastPlace_; }
    std::uint64_t purgedThrough() const { return purgedThrough_; }

private:
    Held& touch(const RecordKey& key, core::TimeMs now);
    std::vector<Discarded> take(const Record& record, core::TimeMs now);
    void rewrite(const std::function<bool(Version&)>& anew, core::TimeMs now);

    Writer writer_;
    std::uint64_t lastPlace_ = 0, purgedThrough_ = 0;
    std::map<RecordKey, Held> records_;
    std::map<std::uint64_t, RecordKey> byPlace_;
};

}  // namespace marea::sync
