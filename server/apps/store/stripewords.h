#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"
#include "server/apps/store/paymentnews.h"

namespace marea::server::store {

// What is said to Stripe and by it (API of Checkout Sessions, refunds, events). Pure.

// Of currencies that Stripe counts otherwise than ISO 4217 nothing is sold through it.
bool stripeTakes(std::string_view currency);
struct StripeReturn {
    std::string success, cancel;  // addresses
};
std::string sessionForm(const Order& order, const StripeReturn& back);
std::string refundForm(const std::string& paymentIntent, const Id& order);

// A Checkout Session. Corrupt: it is none.
struct StripeSession {
    std::string id, url, paymentIntent;
    Id order;
    PaymentNews news;
};
core::Result<StripeSession> stripeSession(std::string_view body);
// A refund: whether the money is on its way back for sure. Unprocessable: it is not.
core::Result<PaymentNews> stripeRefund(std::string_view body);
// An event, of those kinds that concern us; others have no order. Invalid: it is none.
core::Result<PaymentMessage> stripeEvent(std::string_view body);

}  // namespace marea::server::store
