#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <string>

#include "core/base/id.h"
#include "server/stream/makings.h"

namespace marea::server {

// Who is at which segment of what, so that the next ones are made before they are asked for, and called off when the
// viewer goes elsewhere or leaves. Thread-safe.
class Viewers {
public:
    using Clock = std::chrono::steady_clock;
    using Ahead = std::function<Makings::Interest(int number, Makings::Urgency urgency)>;

    // One track of a player: of several renditions of one kind it watches one at a time.
    struct Place {
        core::Id login, title;
        std::string rendition;
        int number = 0, count = 0;  // the segment asked for, and how many there are
    };

    // `ahead` is called for the segments that come next and are not on their way yet.
    void asked(const Place& place, const Ahead& ahead, Clock::time_point now = Clock::now());
    void leave(const core::Id& login, const core::Id& title);
    // Those who asked for nothing since.
    void forget(Clock::time_point since);
    std::size_t size() const;

private:
    struct Viewer {
        std::string rendition;
        std::map<int, Makings::Interest> ahead;
        Clock::time_point at;
    };
    mutable std::mutex mutex_;
    std::map<std::string, Viewer> viewers_;
};

}  // namespace marea::server
