#include "sync/engine/synccontrol.h"

namespace marea::sync {

void SyncControl::cancel() {
    const std::lock_guard lock(mutex_);
    cancelled_ = true;
    changed_.notify_all();
}

void SyncControl::pause() {
    const std::lock_guard lock(mutex_);
    paused_ = true;
}

void SyncControl::resume() {
    const std::lock_guard lock(mutex_);
    paused_ = false;
    changed_.notify_all();
}

bool SyncControl::isCancelled() const {
    const std::lock_guard lock(mutex_);
    return cancelled_;
}

bool SyncControl::isPaused() const {
    const std::lock_guard lock(mutex_);
    return paused_ && !cancelled_;
}

bool SyncControl::goOn() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !paused_ || cancelled_; });
    return !cancelled_;
}

std::function<core::Result<void>()> SyncControl::look(const char* cancelled) {
    return [this, cancelled] {
        ++looks_;
        return goOn() ? core::Result<void>() : core::fail(core::ErrorCode::Cancelled, cancelled);
    };
}

}  // namespace marea::sync
