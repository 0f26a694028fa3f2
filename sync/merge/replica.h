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

// What is made up about others. The context of a change says which changes it knew of. Whoever lies there about a third
// replica could have that one's real changes taken for known, and lost; and that one disturbed by what is passed on to
// it. So nobody is believed to know more than kMostUnheard changes of a replica beyond the last that it told of itself,
// or the account's server did (`heard` of receive()): no replica makes so many between two meetings, and who met it
// after we did is within that. A context that claims more counts for nothing, and values under such numbers do not
// come. All others come, and stand beside what is here as if they had not known of it: so a lie makes two values of one
// at worst, which whoever has the true context makes one again. It is not refused as a whole, as who brings it may have
// it from somebody else. What is known here already is looked at in the same way, so a lie that was believed once hides
// nothing any more.
//   Nothing beyond `heard` would be stricter, but then no desktop could bring another one news of a server that is
//   away.
// A lie within the bound can do what its sender may do anyway: replace a value, which goes to the history where it was.
// Whoever the number is of counts it as made and goes on beyond it: it takes a larger step than others believe
// (kMostForgotten). The numbers last for 90 million such lies.
inline constexpr std::uint64_t kMostUnheard = 100'000'000;

// Whether they know of changes of the writer's that it does not: it was put back from a backup, or they are made up.
bool knowMore(const std::vector<Record>& records, const Writer& writer);

// The last changes that they know of: of that replica, and of each.
std::uint64_t lastKnown(const std::vector<Record>& records, const ReplicaId& replica);
VersionVector allKnown(const std::vector<Record>& records);

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
    // such a number would be taken for known, and be lost. `heard`: how many changes others are known to have made; see
    // kMostUnheard.
    core::Result<std::vector<Discarded>> receive(const Changes& changes, core::TimeMs now,
                                                 const VersionVector& heard = {}, core::TimeMs ahead = kMaxAheadMs);

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
