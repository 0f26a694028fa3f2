#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>

#include "core/base/result.h"
#include "sync/engine/progress.h"

namespace marea::sync {

// How whoever started a sync holds it in hand. All methods from any thread.
class SyncControl {
public:
    void cancel();
    void pause();
    void resume();
    bool isCancelled() const;
    bool isPaused() const;  // and not cancelled
    // Waits while paused. False once it is cancelled.
    bool goOn();
    // The same, as a Target::Look: Cancelled, with what is said of it. Not to be kept longer than this.
    std::function<core::Result<void>()> look(const char* cancelled = "The sync was cancelled.");
    std::size_t looks() const { return looks_; }  // how often that was asked by now: files, or folders, that were seen

private:
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    bool cancelled_ = false, paused_ = false;
    std::atomic<std::size_t> looks_{0};
};

using ProgressSink = std::function<void(const Progress&)>;

}  // namespace marea::sync
