#include "sync/merge/replica.h"

#include <algorithm>
#include <utility>

#include "sync/merge/forgotten.h"
#include "sync/merge/inbox.h"

namespace marea::sync {

namespace {

constexpr std::uint64_t kMostForgotten = 1'000'000'000;  // more changes than anybody loses

// Numbers of its own that a replica believes to have given.
std::uint64_t mostOwn(const Writer& writer) {
    return writer.last + kMostForgotten;
}

// Every number of each replica that they know of.
void eachKnown(const std::vector<Record>& records, const std::function<void(const Dot&)>& visit) {
    const auto look = [&](const Register& cell) {
        for (const VersionVector::Entry& entry : cell.seen().entries()) {
            visit({entry.first, entry.second});
        }
    };
    for (const Record& record : records) {
        look(record.life);
        for (const auto& [name, cell] : record.cells) {
            look(cell);
        }
    }
}

std::uint64_t lastWithin(const std::vector<Record>& records, const ReplicaId& replica, std::uint64_t most) {
    std::uint64_t last = 0;
    eachKnown(records, [&](const Dot& dot) {
        last = dot.replica == replica && dot.number <= most ? std::max(last, dot.number) : last;
    });
    return last;
}

bool isTombstone(const Record& record) {
    return !lifeOf(record, Strategy::AskMe).isThere;
}

void append(std::vector<Discarded>& list, std::vector<Discarded> more) {
    std::move(more.begin(), more.end(), std::back_inserter(list));
}

// Whether a merge may take it. One that is known here and comes with another stamp is as good as new.
bool isNews(const Version& version, const Register& here) {
    const auto same = std::find_if(here.versions().begin(), here.versions().end(),
                                   [&](const Version& one) { return one.dot == version.dot; });
    return same == here.versions().end() ? !here.seen().covers(version.dot) : *same != version;
}

Stamp newestUnknown(const Register& cell, const Register& here) {
    Stamp newest;
    for (const Version& version : cell.versions()) {
        newest = isNews(version, here) ? std::max(newest, version.stamp) : newest;
    }
    return newest;
}

// Of what is not known here. Who was ahead may still have what another one wrote then, and has written anew since.
Stamp newestUnknown(const Record& record, const Record* here) {
    if (!here) {
        return newestStamp(record);
    }
    Stamp newest = newestUnknown(record.life, here->life);
    for (const auto& [name, cell] : record.cells) {
        const auto kept = here->cells.find(name);
        Register known = kept == here->cells.end() ? Register() : kept->second;
        rememberForgotten(*here, name, known);
        newest = std::max(newest, newestUnknown(cell, known));
    }
    return newest;
}

}  // namespace

bool knowMore(const std::vector<Record>& records, const Writer& writer) {
    return lastWithin(records, writer.replica, mostOwn(writer)) > writer.last;
}

std::uint64_t lastKnown(const std::vector<Record>& records, const ReplicaId& replica) {
    return lastWithin(records, replica, UINT64_MAX);
}

VersionVector allKnown(const std::vector<Record>& records) {
    VersionVector all;
    eachKnown(records, [&](const Dot& dot) { all.raise(dot); });
    return all;
}

Replica::Replica(Writer writer, std::uint64_t lastPlace, std::uint64_t purgedThrough, std::vector<Held> records)
    : writer_(std::move(writer)), lastPlace_(lastPlace), purgedThrough_(purgedThrough) {
    for (Held& held : records) {
        const RecordKey key = held.record.key;
        byPlace_.emplace(held.place, key);
        records_.emplace(key, std::move(held));
    }
}

Replica::Held& Replica::touch(const RecordKey& key, core::TimeMs now) {
    Held& held = records_[key];
    held.record.key = key;
    byPlace_.erase(held.place);
    held.place = ++lastPlace_;
    held.changedHere = now;
    byPlace_.emplace(held.place, key);
    return held;
}

std::vector<Discarded> Replica::edit(const RecordKey& key, const std::vector<CellWrite>& writes, core::TimeMs now) {
    Record& record = touch(key, now).record;
    std::vector<Discarded> gone = sync::edit(record, writes, writer_, now);
    forgetRemoved(record);
    return gone;
}

void Replica::count(const RecordKey& key, std::string_view counter, std::int64_t amount, core::TimeMs now) {
    sync::count(touch(key, now).record, counter, amount, writer_, now);
}

void Replica::remove(const RecordKey& key, core::TimeMs now) {
    sync::remove(touch(key, now).record, writer_, now);
}

core::Result<std::vector<Discarded>> Replica::answer(const RecordKey& key, Strategy strategy, std::string_view conflict,
                                                     std::size_t side, core::TimeMs now) {
    const auto known = records_.find(key);
    if (known == records_.end()) {
        return core::fail(core::ErrorCode::NotFound, "This is no longer there.");
    }
    Record answered = known->second.record;
    auto gone = choose(answered, strategy, conflict, side, writer_, now);
    if (gone) {
        touch(key, now).record = std::move(answered);
    }
    return gone;
}

// In the order of the changes.
void Replica::rewrite(const std::function<bool(Version&)>& anew, core::TimeMs now) {
    const std::map<std::uint64_t, RecordKey> before = byPlace_;
    for (const auto& [place, key] : before) {
        Record& record = records_.at(key).record;
        bool any = record.life.rewrite(anew);
        for (auto& [name, cell] : record.cells) {
            any |= cell.rewrite(anew);
        }
        if (any) {
            touch(key, now);
        }
    }
}

void Replica::renew(const ReplicaId& id, core::TimeMs now) {
    const ReplicaId before = std::exchange(writer_.replica, id);
    writer_.last = 0;
    const auto anew = [&](Version& version) {
        const bool isOwn = version.dot.replica == before;
        version.dot = isOwn ? writer_.nextDot() : version.dot;
        return isOwn;
    };
    rewrite(anew, now);
}

void Replica::setClockRight(core::TimeMs now) {
    if (!isFarAhead(writer_.clock.last(), now)) {
        return;
    }
    writer_.clock = HybridClock(Stamp{now, 0});
    const auto anew = [&](Version& version) {
        const bool isRefused = version.dot.replica == writer_.replica && isFarAhead(version.stamp, now);
        version.dot = isRefused ? writer_.nextDot() : version.dot;
        version.stamp = isRefused ? writer_.clock.next(now) : version.stamp;
        return isRefused;
    };
    rewrite(anew, now);
}

Changes Replica::changesAfter(const Since& since, std::size_t limit, const Filter& filter) const {
    Changes changes;
    changes.sender = writer_.replica;
    changes.horizon = purgedThrough_;
    // Who goes on within a list of everything says the horizon with which that list began.
    changes.resync = since.after > 0 && since.after < purgedThrough_ && since.horizon != purgedThrough_;
    changes.after = changes.upTo = changes.resync || since.after > lastPlace_ ? 0 : since.after;
    for (auto one = byPlace_.upper_bound(changes.after); one != byPlace_.end(); ++one) {
        if (changes.records.size() >= limit) {
            changes.more = true;
            return changes;
        }
        const Record& record = records_.at(one->second).record;
        if (auto wanted = filter ? filter(record) : std::optional(record)) {
            changes.records.push_back(std::move(*wanted));
        }
        changes.upTo = one->first;
    }
    changes.upTo = std::max(changes.upTo, lastPlace_);
    return changes;
}

std::vector<Discarded> Replica::take(const Record& record, core::TimeMs now) {
    const auto known = records_.find(record.key);
    Record merged = known == records_.end() ? Record{record.key, {}, {}, {}} : known->second.record;
    std::vector<Discarded> gone = merge(merged, record);
    forgetRemoved(merged);
    // A part of a record that is not here is none.
    const bool isWhole = !merged.life.isEmpty();
    if (isWhole && (known == records_.end() || !(merged == known->second.record))) {
        touch(record.key, now).record = std::move(merged);
    }
    return gone;
}

core::Result<std::vector<Discarded>> Replica::receive(const Changes& changes, core::TimeMs now,
                                                      const VersionVector& heard, core::TimeMs ahead) {
    const std::uint64_t most = mostOwn(writer_);
    const auto believed = [&](const Dot& dot) {
        return dot.number <= (dot.replica == writer_.replica ? most : heard.at(dot.replica) + kMostUnheard);
    };
    std::vector<Record> records = changes.records;
    Stamp newest;
    for (Record& record : records) {
        doubt(record, believed);
        if (const auto here = records_.find(record.key); here != records_.end()) {
            doubt(here->second.record, believed);
        }
        newest = std::max(newest, newestUnknown(record, find(record.key)));
    }
    if (!isPlausible(newest, now, ahead)) {
        return core::fail(core::ErrorCode::Unprocessable,
                          "The other device's clock is more than ten days ahead. Set its date, then sync again.");
    }
    writer_.last = std::max(writer_.last, lastKnown(records, writer_.replica));
    writer_.clock.observe(newest, now);
    std::vector<Discarded> gone;
    for (const Record& record : records) {
        append(gone, take(record, now));
    }
    return gone;
}

std::size_t Replica::purge(core::TimeMs horizon) {
    std::size_t count = 0;
    for (auto one = records_.begin(); one != records_.end();) {
        const Held& held = one->second;
        if (held.changedHere >= horizon || !isTombstone(held.record)) {
            ++one;
            continue;
        }
        purgedThrough_ = std::max(purgedThrough_, held.place);
        byPlace_.erase(held.place);
        one = records_.erase(one);
        ++count;
    }
    return count;
}

std::vector<RecordKey> Replica::lostMeanwhile(const std::set<RecordKey>& there, std::uint64_t exchanged) const {
    std::vector<RecordKey> lost;
    for (const auto& [key, held] : records_) {
        if (held.place <= exchanged && there.count(key) == 0) {
            lost.push_back(key);
        }
    }
    return lost;
}

std::vector<Discarded> Replica::drop(const std::vector<RecordKey>& keys) {
    std::vector<Discarded> gone;
    for (const RecordKey& key : keys) {
        const auto found = records_.find(key);
        if (found == records_.end()) {
            continue;
        }
        for (const auto& [name, cell] : found->second.record.cells) {
            for (const Version& version : cell.versions()) {
                gone.push_back({key, name, version});
            }
        }
        byPlace_.erase(found->second.place);
        records_.erase(found);
    }
    return gone;
}

const Record* Replica::find(const RecordKey& key) const {
    const auto found = records_.find(key);
    return found == records_.end() ? nullptr : &found->second.record;
}

}  // namespace marea::sync
