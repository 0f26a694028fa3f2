#include "server/apps/store/entitlementstore.h"

#include "server/apps/identity/errorof.h"

namespace marea::server::store::entitlementstore {

using core::db::Row;

namespace {

// ?1 the person, ?2 now. What was bought with all that is below it (bought = 1), and what that is in (0).
constexpr std::string_view kAccess =
    "INSERT INTO store_access(user_id, item, bought) "
    "WITH RECURSIVE named(id) AS (SELECT x.media_id FROM entitlements e JOIN entitlement_items x ON x.order_id = "
    "e.order_id JOIN orders o ON o.id = e.order_id WHERE e.user_id = ?1 AND e.revoked_at IS NULL AND e.starts_at <= ?2 "
    "AND o.refund_wanted_at IS NULL AND o.disputed_at IS NULL), "
    "own(num) AS (SELECT i.num FROM named n JOIN media_items i ON i.id = n.id "
    "UNION SELECT i.num FROM named n JOIN media_items i ON i.album_id = n.id "
    "UNION SELECT i.num FROM named n JOIN media_items i ON i.season_id = n.id "
    "UNION SELECT i.num FROM named n JOIN media_items i ON i.series_id = n.id), "
    "up(num) AS (SELECT num FROM own UNION SELECT p.num FROM up u JOIN media_items i ON i.num = u.num JOIN media_items "
    "p ON p.id IN (i.album_id, i.artist_id, i.season_id, i.series_id)) "
    "SELECT ?1, num, num IN (SELECT num FROM own) FROM up WHERE EXISTS (SELECT 1 FROM users WHERE id = ?1)";

}  // namespace

Result<void> grant(Session& session, const Order& order, TimeMs now) {
    auto done = session.run(
        "INSERT INTO entitlements(order_id, user_id, product_id, granted_at, starts_at) VALUES (?1, ?2, ?3, ?4, ?5)",
        {order.id, order.recipient, order.product, now, order.startsAt});
    for (const Id& media : order.items) {
        done = done ? session.run("INSERT OR IGNORE INTO entitlement_items(order_id, media_id) VALUES (?1, ?2)",
                                  {order.id, media})
                    : done;
    }
    return done;
}

Result<void> revoke(Session& session, const Id& order, TimeMs now) {
    return session.run("UPDATE entitlements SET revoked_at = ?2 WHERE order_id = ?1 AND revoked_at IS NULL",
                       {order, now});
}

Result<std::optional<Entitlement>> ofOrder(Session& session, const Id& order) {
    return session.first(
        "SELECT granted_at, starts_at, revoked_at, used_at FROM entitlements WHERE order_id = ?1", {order},
        [](const Row& row) {
            return Entitlement{row.integer(0), row.integer(1), row.optionalInteger(2), row.optionalInteger(3)};
        });
}

Result<bool> holds(Session& session, const Id& user, const Id& product) {
    auto found =
        session.first("SELECT 1 FROM entitlements WHERE user_id = ?1 AND product_id = ?2 AND revoked_at IS NULL",
                      {user, product}, [](const Row&) { return true; });
    return found ? Result<bool>(found->has_value()) : errorOf(found);
}

Result<bool> givenBy(Session& session, const Id& giver, const Id& user, const Id& product) {
    auto found = session.first(
        "SELECT 1 FROM entitlements e JOIN orders o ON o.id = e.order_id WHERE o.user_id = ?1 AND e.user_id = ?2 AND "
        "e.product_id = ?3 AND e.revoked_at IS NULL",
        {giver, user, product}, [](const Row&) { return true; });
    return found ? Result<bool>(found->has_value()) : errorOf(found);
}

// What others gave, or what a recipient bought, is not the giver's to know: of a gift only their own count.
Result<bool> holdsBesides(Session& session, const Order& order) {
    auto found = session.first(
        "SELECT 1 FROM entitlements e JOIN orders o ON o.id = e.order_id WHERE e.user_id = ?1 AND e.product_id = ?2 "
        "AND e.order_id <> ?3 AND e.revoked_at IS NULL AND o.refund_wanted_at IS NULL AND (?4 = ?1 OR o.user_id = ?4)",
        {order.recipient, order.product, order.id, order.buyer}, [](const Row&) { return true; });
    return found ? Result<bool>(found->has_value()) : errorOf(found);
}

// What they still have goes before what they had, the latest first.
Result<std::optional<Withheld>> withheld(Session& session, const Id& user, const Id& product) {
    const auto found = session.first(
        "SELECT o.facts, o.refund_wanted_at IS NOT NULL, o.disputed_at IS NOT NULL FROM entitlements e JOIN orders o "
        "ON o.id = e.order_id WHERE e.user_id = ?1 AND e.product_id = ?2 ORDER BY e.revoked_at IS NULL AND "
        "o.refund_wanted_at IS NULL AND o.disputed_at IS NULL DESC, e.order_id DESC LIMIT 1",
        {user, product}, [](const Row& row) -> std::optional<Withheld> {
            const OrderFacts facts(row.integer(0));
            return facts.has(OrderFact::Lost) ? std::optional(Withheld::DisputeLost)
                   : facts.reversed()         ? std::optional(Withheld::Refunded)
                   : row.boolean(2)           ? std::optional(Withheld::Disputed)
                   : row.boolean(1)           ? std::optional(Withheld::RefundPending)
                                              : std::nullopt;
        });
    return found ? Result<std::optional<Withheld>>(found->value_or(std::nullopt)) : errorOf(found);
}

Result<bool> hasUnused(Session& session, const Id& user) {
    auto found = session.first(
        "SELECT 1 FROM entitlements WHERE user_id = ?1 AND used_at IS NULL AND revoked_at IS NULL LIMIT 1", {user},
        [](const Row&) { return true; });
    return found ? Result<bool>(found->has_value()) : errorOf(found);
}

Result<bool> isPerson(Session& session, const Id& user) {
    auto found = session.first("SELECT 1 FROM users WHERE id = ?1", {user}, [](const Row&) { return true; });
    return found ? Result<bool>(found->has_value()) : errorOf(found);
}

Result<std::optional<std::string>> nameOf(Session& session, const Id& user) {
    return session.first("SELECT username FROM users WHERE id = ?1", {user},
                         [](const Row& row) { return row.string(0); });
}

Result<std::optional<Id>> personNamed(Session& session, const std::string& usernameKey) {
    return session.first("SELECT id FROM users WHERE username_key = ?1", {usernameKey},
                         [](const Row& row) { return row.string(0); });
}

Result<void> refresh(Session& session, const Id& user, TimeMs now) {
    auto done = session.run("DELETE FROM store_access WHERE user_id = ?1", {user});
    return done ? session.run(kAccess, {user, now}) : done;
}

Result<void> refreshAll(Session& session, TimeMs now) {
    const auto people = session.all("SELECT DISTINCT user_id FROM entitlements WHERE revoked_at IS NULL", {},
                                    [](const Row& row) { return row.string(0); });
    auto done = people ? Result<void>() : errorOf(people);
    for (std::size_t i = 0; done && i < people->size(); ++i) {
        done = refresh(session, (*people)[i], now);
    }
    return done;
}

Result<std::vector<Purchase>> purchases(Session& session, const Id& user, const Id& before, int limit) {
    return session.all(
        "SELECT e.order_id, e.product_id, x.media_id, o.title, o.user_id <> o.recipient, e.granted_at, e.starts_at "
        "FROM "
        "(SELECT * FROM entitlements WHERE user_id = ?1 AND revoked_at IS NULL AND (?2 = '' OR order_id < ?2) ORDER BY "
        "order_id DESC LIMIT ?3) e JOIN orders o ON o.id = e.order_id JOIN entitlement_items x ON x.order_id = "
        "e.order_id ORDER BY e.order_id DESC, x.media_id",
        {user, before, std::int64_t{limit}}, [](const Row& row) {
            return Purchase{row.string(0),  row.string(1),  row.string(2), row.string(3),
                            row.boolean(4), row.integer(5), row.integer(6)};
        });
}

}  // namespace marea::server::store::entitlementstore
