#include "server/apps/store/orderjson.h"

#include "core/base/jsonfields.h"
#include "server/apps/identity/errorof.h"

namespace marea::server::store {

namespace json = core::json;
using core::Result;

Result<OrderWish> parseOrderWish(std::string_view body) {
    const auto value = core::parseJson(body);
    if (!value) {
        return errorOf(value);
    }
    core::JsonFields fields(*value, "");
    OrderWish wish;
    fields.require("product_id");
    wish.product = fields.text("product_id", 64).value_or("");
    wish.currency = fields.text("currency", 3).value_or("");
    wish.provider = fields.text("provider", 32).value_or("wallet");
    wish.giftTo = fields.text("gift_to", 256).value_or("");
    wish.amount = fields.integer("amount", 0, core::store::kMostMinor);
    if (!wish.currency.empty() && !core::store::isCurrency(wish.currency)) {
        fields.wrong("currency", "must be a code like EUR");
    }
    auto done = fields.finish();
    return done ? Result<OrderWish>(std::move(wish)) : errorOf(done);
}

std::string wishText(const OrderWish& wish) {
    return json::serialize(
        json::array{wish.product, wish.currency, wish.provider, wish.giftTo, core::jsonOrNull(wish.amount)});
}

json::object moneyJson(const Money& money) {
    return {{"amount", money.minor}, {"currency", money.currency}};
}

json::object orderJson(const Order& order, const std::vector<OrderEvent>& events, const std::string& checkout) {
    json::array history, items;
    for (const OrderEvent& event : events) {
        history.push_back(json::object{{"at", event.at}, {"event", event.fact}, {"state", event.state}});
    }
    for (const Id& media : order.items) {
        items.emplace_back(media);
    }
    return {{"id", order.id},
            {"state", name(order.state())},
            {"product_id", order.product},
            {"title", order.title},
            {"media_ids", std::move(items)},
            {"provider", order.provider},
            {"price", moneyJson(order.price)},
            {"recipient_id", order.recipient},
            {"gift", order.isGift()},
            {"starts_at", order.startsAt},
            {"created_at", order.createdAt},
            {"expires_at",
             order.facts.charged() || order.facts.over() ? json::value(nullptr) : json::value(order.expiresAt)},
            {"paid_at", core::jsonOrNull(order.paidAt)},
            {"receipt", core::jsonOrNull(order.receipt)},
            {"refund_pending", order.refundWantedAt.has_value()},
            {"refunded", order.facts.has(OrderFact::Refunded) ? order.price.minor : order.refunded},
            {"disputed", order.disputedAt.has_value()},
            {"checkout_url", core::jsonOrNull(checkout)},
            {"history", std::move(history)}};
}

}  // namespace marea::server::store
