#include "server/outbound/retry.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "server/gateway/conditional.h"

namespace marea::server {

using core::ErrorCode;
using core::TimeMs;

namespace {

constexpr TimeMs kLongestTold = TimeMs{30} * 24 * 3600 * 1000;

bool mayPass(const core::Result<OutboundAnswer>& outcome) {
    if (outcome) {
        return outcome->status == 429 || outcome->status == 502 || outcome->status == 503 || outcome->status == 504;
    }
    const ErrorCode code = outcome.error().code;
    return code == ErrorCode::Timeout || code == ErrorCode::Unavailable || code == ErrorCode::Corrupt;
}

}  // namespace

std::optional<TimeMs> retryAfter(const Headers& headers, TimeMs wallClock) {
    const auto field = headers.find("retry-after");
    if (!field) {
        return std::nullopt;
    }
    if (const auto date = parseHttpDate(*field)) {
        return std::clamp<TimeMs>(*date - wallClock, 0, kLongestTold);
    }
    std::int64_t seconds = 0;
    const auto [end, error] = std::from_chars(field->data(), field->data() + field->size(), seconds);
    const bool number = error == std::errc() && end == field->data() + field->size() && seconds >= 0;
    return number ? std::optional(std::min(seconds, kLongestTold / 1000) * 1000) : std::nullopt;
}

TimeMs backOff(int tried, double dice, TimeMs first, TimeMs longest) {
    const double whole = static_cast<double>(first) * std::exp2(std::clamp(tried - 1, 0, 40));
    const double wait = std::min(whole, static_cast<double>(longest));
    return std::llround(wait * (1 - std::clamp(dice, 0.0, 1.0) / 2));
}

std::optional<TimeMs> waitBeforeRetry(const OutboundRequest& request, const core::Result<OutboundAnswer>& outcome,
                                      int tried, double dice, TimeMs wallClock, const RetryOptions& options) {
    if (!request.repeatable || tried >= options.tries || !mayPass(outcome)) {
        return std::nullopt;
    }
    const auto told = outcome ? retryAfter(outcome->headers, wallClock) : std::nullopt;
    if (told && *told > options.longest) {
        return std::nullopt;
    }
    return std::max(told.value_or(0), backOff(tried, dice, options.first, options.longest));
}

}  // namespace marea::server
