#pragma once

#include <optional>

#include "core/base/clock.h"
#include "server/outbound/outbound.h"

namespace marea::server {

struct RetryOptions {
    int tries = 3;
    core::TimeMs first = 500, longest = 30'000;
};

// When a request that came out so after `tried` tries is sent again, in ms; nullopt: it is not. A Retry-After is
// kept to where it is short enough, else the answer is the caller's. `dice` from 0 to 1; `wallClock` for dates. Pure.
std::optional<core::TimeMs> waitBeforeRetry(const OutboundRequest& request, const core::Result<OutboundAnswer>& outcome,
                                            int tried, double dice, core::TimeMs wallClock,
                                            const RetryOptions& options = {});

// What Retry-After says (RFC 9110 section 10.2.3), in ms from `wallClock` on; nullopt: nothing, or nothing proper.
std::optional<core::TimeMs> retryAfter(const Headers& headers, core::TimeMs wallClock);

// min(longest, first × 2^(tried-1)), of which `dice` takes up to a half away.
core::TimeMs backOff(int tried, double dice, core::TimeMs first, core::TimeMs longest);

}  // namespace marea::server
