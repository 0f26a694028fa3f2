#include "server/apps/scrobbling/scrobblestore.h"

namespace marea::server::scrobblestore {

using core::TimeMs;
using core::db::Row;

namespace {

using Bytes = std::span<const std::uint8_t>;

Scrobbler scrobblerFrom(const Row& row) {
    Scrobbler one;
    one.userId = row.string(0);
    one.address = row.string(1);
    const auto sealed = row.blob(2);
    one.sealed.assign(sealed.begin(), sealed.end());
    one.toldUntil = row.integer(3);
    one.told = row.integer(4);
    one.paused = row.string(5);
    one.failures = static_cast<int>(row.integer(6));
    one.nextTry = row.integer(7);
    one.lastError = row.string(8);
    one.lastToldAt = row.optionalInteger(9);
    return one;
}

Result<std::int64_t> lastEvent(Session& session, const core::Id& userId) {
    return session
        .first("SELECT coalesce(max(seq), 0) FROM events WHERE user_id = ?1", {userId},
               [](const Row& row) { return row.integer(0); })
        .map([](const auto& last) { return last.value_or(0); });
}

}  // namespace

Result<std::optional<Scrobbler>> find(Session& session, const core::Id& userId) {
    return session.first(
        "SELECT user_id, address, sealed, told_until, told, paused, failures, next_try, last_error, last_told_at "
        "FROM scrobblers WHERE user_id = ?1",
        {userId}, scrobblerFrom);
}

Result<void> put(Session& session, const core::Id& userId, std::string_view address, const core::db::Blob& sealed,
                 TimeMs now) {
    const auto last = lastEvent(session, userId);
    return last ? session.run(
                      "INSERT INTO scrobblers(user_id, address, sealed, told_until, created_at) "
                      "VALUES(?1, ?2, ?3, ?4, ?5) ON CONFLICT(user_id) DO UPDATE SET address = excluded.address, "
                      "sealed = excluded.sealed, paused = '', failures = 0, next_try = 0, last_error = ''",
                      {userId, address, Bytes(sealed), *last, now})
                : core::unexpected<core::Error>(last.error());
}

Result<bool> remove(Session& session, const core::Id& userId) {
    return session.run("DELETE FROM scrobblers WHERE user_id = ?1", {userId}).map([&] {
        return session.changes() > 0;
    });
}

Result<std::vector<core::Id>> due(Session& session, TimeMs now, std::int64_t most) {
    return session.all(
        "SELECT s.user_id FROM scrobblers s WHERE s.paused = '' AND s.next_try <= ?1 AND EXISTS (SELECT 1 FROM events "
        "e "
        "WHERE e.user_id = s.user_id AND e.seq > s.told_until) ORDER BY s.next_try, s.user_id LIMIT ?2",
        {now, most}, [](const Row& row) { return row.string(0); });
}

Result<WaitingListens> waiting(Session& session, const core::Id& userId, std::int64_t after, std::int64_t most) {
    const auto last = lastEvent(session, userId);
    auto listens = session.all(
        "SELECT e.seq, e.media_id, json_extract(e.data, '$.started_at') FROM events e WHERE e.user_id = ?1 AND "
        "e.seq > ?2 AND e.type = 'PLAYED' AND json_extract(e.data, '$.counted') AND NOT EXISTS (SELECT 1 FROM events u "
        "WHERE u.user_id = ?1 AND u.undoes = e.seq) ORDER BY e.seq LIMIT ?3",
        {userId, after, most}, [](const Row& row) {
            return WaitingListen{row.integer(0), row.string(1), row.integer(2)};
        });
    if (!last || !listens) {
        return core::unexpected<core::Error>(last ? listens.error() : last.error());
    }
    const bool all = static_cast<std::int64_t>(listens->size()) < most;
    const std::int64_t until = all ? *last : listens->back().seq;
    return WaitingListens{std::move(*listens), until};
}

Result<std::int64_t> waitingCount(Session& session, const Scrobbler& scrobbler) {
    return session
        .first(
            "SELECT count(*) FROM (SELECT 1 FROM events e JOIN media_items m ON m.id = e.media_id AND m.kind = 'track' "
            "WHERE e.user_id = ?1 AND e.seq > ?2 AND e.type = 'PLAYED' AND json_extract(e.data, '$.counted') AND "
            "NOT EXISTS (SELECT 1 FROM events u WHERE u.user_id = ?1 AND u.undoes = e.seq) LIMIT 10000)",
            {scrobbler.userId, scrobbler.toldUntil}, [](const Row& row) { return row.integer(0); })
        .map([](const auto& count) { return count.value_or(0); });
}

Result<void> noteTold(Session& session, const Scrobbler& asOf, std::int64_t until, std::int64_t count, TimeMs now) {
    return session.run(
        "UPDATE scrobblers SET told_until = ?3, told = told + ?4, failures = 0, next_try = 0, last_error = '', "
        "last_told_at = CASE WHEN ?4 > 0 THEN ?5 ELSE last_told_at END WHERE user_id = ?1 AND sealed = ?2 AND "
        "told_until < ?3",
        {asOf.userId, Bytes(asOf.sealed), until, count, now});
}

Result<void> noteFailure(Session& session, const Scrobbler& asOf, std::string_view words, TimeMs nextTry) {
    return session.run(
        "UPDATE scrobblers SET failures = failures + 1, next_try = ?3, last_error = ?4 WHERE user_id = ?1 AND "
        "sealed = ?2",
        {asOf.userId, Bytes(asOf.sealed), nextTry, words});
}

Result<void> notePaused(Session& session, const Scrobbler& asOf, std::string_view why, std::string_view words) {
    return session.run("UPDATE scrobblers SET paused = ?3, last_error = ?4 WHERE user_id = ?1 AND sealed = ?2",
                       {asOf.userId, Bytes(asOf.sealed), why, words});
}

}  // namespace marea::server::scrobblestore
