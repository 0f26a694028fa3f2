#pragma once

#include <atomic>
#include <functional>
#include <thread>

namespace marea::app {

// Calls a function, on a thread of its own, when the program is asked to end (SIGINT, SIGTERM); asked again, it ends at
// once, and the next run goes on. Make it before other threads: they inherit that the signals do not interrupt them.
class StopSignals {
public:
    explicit StopSignals(std::function<void()> stop);
    ~StopSignals();

private:
    std::atomic<bool> ended_{false};
    std::thread thread_;
};

}  // namespace marea::app
