#include "server/apps/store/stripewords.h"

#include <algorithm>
#include <array>

#include "core/base/json.h"
#include "core/base/jsonfields.h"

namespace marea::server::store {

namespace json = core::json;
using core::ErrorCode;
using core::fail;
using core::Result;

namespace {

// Counted with other digits there than in ISO 4217.
constexpr std::array<std::string_view, 3> kOtherwise = {"ISK", "MGA", "UGX"};

std::string escaped(std::string_view text) {
    constexpr char kHex[] = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
                           c == '_' || c == '.' || c == '~';
        out += plain ? std::string(1, c) : std::string{'%', kHex[byte >> 4], kHex[byte & 15]};
    }
    return out;
}

std::string form(const std::vector<std::pair<std::string, std::string>>& fields) {
    std::string body;
    for (const auto& [key, value] : fields) {
        body += (body.empty() ? "" : "&") + escaped(key) + "=" + escaped(value);
    }
    return body;
}

std::string cased(std::string text, char from, char to, int by) {
    for (char& c : text) {
        c = c >= from && c <= to ? static_cast<char>(c + by) : c;
    }
    return text;
}
std::string lower(const std::string& text) {
    return cased(text, 'A', 'Z', 32);
}
std::string upper(const std::string& text) {
    return cased(text, 'a', 'z', -32);
}

std::string textOf(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

const json::object* objectOf(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    return value ? value->if_object() : nullptr;
}

std::int64_t numberOf(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    return value && value->is_int64() ? value->get_int64() : 0;
}

bool isTrue(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    return value && value->is_bool() && value->get_bool();
}

Id orderOf(const json::object& object) {
    const json::object* metadata = objectOf(object, "metadata");
    const Id named = metadata ? textOf(*metadata, "order_id") : Id();
    return core::isId(named) ? named : Id();
}

Result<json::object> parsed(std::string_view body) {
    auto value = core::parseJson(body);
    return value && value->is_object()
               ? Result<json::object>(std::move(value->get_object()))
               : fail(ErrorCode::Corrupt, "The payment provider answers what cannot be read.", "no JSON object");
}

// Of a charge: whole, or so much of it so far.
void readRefund(const json::object& charge, PaymentNews& news) {
    if (isTrue(charge, "refunded")) {
        news.facts.push_back(OrderFact::Refunded);
    } else if (const std::int64_t minor = numberOf(charge, "amount_refunded"); minor > 0) {
        news.refunded = Money{minor, upper(textOf(charge, "currency"))};
    }
}

Money paidOf(const json::object& session) {
    return {numberOf(session, "amount_total"), upper(textOf(session, "currency"))};
}

StripeSession sessionOf(const json::object& object) {
    StripeSession session;
    session.id = textOf(object, "id");
    session.url = textOf(object, "url");
    session.order = orderOf(object);
    session.paymentIntent = textOf(object, "payment_intent");
    if (const json::object* intent = objectOf(object, "payment_intent")) {
        session.paymentIntent = textOf(*intent, "id");
        if (const json::object* charge = objectOf(*intent, "latest_charge")) {
            readRefund(*charge, session.news);
        }
    }
    session.news.payment = session.paymentIntent;
    if (textOf(object, "payment_status") == "paid") {
        session.news.facts.push_back(OrderFact::Paid);
        session.news.paid = paidOf(object);
    }
    if (textOf(object, "status") == "expired") {
        session.news.facts.push_back(OrderFact::Expired);
    }
    return session;
}

// What an event of that type says of its object.
PaymentNews newsOf(const std::string& type, const json::object& object) {
    if (type == "checkout.session.async_payment_failed") {
        return {{OrderFact::Failed}, {}, {}};
    }
    if (type == "charge.refunded") {
        PaymentNews news;
        readRefund(object, news);
        news.payment = textOf(object, "payment_intent");
        return news;
    }
    return type.starts_with("checkout.session.") ? sessionOf(object).news : PaymentNews();
}

// nullopt: it is none, or an inquiry, before which the bank takes nothing back ("warning_…"), or one that came to
// nothing.
std::optional<Dispute> disputeOf(const json::object& object) {
    const std::string status = textOf(object, "status");
    const bool inquiry = status.empty() || status.starts_with("warning_") || status == "prevented";
    Dispute dispute;
    dispute.id = textOf(object, "id");
    dispute.payment = textOf(object, "payment_intent");
    dispute.amount = {numberOf(object, "amount"), upper(textOf(object, "currency"))};
    dispute.state = disputeState(status).value_or(DisputeState::Open);
    const bool whole = !dispute.id.empty() && dispute.id.size() <= 255 && !dispute.payment.empty() &&
                       dispute.amount.minor > 0 && core::store::isCurrency(dispute.amount.currency);
    return whole && !inquiry ? std::optional(std::move(dispute)) : std::nullopt;
}

}  // namespace

bool stripeTakes(std::string_view currency) {
    return std::find(kOtherwise.begin(), kOtherwise.end(), currency) == kOtherwise.end();
}

std::string sessionForm(const Order& order, const StripeReturn& back) {
    return form({{"mode", "payment"},
                 {"client_reference_id", order.id},
                 {"metadata[order_id]", order.id},
                 {"payment_intent_data[metadata][order_id]", order.id},
                 {"line_items[0][quantity]", "1"},
                 {"line_items[0][price_data][currency]", lower(order.price.currency)},
                 {"line_items[0][price_data][unit_amount]", std::to_string(order.price.minor)},
                 {"line_items[0][price_data][product_data][name]", order.title},
                 {"expires_at", std::to_string(order.expiresAt / 1000)},
                 {"success_url", back.success},
                 {"cancel_url", back.cancel}});
}

std::string refundForm(const std::string& paymentIntent, const Id& order) {
    return form({{"payment_intent", paymentIntent}, {"metadata[order_id]", order}});
}

Result<StripeSession> stripeSession(std::string_view body) {
    const auto object = parsed(body);
    if (!object) {
        return core::unexpected<core::Error>(object.error());
    }
    StripeSession session = sessionOf(*object);
    const bool word = std::all_of(session.id.begin(), session.id.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    });  // it goes into addresses
    return session.id.empty() || !word
               ? fail(ErrorCode::Corrupt, "The payment provider answers what cannot be read.", "no session")
               : Result<StripeSession>(std::move(session));
}

