#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/id.h"

namespace marea::server::subsonic {

// What devices said that they play, the last thing each. In memory: it is of no use after a restart. Thread-safe.
class NowPlaying {
public:
    struct Entry {
        core::Id userId, loginId, mediaId;
        std::string username, player;
        core::TimeMs since = 0;
        core::TimeMs until = 0;  // when it is over at the latest
    };
    void put(Entry entry);
    void stopped(const core::Id& loginId, const core::Id& mediaId);
    // Of one user, or (empty) of all; the latest first.
    std::vector<Entry> list(const core::Id& userId, core::TimeMs now);

private:
    static constexpr std::size_t kMost = 500;
    std::mutex mutex_;
    std::vector<Entry> entries_;
};

}  // namespace marea::server::subsonic
