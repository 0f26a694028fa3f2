#include "server/apps/subsonic/nowplaying.h"

#include <algorithm>

namespace marea::server::subsonic {

void NowPlaying::put(Entry entry) {
    const std::lock_guard lock(mutex_);
    std::erase_if(entries_, [&](const Entry& one) { return one.loginId == entry.loginId; });
    entries_.insert(entries_.begin(), std::move(entry));
    entries_.resize(std::min(entries_.size(), kMost));
}

void NowPlaying::stopped(const core::Id& loginId, const core::Id& mediaId) {
    const std::lock_guard lock(mutex_);
    std::erase_if(entries_, [&](const Entry& one) { return one.loginId == loginId && one.mediaId == mediaId; });
}

std::vector<NowPlaying::Entry> NowPlaying::list(const core::Id& userId, core::TimeMs now) {
    const std::lock_guard lock(mutex_);
    std::erase_if(entries_, [&](const Entry& one) { return one.until < now; });
    std::vector<Entry> found;
    std::copy_if(entries_.begin(), entries_.end(), std::back_inserter(found),
                 [&](const Entry& one) { return userId.empty() || one.userId == userId; });
    return found;
}

}  // namespace marea::server::subsonic
