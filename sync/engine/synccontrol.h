#pragma once

#include <condition_variable>
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
    // Waits while paused. False once it is cancelled.
    bool goOn();
    // The same, as a Target::Look: Cancelled, with what is said of it. Not to be kept longer than this.
    std::function<core::Result<void>()> look(const char* cancelled = "The sync was cancelled.");

private:
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    bool cancelled_ = false, paused_ = false;
};

using ProgressSink = std::function<void(const Progress&)>;

}  // namespace marea::sync
