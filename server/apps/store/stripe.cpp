#include "server/apps/store/stripe.h"

#include <algorithm>

#include "server/apps/identity/errorof.h"
#include "server/apps/store/stripesignature.h"

namespace marea::server::store {

using core::ErrorCode;
using core::fail;
using core::Result;

namespace {

constexpr std::size_t kMostAnswer = 256 * 1024;
constexpr const char* kSessions = "/v1/checkout/sessions";
constexpr const char* kRefunds = "/v1/refunds";
constexpr const char* kVersion = "2024-06-20";  // of the API, whose words are known here

// 409: the same request is under way; 401 is for the owner to mend, and no reason to give an order up.
Result<std::string> bodyOf(Result<OutboundAnswer> answer) {
    if (!answer) {
        return fail(ErrorCode::Unavailable, "The payment provider cannot be asked just now. Try again later.",
                    answer.error().detail);
    }
    const int status = answer->status;
    if (status >= 200 && status < 300) {
        return std::move(answer->body);
    }
    const bool later = status >= 500 || status == 429 || status == 409 || status == 401 || status == 403;
    return later ? fail(ErrorCode::Unavailable, "The payment provider cannot be asked just now. Try again later.",
                        "status " + std::to_string(status))
                 : fail(ErrorCode::Unprocessable, "The payment provider refuses this.",
                        "status " + std::to_string(status));
}

}  // namespace

void Stripe::send(Method method, const std::string& path, std::string form, const std::string& key, Answered done) {
    OutboundRequest request{.method = method, .url = options_.url + path};
    request.headers = {{"Authorization", "Bearer " + options_.key}, {"Stripe-Version", kVersion}};
    if (method == Method::Post) {
        request.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
        request.headers.emplace_back("Idempotency-Key", key);
    }
    request.body = std::move(form);
    request.mostBytes = kMostAnswer;
    outbound_.send(std::move(request),
                   [done = std::move(done)](Result<OutboundAnswer> answer) { done(bodyOf(std::move(answer))); });
}

Result<std::vector<OrderFact>> Stripe::atOnce(core::db::Session&, const Order& order) {
    return stripeTakes(order.price.currency)
               ? Result<std::vector<OrderFact>>(std::vector<OrderFact>())
               : fail(ErrorCode::Unprocessable, "That currency cannot be paid with Stripe here.");
}

void Stripe::begin(const Order& order, Placed done) {
    send(Method::Post, kSessions, sessionForm(order, options_.back), "marea-order-" + order.id,
         [done = std::move(done)](const Result<std::string>& body) {
             const auto made = body ? stripeSession(*body) : errorOf(body);
             done(made ? Result<PaymentPlace>(PaymentPlace{made->id, made->url}) : errorOf(made));
         });
}

void Stripe::session(const PaymentPlace& place, std::function<void(Result<StripeSession>)> done) {
    send(Method::Get, std::string(kSessions) + "/" + place.reference + "?expand%5B%5D=payment_intent.latest_charge", {},
         {}, [done = std::move(done)](const Result<std::string>& body) {
             done(body ? stripeSession(*body) : errorOf(body));
         });
}

void Stripe::ask(const Order&, const PaymentPlace& place, Told done) {
    session(place, [done = std::move(done)](const Result<StripeSession>& found) {
        done(found ? Result<PaymentNews>(found->news) : errorOf(found));
    });
}

// The payment is known by the session that it was made in.
void Stripe::refund(const Order& order, const PaymentPlace& place, Told done) {
    session(place, [this, id = order.id, done = std::move(done)](const Result<StripeSession>& found) {
        if (!found || found->paymentIntent.empty()) {
            done(found
                     ? Result<PaymentNews>(fail(ErrorCode::Unavailable, "The payment is not known yet.", "no payment"))
                     : errorOf(found));
            return;
        }
        if (std::find(found->news.facts.begin(), found->news.facts.end(), OrderFact::Refunded) !=
            found->news.facts.end()) {
            done(PaymentNews{{OrderFact::Refunded}, {}, {}});
            return;
        }
        send(Method::Post, kRefunds, refundForm(found->paymentIntent, id), "marea-refund-" + id,
             [done](const Result<std::string>& body) { done(body ? stripeRefund(*body) : errorOf(body)); });
    });
}

// Refused when it is open no more: then it says why.
void Stripe::close(const Order& order, const PaymentPlace& place, Told done) {
    send(Method::Post, std::string(kSessions) + "/" + place.reference + "/expire", {}, "marea-close-" + order.id,
         [this, order, place, done = std::move(done)](const Result<std::string>& body) {
             if (!body && body.error().code == ErrorCode::Unprocessable) {
                 return ask(order, place, done);
             }
             const auto closed = body ? stripeSession(*body) : errorOf(body);
             done(closed ? Result<PaymentNews>(closed->news) : errorOf(closed));
         });
}

Result<PaymentMessage> Stripe::read(const Request& request, TimeMs now) const {
    const auto header = request.headers.find("Stripe-Signature").value_or("");
    const auto good = checkStripeSignature(header, request.body, options_.secrets, now);
    return good ? stripeEvent(request.body) : errorOf(good);
}

}  // namespace marea::server::store
