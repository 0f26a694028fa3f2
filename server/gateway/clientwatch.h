#pragma once

#include <functional>
#include <mutex>
#include <utility>

#include "server/gateway/audience.h"

namespace marea::server {

// Tells a handler that takes its time that the client has gone: closed its connection, or lost it. Whatever is
// answered after that is thrown away. Any thread.
class ClientWatch {
public:
    // Called once, at once when the client has gone already, else on the gateway's thread: must not block.
    void onGone(std::function<void()> call) {
        {
            const std::lock_guard lock(mutex_);
            if (!gone_) {
                call_ = std::move(call);
                return;
            }
        }
        call();
    }
    // Of handlers that find out by themselves who asks: whose the answer is.
    void belongsTo(const Audience& audience) {
        const std::lock_guard lock(mutex_);
        audience_ = audience;
    }
    Audience audience() const {
        const std::lock_guard lock(mutex_);
        return audience_;
    }
    // Of the gateway.
    void tell() {
        std::function<void()> call;
        {
            const std::lock_guard lock(mutex_);
            gone_ = true;
            call.swap(call_);
        }
        if (call) {
            call();
        }
    }
    // Answered: what the call holds is let go.
    void done() {
        std::function<void()> call;
        const std::lock_guard lock(mutex_);
        call.swap(call_);
    }

private:
    mutable std::mutex mutex_;
    Audience audience_;
    bool gone_ = false;
    std::function<void()> call_;
};

}  // namespace marea::server
