#include "sync/records/synclinks.h"

#include "core/base/id.h"

namespace marea::sync {

using core::Error;
using core::Result;
using core::unexpected;
using core::db::Row;

namespace {

// In the order of linkFrom().
const std::string kLinks =
    "SELECT replica_id, name, kind, login_id, created_at, synced_at, taken, horizon, given, certificate, scope, "
    "offered FROM sync_links WHERE owner_id = ?1 ";

SyncLink linkFrom(const Row& row) {
    SyncLink link;
    link.replica = core::idBytes(row.text(0)).value_or(ReplicaId{});
    link.name = row.string(1);
    link.kind = row.string(2);
    link.loginId = row.string(3);
    link.createdAt = row.integer(4);
    link.syncedAt = row.optionalInteger(5);
    link.taken = {static_cast<std::uint64_t>(row.integer(6)), static_cast<std::uint64_t>(row.integer(7))};
    link.given = static_cast<std::uint64_t>(row.integer(8));
    link.certificate = row.string(9);
    link.scope = row.string(10);
    link.offered = static_cast<std::uint64_t>(row.integer(11));
    return link;
}

}  // namespace

Result<std::vector<SyncLink>> SyncLinks::all() {
    return session_.all(kLinks + "ORDER BY created_at, replica_id", {owner_}, linkFrom);
}

Result<std::optional<SyncLink>> SyncLinks::find(const ReplicaId& replica) {
    const std::string id = core::idText(replica);
    return session_.first(kLinks + "AND replica_id = ?2", {owner_, id}, linkFrom);
}

Result<std::optional<SyncLink>> SyncLinks::withCertificate(const std::string& certificate) {
    return session_.first(kLinks + "AND certificate = ?2 AND certificate <> ''", {owner_, certificate}, linkFrom);
}

Result<void> SyncLinks::save(const SyncLink& link) {
    const std::string id = core::idText(link.replica);
    return session_.run(
        "INSERT INTO sync_links(owner_id, replica_id, name, kind, login_id, created_at, synced_at, taken, horizon, "
        "given, certificate, scope, offered) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) "
        "ON CONFLICT(owner_id, replica_id) DO UPDATE SET "
        "name = excluded.name, kind = excluded.kind, login_id = excluded.login_id, synced_at = excluded.synced_at, "
        "taken = excluded.taken, horizon = excluded.horizon, given = excluded.given, "
        "certificate = excluded.certificate, scope = excluded.scope, offered = max(offered, excluded.offered)",
        {owner_, id, link.name, link.kind, core::db::textOrNull(link.loginId), link.createdAt,
         core::db::orNull(link.syncedAt), static_cast<std::int64_t>(link.taken.after),
         static_cast<std::int64_t>(link.taken.horizon), static_cast<std::int64_t>(link.given), link.certificate,
         link.scope, static_cast<std::int64_t>(link.offered)});
}

// An exchange that another one overtook says less of what was offered, which does not count.
Result<void> SyncLinks::saveProgress(const SyncLink& link) {
    const std::string id = core::idText(link.replica);
    auto done = session_.run(
        "UPDATE sync_links SET synced_at = ?3, taken = ?4, horizon = ?5, given = ?6, offered = max(offered, ?9) "
        "WHERE owner_id = ?1 AND replica_id = ?2 AND certificate = ?7 AND scope = ?8",
        {owner_, id, core::db::orNull(link.syncedAt), static_cast<std::int64_t>(link.taken.after),
         static_cast<std::int64_t>(link.taken.horizon), static_cast<std::int64_t>(link.given), link.certificate,
         link.scope, static_cast<std::int64_t>(link.offered)});
    return done && session_.changes() == 0
               ? core::fail(core::ErrorCode::Conflict,
                            "What is agreed with the other device has changed meanwhile. Sync again.")
               : done;
}

Result<void> SyncLinks::remove(const ReplicaId& replica) {
    const std::string id = core::idText(replica);
    return session_.run("DELETE FROM sync_links WHERE owner_id = ?1 AND replica_id = ?2", {owner_, id});
}

Result<void> SyncLinks::rename(const ReplicaId& replica, const std::string& name) {
    const std::string id = core::idText(replica);
    return name.empty() ? Result<void>()
                        : session_.run(
                              "UPDATE sync_links SET name = ?3 "
                              "WHERE owner_id = ?1 AND replica_id = ?2 AND name <> ?3",
                              {owner_, id, name});
}

Result<std::map<ReplicaId, std::string>> SyncLinks::names() {
    std::map<ReplicaId, std::string> names;
    auto done = session_.each(
        "SELECT replica_id, name, 0 AS is_there FROM sync_names WHERE owner_id = ?1 UNION ALL "
        "SELECT replica_id, name, 1 FROM sync_links WHERE owner_id = ?1 ORDER BY is_there",
        {owner_}, [&](const Row& row) {
            names[core::idBytes(row.text(0)).value_or(ReplicaId{})] = row.string(1);
            return true;
        });
    return done ? Result<std::map<ReplicaId, std::string>>(std::move(names)) : unexpected<Error>(done.error());
}

Result<void> SyncLinks::offerAnew() {
    return session_.run("UPDATE sync_links SET offered = 0 WHERE owner_id = ?1", {owner_});
}

// One that was met in the future was met by a clock that was wrong, and does not count either.
Result<std::optional<std::uint64_t>> SyncLinks::givenToAll(core::TimeMs from, core::TimeMs now) {
    auto least = session_.first(
        "SELECT min(given) FROM sync_links WHERE owner_id = ?1 AND "
        "(certificate = '' OR coalesce(synced_at, created_at) BETWEEN ?2 AND ?3)",
        {owner_, from, now}, [](const Row& row) { return row.optionalInteger(0); });
    if (!least) {
        return unexpected<Error>(least.error());
    }
    const auto value = least->value_or(std::nullopt);
    return value ? std::optional(static_cast<std::uint64_t>(*value)) : std::optional<std::uint64_t>();
}

}  // namespace marea::sync
