#include "server/apps/sync/absorb.h"

#include <algorithm>
#include <map>
#include <set>

#include "server/apps/library/userlibrary.h"
#include "server/apps/sync/synced.h"
#include "server/apps/sync/syncledger.h"
#include "sync/merge/playlist.h"

namespace marea::server {

namespace {

using core::Error;
using core::ErrorCode;
using core::Id;
using core::Result;
using core::TimeMs;
using core::unexpected;
using core::db::Session;

// A cell that was changed: when last, and whether somebody wrote it, also where the value is as it was.
struct Change {
    TimeMs at = 0;
    bool written = false;
};
using Changes = std::map<sync::RecordKey, std::map<std::string, Change>>;

sync::Value shownValue(const sync::Record& record, const std::string& cell) {
    const auto found = record.cells.find(cell);
    return found == record.cells.end() || found->second.isEmpty() ? sync::Value() : found->second.latest()->value;
}

// What nobody ever wrote says nothing.
bool isUsual(const sync::Value& value) {
    return value == sync::Value() || value == sync::Value(false) || value == sync::Value(std::int64_t{0}) ||
           value == sync::Value(std::string());
}

bool isNews(const sync::Record& record, const std::string& cell, const sync::Value& value) {
    const auto found = record.cells.find(cell);
    if (found == record.cells.end()) {
        return !isUsual(value);
    }
    return shownValue(record, cell) != value;
}

class Absorption {
public:
    Absorption(Session& session, sync::StoredReplica& replica, Id user, TimeMs now)
        : session_(session), replica_(replica), user_(std::move(user)), now_(now) {}

    Result<void> take(const sync::RecordKey& key, const std::map<std::string, Change>& changes) {
        auto known = replica_.find(key);
        if (!known) {
            return unexpected<Error>(known.error());
        }
        const bool isThere = known->has_value();
        sync::Record record = isThere ? std::move(**known) : sync::Record{key, {}, {}, {}};
        return key.kind == kItemKind ? takeItem(record, changes) : takeList(record, changes);
    }

private:
    Result<void> takeItem(const sync::Record& record, const std::map<std::string, Change>& changes) {
        const auto state = userState(session_, user_, record.key.id);
        if (!state) {
            return unexpected<Error>(state.error());
        }
        std::map<TimeMs, std::vector<sync::CellWrite>> writes;
        Result<void> done;
        for (const auto& [cell, change] : changes) {
            if (cell == "plays") {
                done = done ? takePlays(record, state->playCount, timeOf(change)) : done;
            } else if (auto value = cellValue(*state, cell)) {
                add(writes, record, cell, std::move(*value), change);
            }
        }
        return done ? write(record.key, writes) : done;
    }

    Result<void> takePlays(const sync::Record& record, std::int64_t plays, TimeMs at) {
        const auto counter = record.counters.find("plays");
        const std::int64_t more = plays - (counter == record.counters.end() ? 0 : counter->second.total());
        return more == 0 ? Result<void>() : replica_.count(record.key, "plays", more, at);
    }

    Result<void> takeList(const sync::Record& record, const std::map<std::string, Change>& changes) {
        const auto list = playlist(session_, user_, record.key.id);
        if (!list && list.error().code != ErrorCode::NotFound) {
            return unexpected<Error>(list.error());
        }
        if (!list || list->ownerId != user_) {
            const bool wasThere = sync::lifeOf(record, sync::Strategy::AskMe).isThere;
            return wasThere ? replica_.remove(record.key, timeOf(changes.begin()->second)) : Result<void>();
        }
        std::map<TimeMs, std::vector<sync::CellWrite>> writes;
        Result<void> done;
        for (const auto& [cell, change] : changes) {
            const bool all = cell == kEverything;
            for (const char* text : {"name", "description", "visibility", "rules"}) {
                auto value = all || cell == text ? cellValue(*list, text) : std::nullopt;
                if (value) {
                    add(writes, record, text, std::move(*value), {change.at, change.written && !all});
                }
            }
            if (all && !sync::lifeOf(record, sync::Strategy::LastWriteWins).isThere) {
                writes[timeOf(change)];  // it is there again, whatever it has
            }
            done = done && (all || cell == kEntries) ? takeEntries(record, timeOf(change), writes) : done;
        }
        return done ? write(record.key, writes) : done;
    }

