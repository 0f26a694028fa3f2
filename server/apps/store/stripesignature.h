#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/base/result.h"

namespace marea::server::store {

constexpr core::TimeMs kStripeTolerance = core::TimeMs{300} * 1000;

// The signature of Stripe's webhooks: hexadecimal HMAC-SHA256 over "<seconds>.<body>".
std::string stripeSignature(std::string_view secret, std::int64_t seconds, std::string_view body);

// `header` is Stripe-Signature: "t=<seconds>,v1=<signature>[,v1=…]". One of the signatures has to be by one of the
// secrets, and its time within the tolerance of now. Compares in constant time. Unauthorized else.
core::Result<void> checkStripeSignature(std::string_view header, std::string_view body,
                                        const std::vector<std::string>& secrets, core::TimeMs now);

}  // namespace marea::server::store
