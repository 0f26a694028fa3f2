#include "server/apps/store/orderstore.h"

#include "server/apps/identity/errorof.h"
#include "server/apps/store/storedlists.h"

namespace marea::server::store::orderstore {

using core::ErrorCode;
using core::db::orNull;
using core::db::Row;
using core::db::Value;

namespace {

constexpr std::string_view kColumns =
    "SELECT id, user_id, recipient, product_id, title, items, provider, currency, amount, facts, starts_at, "
    "created_at, "
    "updated_at, expires_at, paid_at, receipt, refund_wanted_at, idempotency_key, request, refunded, disputed_at, "
    "payment FROM orders "
    "WHERE ";

core::db::Blob blobOf(const std::string& text) {
    return {text.begin(), text.end()};
}

std::string textOf(std::span<const std::uint8_t> bytes) {
    return {bytes.begin(), bytes.end()};
}

Order orderOf(const Row& row) {
    Order order;
    order.id = row.string(0);
    order.buyer = row.string(1);
    order.recipient = row.string(2);
    order.product = row.string(3);
    order.title = row.string(4);
    order.items = listFrom(row.text(5));
    order.provider = row.string(6);
    order.price = {row.integer(8), row.string(7)};
    order.facts = OrderFacts(row.integer(9));
    order.startsAt = row.integer(10);
    order.createdAt = row.integer(11);
    order.updatedAt = row.integer(12);
    order.expiresAt = row.integer(13);
    order.paidAt = row.optionalInteger(14);
    order.receipt = row.optionalInteger(15);
    order.refundWantedAt = row.optionalInteger(16);
    order.idempotencyKey = row.string(17);
    order.request = row.string(18);
    order.refunded = row.integer(19);
    order.disputedAt = row.optionalInteger(20);
    order.payment = textOf(row.blob(21));
    return order;
}

std::string selecting(std::string_view rest) {
    return std::string(kColumns) + std::string(rest);
}

Result<void> addEvent(Session& session, const Order& order, std::string_view fact) {
    return session.run(
        "INSERT INTO order_events(order_id, seq, at, fact, state) SELECT ?1, coalesce(max(seq), 0) + 1, ?2, ?3, ?4 "
        "FROM "
        "order_events WHERE order_id = ?1",
        {order.id, order.updatedAt, fact, name(order.state())});
}

}  // namespace

Result<void> add(Session& session, const Order& order) {
    const std::string items = listText(order.items);
    auto done = session.run(
        "INSERT INTO orders(id, user_id, recipient, product_id, title, items, provider, currency, amount, state, "
        "facts, "
        "starts_at, created_at, updated_at, expires_at, idempotency_key, request) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, "
        "?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
        {order.id, order.buyer, order.recipient, order.product, order.title, items, order.provider,
         order.price.currency, order.price.minor, name(order.state()), order.facts.bits(), order.startsAt,
         order.createdAt, order.updatedAt, order.expiresAt, order.idempotencyKey, order.request});
    return done ? addEvent(session, order, "created") : done;
}

Result<std::optional<Order>> find(Session& session, const Id& id) {
    static const std::string kSql = selecting("id = ?1");
    return session.first(kSql, {id}, orderOf);
}

Result<Order> ofAsker(Session& session, const Id& id, const Id& asker, bool owner) {
    static const std::string kSql = selecting("id = ?1 AND (user_id = ?2 OR ?3)");
    auto found = session.first(kSql, {id, asker, std::int64_t{owner}}, orderOf);
    if (!found) {
        return errorOf(found);
    }
    return *found ? Result<Order>(std::move(**found)) : core::fail(ErrorCode::NotFound, "There is no such order.");
}

Result<std::optional<Order>> byKey(Session& session, const Id& buyer, const std::string& key) {
    static const std::string kSql = selecting("user_id = ?1 AND idempotency_key = ?2");
    return session.first(kSql, {buyer, key}, orderOf);
}

Result<std::vector<Order>> ofBuyer(Session& session, const Id& buyer, const Id& before, int limit) {
    static const std::string kSql = selecting("user_id = ?1 AND (?2 = '' OR id < ?2) ORDER BY id DESC LIMIT ?3");
    return session.all(kSql, {buyer, before, std::int64_t{limit}}, orderOf);
}

Result<std::vector<OrderEvent>> events(Session& session, const Id& id) {
    return session.all("SELECT seq, at, fact, state FROM order_events WHERE order_id = ?1 ORDER BY seq", {id},
                       [](const Row& row) {
                           return OrderEvent{row.integer(0), row.integer(1), row.string(2), row.string(3)};
                       });
}

Result<void> note(Session& session, const Order& after, OrderFact fact) {
    auto done = session.run(
        "UPDATE orders SET state = ?2, facts = ?3, updated_at = ?4, paid_at = ?5, receipt = ?6, refund_wanted_at = ?7, "
        "disputed_at = ?8 WHERE id = ?1",
        {after.id, name(after.state()), after.facts.bits(), after.updatedAt, orNull(after.paidAt),
         orNull(after.receipt), orNull(after.refundWantedAt), orNull(after.disputedAt)});
    return done ? addEvent(session, after, name(fact)) : done;
}

Result<void> noteMoney(Session& session, const Order& after, std::string_view event) {
    auto done = session.run("UPDATE orders SET refunded = ?2, disputed_at = ?3, updated_at = ?4 WHERE id = ?1",
                            {after.id, after.refunded, orNull(after.disputedAt), after.updatedAt});
    return done ? addEvent(session, after, event) : done;
}

Result<void> setPayment(Session& session, const Order& after) {
    const core::db::Blob payment = blobOf(after.payment);
    return session.run("UPDATE orders SET payment = ?2 WHERE id = ?1",
                       {std::string_view(after.id), std::span<const std::uint8_t>(payment)});
}

Result<std::int64_t> nextReceipt(Session& session) {
    auto last = session.first("SELECT coalesce(max(receipt), 0) FROM orders", {},
                              [](const Row& row) { return row.integer(0); });
    return last ? Result<std::int64_t>(last->value_or(0) + 1) : errorOf(last);
}

Result<void> setPlace(Session& session, const Id& id, const SealedPlace& place) {
    const core::db::Blob reference = blobOf(place.reference), checkout = blobOf(place.checkout);
    return session.run(
        "UPDATE orders SET master = ?2, reference = ?3, checkout = ?4 WHERE id = ?1",
        {id, place.master, std::span<const std::uint8_t>(reference), std::span<const std::uint8_t>(checkout)});
}

Result<std::optional<SealedPlace>> place(Session& session, const Id& id) {
    return session.first("SELECT master, reference, checkout FROM orders WHERE id = ?1 AND master IS NOT NULL", {id},
                         [](const Row& row) {
                             return SealedPlace{row.string(0), textOf(row.blob(1)), textOf(row.blob(2))};
                         });
}

Result<void> setRefundWanted(Session& session, const Id& id, std::optional<TimeMs> at) {
    return session.run("UPDATE orders SET refund_wanted_at = ?2 WHERE id = ?1", {id, orNull(at)});
}

Result<std::vector<Order>> toDeliver(Session& session, TimeMs now, int most) {
    static const std::string kSql = selecting("state = 'paid' AND starts_at <= ?1 ORDER BY updated_at LIMIT ?2");
    return session.all(kSql, {now, std::int64_t{most}}, orderOf);
}

Result<std::vector<Order>> unpaid(Session& session, std::string_view provider, TimeMs changedBefore, int most) {
    static const std::string kSql =
        selecting("state IN ('created', 'pending') AND provider = ?1 AND updated_at < ?2 ORDER BY updated_at LIMIT ?3");
    return session.all(kSql, {provider, changedBefore, std::int64_t{most}}, orderOf);
}

Result<std::vector<Order>> needless(Session& session, const OrderMark& after, int most) {
    static const std::string kSql = selecting(
        "state IN ('created', 'pending') AND EXISTS (SELECT 1 FROM entitlements e JOIN orders p ON p.id = e.order_id "
        "WHERE e.user_id = orders.recipient AND e.product_id = orders.product_id AND e.order_id <> orders.id AND "
        "e.revoked_at IS NULL AND p.refund_wanted_at IS NULL AND (orders.user_id = orders.recipient OR p.user_id = "
        "orders.user_id)) AND (updated_at, id) > (?1, ?2) ORDER BY updated_at, id LIMIT ?3");
    return session.all(kSql, {after.updatedAt, after.id, std::int64_t{most}}, orderOf);
}

Result<std::vector<Order>> refunding(Session& session, TimeMs wantedBefore, int most) {
    static const std::string kSql = selecting("refund_wanted_at < ?1 ORDER BY refund_wanted_at LIMIT ?2");
    return session.all(kSql, {wantedBefore, std::int64_t{most}}, orderOf);
}

Result<std::vector<Order>> recent(Session& session, std::string_view provider, TimeMs since, int most) {
    static const std::string kSql = selecting("provider = ?1 AND created_at >= ?2 ORDER BY id DESC LIMIT ?3");
    return session.all(kSql, {provider, since, std::int64_t{most}}, orderOf);
}

Result<bool> toldBefore(Session& session, std::string_view provider, const std::string& event, const std::string& type,
                        const Id& order, TimeMs now) {
    auto done = session.run(
        "INSERT OR IGNORE INTO payment_events(provider, event_id, type, order_id, at) VALUES (?1, ?2, ?3, ?4, ?5)",
        {provider, event, type, core::db::textOrNull(order), now});
    return done ? Result<bool>(session.changes() == 0) : errorOf(done);
}

}  // namespace marea::server::store::orderstore
