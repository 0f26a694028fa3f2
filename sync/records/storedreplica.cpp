#include "sync/records/storedreplica.h"

#include <algorithm>
#include <set>

#include "core/base/id.h"
#include "sync/merge/forgotten.h"
#include "sync/merge/wire.h"
#include "sync/records/recordtext.h"

namespace marea::sync {

using core::Error;
using core::Result;
using core::TimeMs;
using core::unexpected;

namespace {

core::TimeMs aheadOf(StoredReplica::Word word) {
    return kMaxAheadMs + static_cast<core::TimeMs>(word) * kClocksDifferMs;
}

}  // namespace

Result<StoredReplica> StoredReplica::open(RecordStore& store, Bounds bounds) {
    auto state = store.state();
    return state ? Result<StoredReplica>(StoredReplica(store, bounds, std::move(*state)))
                 : unexpected<Error>(state.error());
}

Result<void> StoredReplica::roomFor(const std::vector<RecordKey>& keys, const std::vector<Replica::Held>& known) {
    if (known.size() == keys.size()) {
        return {};
    }
    const auto size = store_.size();
    if (!size) {
        return unexpected<Error>(size.error());
    }
    return *size + (keys.size() - known.size()) <= bounds_.records
               ? Result<void>()
               : core::fail(core::ErrorCode::Unprocessable, "The library is as large as one can be kept in step.");
}

// What `work` changed has a place after those that were there.
Result<std::vector<RecordKey>> StoredReplica::put(const Replica& part) {
    std::vector<RecordKey> changed;
    for (const auto& [key, held] : part.records()) {
        if (held.place <= state_.lastPlace) {
            continue;
        }
        if (auto done = store_.save(held); !done) {
            return unexpected<Error>(done.error());
        }
        changed.push_back(key);
    }
    return changed;
}

Result<std::vector<RecordKey>> StoredReplica::change(const std::vector<RecordKey>& keys, TimeMs now, const Work& work) {
    std::vector<Replica::Held> known;
    for (const RecordKey& key : keys) {
        auto kept = store_.find(key);
        if (!kept) {
            return unexpected<Error>(kept.error());
        }
        if (*kept) {
            known.push_back(std::move(**kept));
        }
    }
    if (auto room = roomFor(keys, known); !room) {
        return unexpected<Error>(room.error());
    }
    Replica part(state_.writer, state_.lastPlace, state_.purgedThrough, std::move(known));
    auto gone = work(part);
    auto done = gone ? store_.note(*gone, now) : unexpected<Error>(gone.error());
    auto changed = done ? put(part) : unexpected<Error>(done.error());
    if (!changed) {
        return changed;
    }
    state_.writer = part.writer();
    state_.lastPlace = part.lastPlace();
    done = store_.saveState(state_);
    return done ? changed : unexpected<Error>(done.error());
}

Result<void> StoredReplica::changeOne(const RecordKey& key, TimeMs now, const Work& work) {
    const auto changed = change({key}, now, work);
    return changed ? Result<void>() : unexpected<Error>(changed.error());
}

Result<void> StoredReplica::edit(const RecordKey& key, const std::vector<CellWrite>& writes, TimeMs now) {
    return changeOne(key, now, [&](Replica& part) { return part.edit(key, writes, now); });
}

Result<void> StoredReplica::count(const RecordKey& key, std::string_view counter, std::int64_t amount, TimeMs now) {
    return changeOne(key, now, [&](Replica& part) {
        part.count(key, counter, amount, now);
        return std::vector<Discarded>();
    });
}

Result<void> StoredReplica::remove(const RecordKey& key, TimeMs now) {
    return changeOne(key, now, [&](Replica& part) {
        part.remove(key, now);
        return std::vector<Discarded>();
    });
}

Result<void> StoredReplica::answer(const RecordKey& key, Strategy strategy, std::string_view conflict, std::size_t side,
                                   TimeMs now) {
    return changeOne(key, now, [&](Replica& part) { return part.answer(key, strategy, conflict, side, now); });
}

Result<VersionVector> StoredReplica::hear(const Changes& changes, Word word) {
    auto heard = store_.heard();
    if (!heard) {
        return heard;
    }
    VersionVector told;
    if (word == Word::OfTheServer) {
        told = allKnown(changes.records);
    }
    told.raise({changes.sender, lastKnown(changes.records, changes.sender)});
    if (heard->covers(told)) {
        return heard;
    }
    heard->join(told);
    const auto done = store_.hear(told);
    return done ? heard : unexpected<Error>(done.error());
}

Result<std::vector<RecordKey>> StoredReplica::receive(const Changes& changes, TimeMs now, Word word) {
    const auto heard = hear(changes, word);
    return heard ? take(changes, now, *heard, aheadOf(word)) : unexpected<Error>(heard.error());
}

Result<std::vector<RecordKey>> StoredReplica::take(const Changes& changes, TimeMs now, const VersionVector& heard,
                                                   core::TimeMs ahead) {
    std::vector<RecordKey> keys;
    for (const Record& record : changes.records) {
        keys.push_back(record.key);
    }
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    return change(keys, now, [&](Replica& part) -> Result<std::vector<Discarded>> {
        std::set<RecordKey> large;  // from before that was looked at
        for (const auto& [key, held] : part.records()) {
            if (!fitsWire(held.record)) {
                large.insert(key);
            }
        }
        auto gone = part.receive(changes, now, heard, ahead);
        const auto grew = [&](const auto& one) { return large.count(one.first) == 0 && !fitsWire(one.second.record); };
        return gone && std::any_of(part.records().begin(), part.records().end(), grew)
                   ? core::fail(core::ErrorCode::Unprocessable,
                                "One of the records would be too large to be kept in step.")
                   : std::move(gone);
    });
}

Result<void> StoredReplica::rewrite(std::uint64_t after, const std::function<bool(const Record&)>& wanted, TimeMs now,
                                    const std::function<void(Replica&)>& work) {
    std::vector<RecordKey> keys;
    auto done = store_.after(after, [&](const RecordStore::Held& held) {
        if (wanted(held.record)) {
            keys.push_back(held.record.key);
        }
        return true;
    });
    const auto changed = done ? change(keys, now,
                                       [&](Replica& part) {
                                           work(part);
                                           return std::vector<Discarded>();
                                       })
                              : unexpected<Error>(done.error());
    return changed ? Result<void>() : unexpected<Error>(changed.error());
}

Result<void> StoredReplica::renew(std::uint64_t given, TimeMs now) {
    const ReplicaId id = core::idBytes(core::newId()).value_or(ReplicaId{});
    state_.former.insert(state_.former.begin(), state_.writer.replica);
    state_.former.resize(std::min(state_.former.size(), kMostFormer));
    state_.renewedAt = now;
    return rewrite(
        given, [](const Record&) { return true; }, now, [&](Replica& part) { part.renew(id, now); });
}

Result<void> StoredReplica::setClockRight(TimeMs now) {
    if (!isFarAhead(state_.writer.clock.last(), now)) {
        return {};
    }
    return rewrite(
        0, [&](const Record& record) { return isFarAhead(newestStamp(record), now); }, now,
        [&](Replica& part) { part.setClockRight(now); });
}

Result<Changes> StoredReplica::changesAfter(const Since& since, std::size_t limit, const Filter& filter) {
    // Where to begin, and whether to begin anew, is the rule of the replica in memory, asked of one without records.
    Changes page = Replica(state_.writer, state_.lastPlace, state_.purgedThrough, {}).changesAfter(since, limit);
    page.upTo = page.after;
    std::size_t bytes = 0;
    std::set<ReplicaId> named;
    auto done = store_.after(page.after, [&](const RecordStore::Held& held) {
        auto wanted = filter ? filter(held.record) : std::optional(held.record);
        if (wanted) {
            forgetRemoved(*wanted);  // one that was kept before that was done
        }
        const std::size_t size = wanted ? recordText(*wanted).size() : 0;
        if (wanted) {
            addReplicas(*wanted, named);
        }
        const bool isFull = page.records.size() >= limit || bytes + size > bounds_.bytes ||
                            named.size() > WireLimits::replicas;  // which nobody reads
        if (wanted && !page.records.empty() && isFull) {
            page.more = true;
            return false;
        }
        if (wanted) {
            bytes += size;
            page.records.push_back(std::move(*wanted));
        }
        page.upTo = held.place;
        return true;
    });
    if (!done) {
        return unexpected<Error>(done.error());
    }
    page.upTo = page.more ? page.upTo : std::max(page.upTo, state_.lastPlace);
    return page;
}

Result<std::size_t> StoredReplica::purge(TimeMs horizon, std::uint64_t given) {
    std::vector<RecordKey> old;
    std::uint64_t through = state_.purgedThrough;
    auto done = store_.deletedBefore(horizon, [&](const RecordStore::Held& held) {
        if (held.place <= given) {
            old.push_back(held.record.key);
            through = std::max(through, held.place);
        }
        return true;
    });
    for (std::size_t i = 0; done && i < old.size(); ++i) {
        done = store_.erase(old[i]);
    }
    state_.purgedThrough = through;
    done = done ? store_.saveState(state_) : done;
    return done ? Result<std::size_t>(old.size()) : unexpected<Error>(done.error());
}

Result<std::vector<RecordKey>> StoredReplica::dropLost(const std::function<bool(const RecordKey&)>& there,
                                                       std::uint64_t exchanged, TimeMs now) {
    std::vector<RecordKey> lost;
    auto done = store_.after(0, [&](const RecordStore::Held& held) {
        if (held.place > exchanged) {
            return false;
        }
        if (!there(held.record.key)) {
            lost.push_back(held.record.key);
        }
        return true;
    });
    for (std::size_t i = 0; done && i < lost.size(); ++i) {
        auto kept = store_.find(lost[i]);
        done = kept ? Result<void>() : unexpected<Error>(kept.error());
        if (done && *kept) {
            Replica part(state_.writer, state_.lastPlace, state_.purgedThrough, {**kept});
            done = store_.note(part.drop({lost[i]}), now).and_then([&] { return store_.erase(lost[i]); });
        }
    }
    return done ? Result<std::vector<RecordKey>>(std::move(lost)) : unexpected<Error>(done.error());
}

Result<void> StoredReplica::rename(const RecordKey& key, const Record& as, TimeMs now) {
    auto erased = store_.erase(key);
    if (!erased) {
        return erased;
    }
    Changes changes;
    changes.records.push_back(as);
    const auto heard = store_.heard();
    const auto done = heard ? take(changes, now, *heard, aheadOf(Word::OfTheServer)) : unexpected<Error>(heard.error());
    return done ? Result<void>() : unexpected<Error>(done.error());
}

Result<std::optional<Record>> StoredReplica::find(const RecordKey& key) {
    auto kept = store_.find(key);
    if (!kept) {
        return unexpected<Error>(kept.error());
    }
    return *kept ? std::optional(std::move((*kept)->record)) : std::optional<Record>();
}

Result<bool> StoredReplica::isSame(const std::vector<Record>& records) {
    for (const Record& record : records) {
        const auto here = find(record.key);
        if (!here) {
            return unexpected<Error>(here.error());
        }
        if (!*here || !(**here == record)) {
            return false;
        }
    }
    return true;
}

}  // namespace marea::sync
