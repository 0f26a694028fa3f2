#pragma once

#include <atomic>
#include <cstdint>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "server/gateway/routepolicy.h"

namespace marea::server {

// Requests a second in the long run. 0: no limit. What `kBurstSeconds` allow may come at once.
struct RateOptions {
    unsigned perUser = 0, perAddress = 0;  // of all requests but those below /stream/
    unsigned searchesPerUser = 0;          // of RateClass::Search
    unsigned playbackStartsPerUser = 0;    // of RateClass::Playback
    bool operator==(const RateOptions&) const = default;
};

// Token buckets by key, full at first. Bounded: of more than `most` keys the longest unused goes. Thread-safe.
class TokenBuckets {
public:
    static constexpr int kBurstSeconds = 10;
    explicit TokenBuckets(unsigned perSecond, std::size_t most = 20'000);

    // Takes a token at `now` (ms of a steady clock); else how many milliseconds until there is one.
    std::optional<std::int64_t> take(std::string_view key, std::int64_t now);

private:
    struct Bucket {
        std::string key;
        double tokens;
        std::int64_t at;
    };
    Bucket& bucketOf(std::string_view key, std::int64_t now);

    const double perMs_, full_;
    const std::size_t most_;
    std::mutex mutex_;
    std::list<Bucket> used_;  // the last used first
    std::unordered_map<std::string_view, std::list<Bucket>::iterator> byKey_;
};

// Who may ask how often. Requests from this machine, and from proxies that do not say for whom, are not counted by
// address; those from this machine not by user either. Thread-safe.
class RateLimits {
public:
    // `refused`: that were refused before, by others in its place.
    explicit RateLimits(const RateOptions& options, std::uint64_t refused = 0);

    // Asked before it is known who asks, and after. Else how many milliseconds to wait.
    std::optional<std::int64_t> address(std::string_view peer, bool isProxy, std::int64_t now);
    std::optional<std::int64_t> user(std::string_view userId, std::string_view peer, RateClass rate, std::int64_t now);
    std::uint64_t refused() const { return refused_.load(std::memory_order_relaxed); }

private:
    std::optional<std::int64_t> counted(std::optional<std::int64_t> wait);

    TokenBuckets addresses_, users_, searches_, starts_;
    std::atomic<std::uint64_t> refused_ = 0;
};

}  // namespace marea::server
