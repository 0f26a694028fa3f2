#include "server/gateway/ratelimits.h"

#include <algorithm>
#include <cmath>

#include "server/gateway/forwarded.h"

namespace marea::server {

TokenBuckets::TokenBuckets(unsigned perSecond, std::size_t most)
    : perMs_(perSecond / 1000.0), full_(static_cast<double>(perSecond) * kBurstSeconds), most_(most) {}

TokenBuckets::Bucket& TokenBuckets::bucketOf(std::string_view key, std::int64_t now) {
    if (const auto found = byKey_.find(key); found != byKey_.end()) {
        used_.splice(used_.begin(), used_, found->second);
        return used_.front();
    }
    if (used_.size() >= most_) {
        byKey_.erase(used_.back().key);
        used_.pop_back();
    }
    used_.push_front({std::string(key), full_, now});
    byKey_.emplace(used_.front().key, used_.begin());
    return used_.front();
}

std::optional<std::int64_t> TokenBuckets::take(std::string_view key, std::int64_t now) {
    if (perMs_ == 0) {
        return std::nullopt;
    }
    const std::lock_guard lock(mutex_);
    Bucket& bucket = bucketOf(key, now);
    bucket.tokens =
        std::min(full_, bucket.tokens + static_cast<double>(std::max<std::int64_t>(0, now - bucket.at)) * perMs_);
    bucket.at = now;
    if (bucket.tokens >= 1) {
        bucket.tokens -= 1;
        return std::nullopt;
    }
    return static_cast<std::int64_t>(std::ceil((1 - bucket.tokens) / perMs_));
}

RateLimits::RateLimits(const RateOptions& options, std::uint64_t refused)
    : addresses_(options.perAddress),
      users_(options.perUser),
      searches_(options.searchesPerUser),
      starts_(options.playbackStartsPerUser),
      refused_(refused) {}

std::optional<std::int64_t> RateLimits::counted(std::optional<std::int64_t> wait) {
    refused_.fetch_add(wait ? 1 : 0, std::memory_order_relaxed);
    return wait;
}

std::optional<std::int64_t> RateLimits::address(std::string_view peer, bool isProxy, std::int64_t now) {
    return isProxy || isLoopback(peer) ? std::nullopt : counted(addresses_.take(addressKey(peer), now));
}

std::optional<std::int64_t> RateLimits::user(std::string_view userId, std::string_view peer, RateClass rate,
                                             std::int64_t now) {
    if (isLoopback(peer)) {
        return std::nullopt;
    }
    if (rate == RateClass::Search || rate == RateClass::Playback) {
        if (const auto wait = (rate == RateClass::Search ? searches_ : starts_).take(userId, now)) {
            return counted(wait);
        }
    }
    return counted(users_.take(userId, now));
}

}  // namespace marea::server
