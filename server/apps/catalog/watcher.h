#pragma once

#include <functional>
#include <memory>
#include <string>

#include "core/base/clock.h"
#include "core/base/log.h"

namespace marea::server {

// Notices changes below folders. `changed(key, folder)` is called on the watcher's own thread, with the relative folder
// in which something happened, once that folder was quiet for a moment (or not quiet for long); `changedAll(key)` when
// it cannot say where, or from time to time when the system cannot watch at all.
class Watcher {
public:
    struct Callbacks {
        std::function<void(const std::string& key, const std::string& folder)> changed;
        std::function<void(const std::string& key)> changedAll;
    };
    virtual ~Watcher() = default;  // no callback after it
    virtual void add(const std::string& key, const std::string& path) = 0;
    virtual void remove(const std::string& key) = 0;
};

struct WatcherOptions {
    int settleMs = 1000;        // quiet time before a change is told
    int longestWaitMs = 15000;  // a folder that is never quiet is told anyway
    core::TimeMs pollInterval = 15 * 60 * 1000;
};

// inotify on Linux, polling elsewhere and where inotify's limits are reached.
std::unique_ptr<Watcher> makeWatcher(WatcherOptions options, Watcher::Callbacks callbacks,
                                     std::shared_ptr<core::Logger> logger);

}  // namespace marea::server
