#include "sync/engine/encodeahead.h"

#include <algorithm>

namespace marea::sync {

namespace {

constexpr std::size_t kAhead = 3;

EncodeAhead::Encoded cancelled() {
    return core::fail(core::ErrorCode::Cancelled, "The sync was cancelled.");
}

}  // namespace

EncodeAhead::EncodeAhead(std::vector<Job> jobs, DeviceEncoder& encoder, EncodeCache& cache, SyncControl& control)
    : jobs_(std::move(jobs)), encoder_(encoder), cache_(cache), control_(control) {
    const std::size_t threads = std::clamp<std::size_t>(encoder_.atOnce(), 1, std::max<std::size_t>(jobs_.size(), 1));
    most_ = kAhead + threads - 1;
    for (std::size_t i = 0; i < threads; ++i) {
        threads_.emplace_back([this] { run(); });
    }
}

EncodeAhead::~EncodeAhead() {
    {
        const std::lock_guard lock(mutex_);
        ended_ = true;
        changed_.notify_all();
    }
    for (std::thread& thread : threads_) {
        thread.join();
    }
}

const EncodeAhead::Job* EncodeAhead::nextJob() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return ended_ || next_ == jobs_.size() || ready_.size() + underWay_ < most_; });
    if (ended_ || next_ == jobs_.size()) {
        return nullptr;
    }
    ++underWay_;
    return &jobs_[next_++];
}

void EncodeAhead::run() {
    while (const Job* job = nextJob()) {
        Encoded encoded = control_.goOn() ? cache_.get(*job->item, *job->encoding, encoder_, control_) : cancelled();
        const std::lock_guard lock(mutex_);
        --underWay_;
        ready_.emplace(job->step, std::move(encoded));
        changed_.notify_all();
    }
}

std::optional<std::size_t> EncodeAhead::firstReady() {
    const std::lock_guard lock(mutex_);
    return ready_.empty() ? std::nullopt : std::optional(ready_.begin()->first);
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
