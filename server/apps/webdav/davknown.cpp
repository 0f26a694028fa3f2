#include "server/apps/webdav/davknown.h"

#include <utility>

namespace marea::server::webdav {

namespace {

std::string keyOf(const core::Id& user, const std::vector<std::string>& parts) {
    return user + hrefOf(parts, false);
}

}  // namespace

std::optional<KnownFiles::Known> KnownFiles::find(const core::Id& user, const std::vector<std::string>& parts,
                                                  core::TimeMs now) const {
    const std::string key = keyOf(user, parts);
    const std::lock_guard lock(mutex_);
    const auto found = files_.find(key);
    return found != files_.end() && now < found->second.until ? std::optional(found->second) : std::nullopt;
}

// Where many are known, those that are over go, else all: they are found again by one listing each.
void KnownFiles::keep(const core::Id& user, const std::vector<std::string>& parts, Known known, core::TimeMs now) {
    known.until = now + kLife;
    std::string key = keyOf(user, parts);
    const std::lock_guard lock(mutex_);
    if (files_.size() >= kMost) {
        std::erase_if(files_, [now](const auto& one) { return one.second.until <= now; });
    }
    if (files_.size() >= kMost) {
        files_.clear();
    }
    files_.insert_or_assign(std::move(key), std::move(known));
}

}  // namespace marea::server::webdav
