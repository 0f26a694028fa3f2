#include "server/apps/identity/onetimecodes.h"

namespace marea::server {

std::string OneTimeCodes::issue(const core::Id& user, core::TimeMs now) {
    std::string code = randomCode();
    const std::lock_guard lock(mutex_);
    if (issued_.size() >= kMost) {
        issued_.pop_front();
    }
    issued_.push_back({user, sha256(normalisedCode(code)), now + kLife});
    return code;
}

bool OneTimeCodes::take(const core::Id& user, std::string_view typed, core::TimeMs now) {
    const Digest digest = sha256(normalisedCode(typed));
    const std::lock_guard lock(mutex_);
    auto good = issued_.end();
    for (auto at = issued_.begin(); at != issued_.end(); ++at) {
        const bool same = equalInConstantTime(at->digest, digest);
        if (same && at->user == user && at->expiresAt > now) {
            good = at;
        }
    }
    if (good == issued_.end()) {
        return false;
    }
    issued_.erase(good);
    return true;
}

void OneTimeCodes::clear() {
    const std::lock_guard lock(mutex_);
    issued_.clear();
}

}  // namespace marea::server
