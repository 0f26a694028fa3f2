#include "sync/engine/encodeahead.h"

namespace marea::sync {

namespace {

constexpr std::size_t kAhead = 3;

EncodeAhead::Encoded cancelled() {
    return core::fail(core::ErrorCode::Cancelled, "The sync was cancelled.");
}

}  // namespace

EncodeAhead::EncodeAhead(std::vector<Job> jobs, DeviceEncoder& encoder, EncodeCache& cache, SyncControl& control)
    : jobs_(std::move(jobs)), encoder_(encoder), cache_(cache), control_(control), thread_([this] { run(); }) {}

EncodeAhead::~EncodeAhead() {
    {
        const std::lock_guard lock(mutex_);
        ended_ = true;
        changed_.notify_all();
    }
    thread_.join();
}

bool EncodeAhead::waitForRoom() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return ended_ || ready_.size() < kAhead; });
    return !ended_;
}

void EncodeAhead::run() {
    for (const Job& job : jobs_) {
        if (!waitForRoom()) {
            return;
        }
        Encoded encoded = control_.goOn() ? cache_.get(*job.item, *job.encoding, encoder_, control_) : cancelled();
        const std::lock_guard lock(mutex_);
        ready_.emplace(job.step, std::move(encoded));
        changed_.notify_all();
    }
}

bool EncodeAhead::isReady(std::size_t step) {
    const std::lock_guard lock(mutex_);
    return ready_.count(step) > 0;
}

EncodeAhead::Encoded EncodeAhead::take(std::size_t step) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return ready_.count(step) > 0; });
    Encoded encoded = std::move(ready_.at(step));
    ready_.erase(step);
    changed_.notify_all();
    return encoded;
}

}  // namespace marea::sync
