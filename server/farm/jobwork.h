#pragma once

#include <algorithm>
#include <atomic>
#include <functional>
#include <mutex>
#include <vector>

#include "server/farm/farmrunner.h"

namespace marea::server {

// The context of one job under way, from the runner's side.
class JobWork final : public JobContext {
public:
    void progress(double part) override { progress_ = std::clamp(part, 0.0, 1.0); }
    double progress() const { return progress_; }
    bool cancelled() const override { return cancelled_; }

    void onCancel(std::function<void()> call) override {
        {
            const std::lock_guard lock(mutex_);
            if (!cancelled_) {
                calls_.push_back(std::move(call));
                return;
            }
        }
        call();
    }

    void cancel() {
        std::vector<std::function<void()>> calls;
        {
            const std::lock_guard lock(mutex_);
            cancelled_ = true;
            calls.swap(calls_);
        }
        for (const auto& call : calls) {
            call();
        }
    }
    // It ended: what it would have been told no longer matters.
    void ended() {
        std::vector<std::function<void()>> calls;
        const std::lock_guard lock(mutex_);
        calls.swap(calls_);
    }

private:
    std::atomic<double> progress_ = 0;
    std::atomic<bool> cancelled_ = false;
    std::mutex mutex_;
    std::vector<std::function<void()>> calls_;
};

}  // namespace marea::server
