#include "server/apps/sync/syncledger.h"

#include <array>

namespace marea::server {

using core::Error;
using core::Result;
using core::unexpected;
using core::db::Row;

namespace {

std::int64_t numberAt(const Row& row) {
    return row.integer(0);
}

}  // namespace

Result<std::optional<std::int64_t>> SyncLedger::absorbed() {
    return session_.first("SELECT seq FROM sync_absorbed WHERE user_id = ?1", {user_}, numberAt);
}

Result<void> SyncLedger::begin() {
    static constexpr std::array<std::string_view, 8> kAll = {
        "INSERT INTO sync_absorbed SELECT ?1, coalesce(max(seq), 0), '' FROM events WHERE user_id = ?1",
        "INSERT INTO sync_pending SELECT user_id, 'item', media_id, 'rating', updated_at FROM user_library "
        "WHERE user_id = ?1 AND rating IS NOT NULL",
        "INSERT INTO sync_pending SELECT user_id, 'item', media_id, 'favourite', updated_at FROM user_library "
        "WHERE user_id = ?1 AND favourite = 1",
        "INSERT INTO sync_pending SELECT user_id, 'item', media_id, 'watched', updated_at FROM user_library "
        "WHERE user_id = ?1 AND watched = 1",
        "INSERT INTO sync_pending SELECT user_id, 'item', media_id, 'plays', coalesce(last_played_at, 0) "
        "FROM user_library WHERE user_id = ?1 AND play_count > 0",
        "INSERT INTO sync_pending SELECT user_id, 'item', media_id, 'played_at', last_played_at FROM user_library "
        "WHERE user_id = ?1 AND last_played_at IS NOT NULL",
        "INSERT INTO sync_pending SELECT user_id, 'item', media_id, 'position', updated_at FROM resume_positions "
        "WHERE user_id = ?1 AND position > 0",
        "INSERT INTO sync_pending SELECT owner_id, 'playlist', id, 'all', updated_at FROM playlists "
        "WHERE owner_id = ?1"};
    Result<void> done;
    for (std::size_t i = 0; done && i < kAll.size(); ++i) {
        done = session_.run(kAll[i], {user_});
    }
    return done;
}

Result<void> SyncLedger::setAbsorbed(std::int64_t seq) {
    return session_.run("UPDATE sync_absorbed SET seq = ?2 WHERE user_id = ?1", {user_, seq});
}

Result<std::int64_t> SyncLedger::lastEvent() {
    const auto last = session_.first("SELECT coalesce(max(seq), 0) FROM events WHERE user_id = ?1", {user_}, numberAt);
    return last ? Result<std::int64_t>(last->value_or(0)) : unexpected<Error>(last.error());
}

Result<std::vector<SyncLedger::Pending>> SyncLedger::pending(std::size_t most) {
    return session_.all(
        "SELECT kind, id, cell, at FROM sync_pending WHERE user_id = ?1 ORDER BY kind, id, cell LIMIT ?2",
        {user_, static_cast<std::int64_t>(most)}, [](const Row& row) {
            return Pending{{row.string(0), row.string(1)}, row.string(2), row.integer(3)};
        });
}

Result<void> SyncLedger::forget(const Pending& one) {
    return session_.run("DELETE FROM sync_pending WHERE user_id = ?1 AND kind = ?2 AND id = ?3 AND cell = ?4",
                        {user_, one.key.kind, one.key.id, one.cell});
}

Result<void> SyncLedger::forgetPending() {
    return session_.run("DELETE FROM sync_pending WHERE user_id = ?1", {user_});
}

Result<bool> SyncLedger::isBehind() {
    const auto behind = session_.first(
        "SELECT NOT EXISTS (SELECT 1 FROM sync_absorbed a WHERE a.user_id = ?1 AND a.seq >= "
        "(SELECT coalesce(max(seq), 0) FROM events WHERE user_id = ?1)) "
        "OR EXISTS (SELECT 1 FROM sync_pending WHERE user_id = ?1) "
        "OR NOT EXISTS (SELECT 1 FROM sync_replicas WHERE owner_id = ?1 AND replica_id <> '')",
        {user_}, numberAt);
    return behind ? Result<bool>(behind->value_or(1) != 0) : unexpected<Error>(behind.error());
}

Result<sync::Policy> SyncLedger::policy() {
    const auto names = session_.first(
        "SELECT json_extract(body, '$.\"sync.item\"'), json_extract(body, '$.\"sync.playlist\"') FROM preferences "
        "WHERE user_id = ?1 AND login_id = ''",
        {user_}, [](const Row& row) { return std::pair(row.string(0), row.string(1)); });
    if (!names) {
        return unexpected<Error>(names.error());
    }
    sync::Policy policy;
    const auto [item, playlist] = names->value_or(std::pair<std::string, std::string>());
    if (const auto strategy = sync::strategyByName(item)) {
        policy.byKind["item"] = *strategy;
    }
    if (const auto strategy = sync::strategyByName(playlist)) {
        policy.byKind["playlist"] = *strategy;
    }
    return policy;
}

Result<std::string> SyncLedger::policyBefore() {
    const auto text = session_.first("SELECT policy FROM sync_absorbed WHERE user_id = ?1", {user_},
                                     [](const Row& row) { return row.string(0); });
    return text ? Result<std::string>(text->value_or("")) : unexpected<Error>(text.error());
}

Result<void> SyncLedger::setPolicy(const std::string& text) {
    return session_.run("UPDATE sync_absorbed SET policy = ?2 WHERE user_id = ?1", {user_, text});
}

Result<SyncLedger::Whose> SyncLedger::whosePlaylist(const core::Id& id) {
    const auto own = session_.first("SELECT owner_id = ?1 FROM playlists WHERE id = ?2", {user_, id}, numberAt);
    if (!own) {
        return unexpected<Error>(own.error());
    }
    return !*own ? Whose::Nobodys : **own != 0 ? Whose::Own : Whose::Others;
}

Result<std::size_t> SyncLedger::playlistCount() {
    const auto count = session_.first("SELECT count(*) FROM playlists WHERE owner_id = ?1", {user_}, numberAt);
    return count ? Result<std::size_t>(static_cast<std::size_t>(count->value_or(0))) : unexpected<Error>(count.error());
}

std::string policyText(const sync::Policy& policy) {
    return std::string(sync::name(policy.of("item"))) + " " + sync::name(policy.of("playlist"));
}

}  // namespace marea::server
