#include "server/apps/store/licencestore.h"

#include "server/apps/identity/errorof.h"

namespace marea::server::store::licencestore {

using core::ErrorCode;
using core::db::Row;

namespace {

// Of the title i: the order's items are itself, or what it is in.
constexpr std::string_view kCovers = "x.media_id IN (i.id, i.album_id, i.season_id, i.series_id)";

}  // namespace

Result<Terms> terms(Session& session, const Viewer& viewer, const Id& media, const std::string& region, TimeMs now) {
    const std::string mine = viewer.shares ? std::string() : " AND e.user_id = ?1";
    const std::string entitling =
        " FROM entitlements e JOIN entitlement_items x ON x.order_id = e.order_id JOIN orders o ON o.id = e.order_id "
        "LEFT JOIN products p ON p.id = e.product_id WHERE e.revoked_at IS NULL AND e.starts_at <= ?4 AND "
        "o.refund_wanted_at IS NULL AND o.disputed_at IS NULL AND " +
        std::string(kCovers) + mine +
        " AND (p.id IS NULL OR p.territories = '[]' OR EXISTS (SELECT 1 FROM json_each(p.territories) t WHERE t.value "
        "= "
        "?3))";
    const std::string sql =
        "SELECT EXISTS (SELECT 1 FROM sale_libraries s WHERE s.library_id = i.library_id), EXISTS (SELECT 1" +
        entitling + "), (SELECT max(p.max_devices)" + entitling + ") FROM media_items i WHERE i.id = ?2" +
        visible(viewer);
    auto found =
        session.first(sql, {std::string_view(viewer.userId), std::string_view(media), std::string_view(region), now},
                      [](const Row& row) {
                          return Terms{row.boolean(0), row.boolean(1), row.optionalInteger(2)};
                      });
    if (!found) {
        return errorOf(found);
    }
    return *found ? Result<Terms>(**found) : core::fail(ErrorCode::NotFound, "There is no such title.");
}

Result<std::int64_t> otherDevices(Session& session, const Id& user, const Id& device, const Id& media, TimeMs now) {
    auto count = session.first(
        "SELECT count(DISTINCT l.login_id) FROM licences l WHERE l.user_id = ?1 AND l.media_id = ?2 AND l.login_id <> "
        "?3 "
        "AND l.revoked_at IS NULL AND l.expires_at > ?4 AND (l.offline OR EXISTS (SELECT 1 FROM logins d WHERE d.id = "
        "l.login_id))",
        {user, media, device, now}, [](const Row& row) { return row.integer(0); });
    return count ? Result<std::int64_t>(count->value_or(0)) : errorOf(count);
}

Result<Id> issue(Session& session, const Id& user, const Id& device, const Id& media, bool offline, TimeMs now,
                 TimeMs until) {
    auto done = session.run(
        "INSERT INTO licences(id, user_id, login_id, media_id, offline, issued_at, renewed_at, expires_at) VALUES (?1, "
        "?2, ?3, ?4, ?5, ?6, ?6, ?7) ON CONFLICT(user_id, media_id, login_id, offline) DO UPDATE SET renewed_at = "
        "excluded.renewed_at, expires_at = excluded.expires_at, revoked_at = NULL",
        {core::newId(now), user, device, media, std::int64_t{offline}, now, until});
    auto id = !done ? errorOf(done)
                    : session.first(
                          "SELECT id FROM licences WHERE user_id = ?1 AND media_id = ?2 AND login_id = ?3 AND "
                          "offline = ?4",
                          {user, media, device, std::int64_t{offline}}, [](const Row& row) { return row.string(0); });
    return id ? Result<Id>(id->value_or("")) : errorOf(id);
}

Result<std::vector<Licence>> ofUser(Session& session, const Viewer& viewer, const Id& before, int limit) {
    return session.all(
        "SELECT l.id, l.media_id, l.login_id, l.offline, l.issued_at, l.renewed_at, l.expires_at, l.revoked_at, EXISTS "
        "(SELECT 1 FROM media_items i WHERE i.id = l.media_id" +
            visible(viewer) +
            ") FROM licences l WHERE l.user_id = ?1 AND (?2 = '' OR l.id < ?2) ORDER BY l.id DESC LIMIT ?3",
        {std::string_view(viewer.userId), std::string_view(before), std::int64_t{limit}}, [](const Row& row) {
            return Licence{row.string(0),  row.string(1),  row.string(2),          row.boolean(3), row.integer(4),
                           row.integer(5), row.integer(6), row.optionalInteger(7), row.boolean(8)};
        });
}

Result<bool> revoke(Session& session, const Id& user, const Id& id, TimeMs now) {
    auto there = session.first("SELECT 1 FROM licences WHERE id = ?1 AND user_id = ?2", {id, user},
                               [](const Row&) { return true; });
    auto done = there && *there ? session.run(
                                      "UPDATE licences SET revoked_at = coalesce(revoked_at, ?3) WHERE id = ?1 "
                                      "AND user_id = ?2",
                                      {id, user, now})
                                : Result<void>();
    return there && done ? Result<bool>(there->has_value()) : there ? errorOf(done) : Result<bool>(errorOf(there));
}

Result<void> noteUsed(Session& session, const Id& user, const Id& media, TimeMs now) {
    return session.run(
        "UPDATE entitlements SET used_at = ?3 WHERE user_id = ?1 AND used_at IS NULL AND revoked_at IS NULL AND "
        "order_id "
        "IN (SELECT x.order_id FROM media_items i JOIN entitlement_items x ON " +
            std::string(kCovers) + " WHERE i.id = ?2)",
        {std::string_view(user), std::string_view(media), now});
}

Result<std::optional<Id>> userOfDevice(Session& session, const Id& device) {
    return session.first("SELECT user_id FROM logins WHERE id = ?1", {device},
                         [](const Row& row) { return row.string(0); });
}

Result<void> forget(Session& session, TimeMs endedBefore) {
    return session.run("DELETE FROM licences WHERE expires_at < ?1", {endedBefore});
}

}  // namespace marea::server::store::licencestore
