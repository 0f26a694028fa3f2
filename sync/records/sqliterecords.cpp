#include "sync/records/sqliterecords.h"

#include <algorithm>

#include "core/base/id.h"
#include "sync/records/recordtext.h"

namespace marea::sync {

using core::Error;
using core::Result;
using core::TimeMs;
using core::unexpected;
using core::db::Row;

namespace {

constexpr std::string_view kPositionCell = "position";

std::int64_t number(std::uint64_t value) {
    return static_cast<std::int64_t>(value);
}

bool isDeleted(const Record& record) {
    return !lifeOf(record, Strategy::AskMe).isThere;
}

bool isContested(const Record& record) {
    return record.life.isContested() || std::any_of(record.cells.begin(), record.cells.end(),
                                                    [](const auto& cell) { return cell.second.isContested(); });
}

Result<RecordStore::Held> heldFrom(const Row& row) {
    auto record = recordFromText(row.text(0));
    if (!record) {
        return unexpected<Error>(record.error());
    }
    return RecordStore::Held{std::move(*record), static_cast<std::uint64_t>(row.integer(1)), row.integer(2)};
}

struct StateRow {
    std::string replica;
    std::int64_t last = 0, ms = 0, count = 0, place = 0, purged = 0;
    std::string former;
    std::int64_t renewed = 0;
};

std::string idsText(const std::vector<ReplicaId>& ids) {
    std::string text;
    for (const ReplicaId& id : ids) {
        text += (text.empty() ? "" : " ") + core::idText(id);
    }
    return text;
}

std::vector<ReplicaId> idsFrom(std::string_view text) {
    std::vector<ReplicaId> ids;
    while (!text.empty()) {
        const std::string_view one = text.substr(0, text.find(' '));
        if (const auto id = core::idBytes(one)) {
            ids.push_back(*id);
        }
        text.remove_prefix(std::min(text.size(), one.size() + 1));
    }
    return ids;
}

}  // namespace

Result<RecordStore::State> SqliteRecords::madeAnew() {
    const core::Id id = core::newId();
    auto done = session_.run(
        "INSERT INTO sync_replicas(owner_id, replica_id) VALUES (?1, ?2) ON CONFLICT(owner_id) DO UPDATE SET "
        "replica_id = excluded.replica_id, last_number = 0",
        {owner_, id});
    return done ? state() : unexpected<Error>(done.error());
}

Result<RecordStore::State> SqliteRecords::state() {
    const auto row = session_.first(
        "SELECT replica_id, last_number, clock_ms, clock_count, last_place, purged_through, former, renewed_at "
        "FROM sync_replicas WHERE owner_id = ?1",
        {owner_}, [](const Row& at) {
            return StateRow{at.string(0),  at.integer(1), at.integer(2), at.integer(3),
                            at.integer(4), at.integer(5), at.string(6),  at.integer(7)};
        });
    if (!row) {
        return unexpected<Error>(row.error());
    }
    const auto id = *row ? core::idBytes((*row)->replica) : std::nullopt;
    if (!id) {
        return madeAnew();
    }
    const StateRow& is = **row;
    const HybridClock clock(Stamp{is.ms, static_cast<std::uint16_t>(is.count)});
    return State{Writer{*id, static_cast<std::uint64_t>(is.last), clock}, static_cast<std::uint64_t>(is.place),
                 static_cast<std::uint64_t>(is.purged), idsFrom(is.former), is.renewed};
}

Result<void> SqliteRecords::saveState(const State& state) {
    const Stamp& stamp = state.writer.clock.last();
    const std::string id = core::idText(state.writer.replica);
    return session_.run(
        "UPDATE sync_replicas SET last_number = ?2, clock_ms = ?3, clock_count = ?4, last_place = ?5, "
        "purged_through = ?6, replica_id = ?7, former = ?8, renewed_at = ?9 WHERE owner_id = ?1",
        {owner_, number(state.writer.last), stamp.ms, std::int64_t{stamp.count}, number(state.lastPlace),
         number(state.purgedThrough), id, idsText(state.former), state.renewedAt});
}

Result<std::optional<RecordStore::Held>> SqliteRecords::find(const RecordKey& key) {
    auto found =
        session_.first("SELECT body, place, changed_at FROM sync_records WHERE owner_id = ?1 AND kind = ?2 AND id = ?3",
                       {owner_, key.kind, key.id}, heldFrom);
    if (!found) {
        return unexpected<Error>(found.error());
    }
    if (!*found) {
        return std::optional<Held>();
    }
    return **found ? Result<std::optional<Held>>(std::move(***found)) : unexpected<Error>((*found)->error());
}

Result<void> SqliteRecords::save(const Held& held) {
    const RecordKey& key = held.record.key;
    const std::string body = recordText(held.record);
    return session_.run(
        "INSERT INTO sync_records(owner_id, kind, id, place, changed_at, deleted, contested, body) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT(owner_id, kind, id) DO UPDATE SET place = excluded.place, "
        "changed_at = excluded.changed_at, deleted = excluded.deleted, contested = excluded.contested, "
        "body = excluded.body",
        {owner_, key.kind, key.id, number(held.place), held.changedHere, std::int64_t{isDeleted(held.record)},
         std::int64_t{isContested(held.record)}, std::string_view(body)});
}

Result<void> SqliteRecords::erase(const RecordKey& key) {
    return session_.run("DELETE FROM sync_records WHERE owner_id = ?1 AND kind = ?2 AND id = ?3",
                        {owner_, key.kind, key.id});
}

Result<std::size_t> SqliteRecords::size() {
    const auto count = session_.first("SELECT count(*) FROM sync_records WHERE owner_id = ?1", {owner_},
                                      [](const Row& row) { return row.integer(0); });
    return count ? Result<std::size_t>(static_cast<std::size_t>(count->value_or(0))) : unexpected<Error>(count.error());
}

Result<void> SqliteRecords::each(std::string_view sql, std::int64_t bound, const Visit& visit) {
    Result<void> read;
    auto done = session_.each(sql, {owner_, bound}, [&](const Row& row) {
        const auto held = heldFrom(row);
        read = held ? Result<void>() : unexpected<Error>(held.error());
        return held && visit(*held);
    });
    return done ? read : done;
}

Result<void> SqliteRecords::after(std::uint64_t place, const Visit& visit) {
    return each("SELECT body, place, changed_at FROM sync_records WHERE owner_id = ?1 AND place > ?2 ORDER BY place",
                number(place), visit);
}

Result<void> SqliteRecords::contested(const Visit& visit) {
    return each(
        "SELECT body, place, changed_at FROM sync_records WHERE owner_id = ?1 AND contested = 1 AND place > ?2 "
        "ORDER BY place",
        -1, visit);
}

Result<void> SqliteRecords::deletedBefore(TimeMs changedAt, const Visit& visit) {
    return each(
        "SELECT body, place, changed_at FROM sync_records WHERE owner_id = ?1 AND deleted = 1 AND changed_at < ?2",
        changedAt, visit);
}

Result<VersionVector> SqliteRecords::heard() {
    VersionVector all;
    auto done =
        session_.each("SELECT replica_id, number FROM sync_heard WHERE owner_id = ?1", {owner_}, [&](const Row& row) {
            const auto id = core::idBytes(row.text(0));
            all.raise(id ? Dot{*id, static_cast<std::uint64_t>(row.integer(1))} : Dot{});
            return true;
        });
    return done ? Result<VersionVector>(std::move(all)) : unexpected<Error>(done.error());
}

Result<void> SqliteRecords::hear(const VersionVector& more) {
    Result<void> done;
    for (const VersionVector::Entry& entry : more.entries()) {
        const std::string id = core::idText(entry.first);
        done = done ? session_.run(
                          "INSERT INTO sync_heard VALUES (?1, ?2, ?3) ON CONFLICT(owner_id, replica_id) DO UPDATE SET "
                          "number = max(number, excluded.number)",
                          {owner_, id, number(entry.second)})
                    : done;
    }
    return done;
}

Result<void> SqliteRecords::note(const std::vector<Discarded>& gone, TimeMs now) {
    Result<void> done;
    for (std::size_t i = 0; done && i < gone.size(); ++i) {
        const Discarded& one = gone[i];
        if (one.cell == kPositionCell) {
            continue;
        }
        const std::string body = versionText(one.version);
        done = session_.run(
            "INSERT INTO sync_history(owner_id, seq, at, kind, id, cell, body) SELECT ?1, "
            "coalesce((SELECT max(seq) FROM sync_history WHERE owner_id = ?1), 0) + 1, ?2, ?3, ?4, ?5, ?6",
            {owner_, now, one.key.kind, one.key.id, one.cell, std::string_view(body)});
    }
    return !done || gone.empty()
               ? done
               : session_.run(
                     "DELETE FROM sync_history WHERE owner_id = ?1 AND seq <= (SELECT max(seq) FROM sync_history "
                     "WHERE owner_id = ?1) - ?2",
                     {owner_, number(kMostHistory)});
}

Result<std::vector<SqliteRecords::Noted>> SqliteRecords::history(std::size_t limit) {
    std::vector<Noted> list;
    Result<void> read;
    auto done = session_.each(
        "SELECT kind, id, cell, body, at FROM sync_history WHERE owner_id = ?1 ORDER BY seq DESC LIMIT ?2",
        {owner_, number(limit)}, [&](const Row& row) {
            auto version = versionFromText(row.text(3));
            read = version ? Result<void>() : unexpected<Error>(version.error());
            if (version) {
                list.push_back({{{row.string(0), row.string(1)}, row.string(2), std::move(*version)}, row.integer(4)});
            }
            return version.has_value();
        });
    done = done ? read : done;
    return done ? Result<std::vector<Noted>>(std::move(list)) : unexpected<Error>(done.error());
}

Result<void> renewReplicas(core::db::Session& session) {
    return session.run("UPDATE sync_replicas SET former = trim(replica_id || ' ' || former), replica_id = ''");
}

}  // namespace marea::sync
