#include "server/apps/identity/tickets.h"

#include <algorithm>

namespace marea::server {

std::string Tickets::issue(const Principal& principal, core::TimeMs now) {
    std::string ticket = randomToken();
    const Digest digest = sha256(ticket);
    const std::lock_guard lock(mutex_);
    prune(now);
    makeRoom(principal.sessionId);
    issued_.emplace(digest, Issued{principal, now + kLife});
    order_.push_back(digest);
    return ticket;
}

std::optional<Principal> Tickets::take(std::string_view ticket, core::TimeMs now) {
    const Digest digest = sha256(ticket);
    const std::lock_guard lock(mutex_);
    prune(now);
    auto found = issued_.extract(digest);
    return found ? std::optional(std::move(found.mapped().principal)) : std::nullopt;
}

// Also of what was taken: `order_` still has it.
void Tickets::prune(core::TimeMs now) {
    while (!order_.empty()) {
        const auto oldest = issued_.find(order_.front());
        if (oldest != issued_.end() && oldest->second.expiresAt > now) {
            return;
        }
        if (oldest != issued_.end()) {
            issued_.erase(oldest);
        }
        order_.pop_front();
    }
}

void Tickets::makeRoom(const core::Id& login) {
    const auto isTheirs = [&](const Digest& digest) {
        const auto found = issued_.find(digest);
        return found != issued_.end() && found->second.principal.sessionId == login;
    };
    if (std::count_if(order_.begin(), order_.end(), isTheirs) >= static_cast<std::ptrdiff_t>(kPerLogin)) {
        const auto oldest = std::find_if(order_.begin(), order_.end(), isTheirs);
        issued_.erase(*oldest);
        order_.erase(oldest);
    }
}

}  // namespace marea::server
