#include "server/apps/identity/attemptlimits.h"

#include <algorithm>

namespace marea::server {

std::optional<core::TimeMs> AttemptLimits::wait(const std::string& key, core::TimeMs now) const {
    const std::lock_guard lock(mutex_);
    const auto found = tries_.find(key);
    if (found == tries_.end() || found->second.closedUntil <= now) {
        return std::nullopt;
    }
    if (found->second.closedUntil - now > rule_.maxWait) {
        return std::nullopt;  // the clock was put back: nobody is shut out for as long as that
    }
    return found->second.closedUntil - now;
}

void AttemptLimits::failed(const std::string& key, core::TimeMs now) {
    const std::lock_guard lock(mutex_);
    if (tries_.size() >= kMaxKeys && !tries_.contains(key)) {
        makeRoom(now);
    }
    Tries& tries = tries_[key];
    if (now - tries.last > rule_.maxWait || tries.last - now > rule_.maxWait) {
        tries = {};
    }
    tries.last = now;
    const int beyond = ++tries.failures - rule_.allowed;
    if (beyond >= 0) {
        tries.closedUntil = now + std::min(rule_.maxWait, rule_.firstWait << std::min(beyond, 16));
    }
}

void AttemptLimits::succeeded(const std::string& key) {
    const std::lock_guard lock(mutex_);
    tries_.erase(key);
}

void AttemptLimits::makeRoom(core::TimeMs now) {
    std::erase_if(tries_, [&](const auto& entry) { return now - entry.second.last > rule_.maxWait; });
    if (tries_.size() >= kMaxKeys) {
        // A flood of new keys: those that are not closed go, so that nobody who was refused gets in again by it.
        std::erase_if(tries_, [&](const auto& entry) { return entry.second.closedUntil <= now; });
    }
    if (tries_.size() >= kMaxKeys) {
        tries_.clear();
    }
}

}  // namespace marea::server
