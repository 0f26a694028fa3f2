#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>

namespace marea::app {

// A thread waits for what a person says. One question at a time: begin() says whether this is it.
class PeerQuestion {
public:
    bool begin() {
        const std::lock_guard lock(mutex_);
        if (asking_)
            return false;
        asking_ = true;
        said_.reset();
        return true;
    }
    void end() {
        const std::lock_guard lock(mutex_);
        asking_ = false;
        told_.notify_all();
    }
    // Nothing in that time is a no.
    bool wait(std::chrono::milliseconds patience) {
        std::unique_lock lock(mutex_);
        told_.wait_for(lock, patience, [this] { return said_.has_value(); });
        return said_.value_or(false);
    }
    void say(bool yes) {
        const std::lock_guard lock(mutex_);
        if (asking_ && !said_)
            said_ = yes;
        told_.notify_all();
    }
    bool waitUntilOver(std::chrono::milliseconds patience) {
        std::unique_lock lock(mutex_);
        return told_.wait_for(lock, patience, [this] { return !asking_; });
    }

private:
    std::mutex mutex_;
    std::condition_variable told_;
    bool asking_ = false;
    std::optional<bool> said_;
};

}  // namespace marea::app
