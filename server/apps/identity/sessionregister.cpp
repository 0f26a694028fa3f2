#include "server/apps/identity/sessionregister.h"

#include <algorithm>
#include <mutex>

namespace marea::server {

void SessionRegister::add(const Principal& principal) {
    const std::unique_lock lock(mutex_);
    live_.insert_or_assign(principal.sessionId, principal);
}

std::optional<Principal> SessionRegister::find(std::string_view session) const {
    const std::shared_lock lock(mutex_);
    const auto found = live_.find(session);
    return found == live_.end() ? std::nullopt : std::optional(found->second);
}

void SessionRegister::revoke(const core::Id& session, core::TimeMs until) {
    const std::unique_lock lock(mutex_);
    live_.erase(session);
    core::TimeMs& kept = revoked_[session];
    kept = std::max(kept, until);
}

bool SessionRegister::isRevoked(std::string_view session) const {
    const std::shared_lock lock(mutex_);
    return revoked_.find(session) != revoked_.end();
}

void SessionRegister::prune(core::TimeMs now) {
    const std::unique_lock lock(mutex_);
    std::erase_if(revoked_, [&](const auto& entry) { return entry.second <= now; });
}

}  // namespace marea::server
