#pragma once

#include <cstddef>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/base/clock.h"
#include "server/gateway/forwarded.h"

namespace marea::server {

// Failed tries per key (a user, an address): after `allowed` of them each further failure closes the key for a time
// that doubles from `firstWait` to `maxWait`. Success, or `maxWait` without a failure, forgives. Bounded. Thread-safe.
class AttemptLimits {
public:
    struct Rule {
        int allowed = 5;
        core::TimeMs firstWait = 15'000;
        core::TimeMs maxWait = 900'000;
    };
    explicit AttemptLimits(Rule rule) : rule_(rule) {}

    // How long until the key may try again; nullopt when it may now.
    std::optional<core::TimeMs> wait(const std::string& key, core::TimeMs now) const;
    void failed(const std::string& key, core::TimeMs now);
    void succeeded(const std::string& key);

    static constexpr std::size_t kMaxKeys = 20'000;

private:
    struct Tries {
        int failures = 0;
        core::TimeMs last = 0, closedUntil = 0;
    };
    void makeRoom(core::TimeMs now);

    Rule rule_;
    mutable std::mutex mutex_;
    std::unordered_map<std::string, Tries> tries_;
};

}  // namespace marea::server
