#include "server/outbound/pace.h"

#include <algorithm>

namespace marea::server {

namespace {

constexpr std::size_t kMostHosts = 1000;

}  // namespace

core::TimeMs Pace::apart(std::string_view host) const {
    const auto found = options_.apart.find(host);
    return found == options_.apart.end() ? options_.usually : found->second;
}

std::optional<core::TimeMs> Pace::take(std::string_view host, core::TimeMs now) {
    if (next_.size() >= kMostHosts) {
        std::erase_if(next_, [&](const auto& entry) { return entry.second <= now; });
    }
    const auto found = next_.find(host);
    const core::TimeMs at = found == next_.end() ? now : std::max(now, found->second);
    if (at - now > options_.longestWait) {
        return std::nullopt;
    }
    next_.insert_or_assign(std::string(host), at + apart(host));
    return at - now;
}

}  // namespace marea::server
