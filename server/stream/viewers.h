#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

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

    // Whether the viewer was at the segment before, or at this one.
    bool goesOn(const Place& place) const;
    // `ahead` is called for the segments that come next and are not on their way yet.
    void asked(const Place& place, const Ahead& ahead, Clock::time_point now = Clock::now());
    // Somebody begins here, at the start or after a jump. What was made ahead elsewhere is let go, and nothing is
    // begun yet: whoever waits for a first segment does not share the machine with what comes behind it.
    void begins(const Place& place, Clock::time_point now = Clock::now());
    // Has not gone anywhere since.
    bool isStillAt(const Place& place) const;
    // Somebody will ask for `place` in a moment, who has not asked for anything yet: `ahead` is called for that alone.
    void expected(const Place& place, const Ahead& ahead, Clock::time_point now = Clock::now());
    void leave(const core::Id& login, const core::Id& title);
    // Those who asked for nothing since.
    void forget(Clock::time_point since);
    std::size_t size() const;

private:
    struct Viewer {
        std::string rendition;
        std::optional<int> number;  // of the segment that was asked for last
        std::map<int, Makings::Interest> ahead;
        Clock::time_point at;
    };
    struct Range {
        int first = 0, last = -1;  // of segments
    };
    void move(const Place& place, std::optional<int> at, Range wanted, Clock::time_point now, const Ahead* ahead);
    static std::vector<Makings::Interest> takeOthers(Viewer& viewer, const Place& place, Range wanted);

    mutable std::mutex mutex_;
    std::map<std::string, Viewer> viewers_;
};

}  // namespace marea::server