Result<PaymentNews> stripeRefund(std::string_view body) {
    const auto object = parsed(body);
    if (!object) {
        return core::unexpected<core::Error>(object.error());
    }
    const std::string status = textOf(*object, "status");
    if (status == "failed" || status == "canceled") {
        return fail(ErrorCode::Unprocessable, "The payment provider did not give it back.", status);
    }
    return PaymentNews{status == "succeeded" ? std::vector{OrderFact::Refunded} : std::vector<OrderFact>(), {}, status};
}

Result<PaymentMessage> stripeEvent(std::string_view body) {
    const auto object = parsed(body);
    const json::object* data = object ? objectOf(*object, "data") : nullptr;
    const json::object* about = data ? objectOf(*data, "object") : nullptr;
    PaymentMessage message;
    message.eventId = object ? textOf(*object, "id") : std::string();
    message.type = object ? textOf(*object, "type") : std::string();
    if (!about || message.eventId.empty() || message.eventId.size() > 255 || message.type.empty() ||
        message.type.size() > 255) {
        return fail(ErrorCode::Invalid, "This is no event.");
    }
    if (message.type.starts_with("charge.dispute.")) {  // names no order, but the payment
        message.dispute = disputeOf(*about);
        return message;
    }
    message.order = orderOf(*about);
    message.news = newsOf(message.type, *about);
    return message;
}

}  // namespace marea::server::store