    Result<void> takeEntries(const sync::Record& record, TimeMs at,
                             std::map<TimeMs, std::vector<sync::CellWrite>>& writes) {
        const auto rows = playlistEntries(session_, user_, record.key.id, std::nullopt, static_cast<int>(kMostEntries));
        if (!rows) {
            return unexpected<Error>(rows.error());
        }
        std::vector<std::string> known;
        for (sync::Entry& entry : sync::entriesOf(record)) {
            known.push_back(std::move(entry.id));
        }
        const sync::Writer& writer = replica_.state().writer;
        for (sync::CellWrite& one :
             sync::arranged(record, entryNames(*rows, known), sync::runTag(writer.replica, writer.last))) {
            writes[at].push_back(std::move(one));
        }
        return {};
    }

    static void add(std::map<TimeMs, std::vector<sync::CellWrite>>& writes, const sync::Record& record,
                    const std::string& cell, sync::Value value, const Change& change) {
        const bool settles = change.written && record.cells.count(cell) > 0;
        if (settles || isNews(record, cell, value)) {
            writes[change.at].push_back({cell, std::move(value)});
        }
    }

    // Those of one time together, the oldest first.
    Result<void> write(const sync::RecordKey& key, const std::map<TimeMs, std::vector<sync::CellWrite>>& writes) {
        Result<void> done;
        for (const auto& [at, cells] : writes) {
            done = done ? replica_.edit(key, cells, std::min(at, now_)) : done;
        }
        return done;
    }

    TimeMs timeOf(const Change& change) const { return std::min(change.at, now_); }

    Session& session_;
    sync::StoredReplica& replica_;
    const Id user_;
    const TimeMs now_;
};

void note(Changes& changes, const sync::RecordKey& key, const std::string& cell, TimeMs at, bool written) {
    Change& change = changes[key][cell];
    change.at = std::max(change.at, at);
    change.written = change.written || written;
}

struct Batch {
    Changes changes;
    std::int64_t seq = 0;
    std::vector<SyncLedger::Pending> pending;
    bool isLast = false;
};

Result<Batch> nextBatch(Session& session, SyncLedger& ledger, const Id& user, std::int64_t after, std::size_t most) {
    Batch batch;
    batch.seq = after;
    std::size_t events = 0;
    auto done = eachEvent(session, user, after, [&](const LibraryEvent& event) {
        const Touched touched = touchedBy(event);
        for (const std::string& cell : touched.cells) {
            note(batch.changes, touched.key, cell, event.at, event.kind != EventKind::HistoryUndone);
        }
        batch.seq = event.seq;
        return ++events < most;
    });
    auto pending = done ? ledger.pending(most) : unexpected<Error>(done.error());
    if (!pending) {
        return unexpected<Error>(pending.error());
    }
    batch.pending = std::move(*pending);
    for (const SyncLedger::Pending& one : batch.pending) {
        note(batch.changes, one.key, one.cell, one.at, false);
    }
    batch.isLast = events < most && batch.pending.size() < most;
    return batch;
}

// The oldest first, so that the clock of the records need not run ahead of what is older.
std::vector<const Changes::value_type*> inOrder(const Changes& changes) {
    std::vector<const Changes::value_type*> order;
    for (const auto& one : changes) {
        order.push_back(&one);
    }
    const auto first = [](const Changes::value_type* one) {
        TimeMs at = INT64_MAX;
        for (const auto& [cell, change] : one->second) {
            at = std::min(at, change.at);
        }
        return at;
    };
    std::stable_sort(order.begin(), order.end(), [&](const auto* a, const auto* b) { return first(a) < first(b); });
    return order;
}

}  // namespace

Result<bool> absorb(Session& session, sync::StoredReplica& replica, const Id& user, std::size_t most, TimeMs now) {
    SyncLedger ledger(session, user);
    auto seq = ledger.absorbed();
    if (seq && !*seq) {
        auto begun = ledger.begin();
        seq = begun ? ledger.absorbed() : unexpected<Error>(begun.error());
    }
    if (!seq) {
        return unexpected<Error>(seq.error());
    }
    const auto batch = nextBatch(session, ledger, user, seq->value_or(0), most);
    if (!batch) {
        return unexpected<Error>(batch.error());
    }
    Absorption absorption(session, replica, user, now);
    Result<void> done;
    for (const auto* one : inOrder(batch->changes)) {
        done = done ? absorption.take(one->first, one->second) : done;
    }
    for (std::size_t i = 0; done && i < batch->pending.size(); ++i) {
        done = ledger.forget(batch->pending[i]);
    }
    done = done ? ledger.setAbsorbed(batch->seq) : done;
    return done ? Result<bool>(batch->isLast) : unexpected<Error>(done.error());
}

}  // namespace marea::server
