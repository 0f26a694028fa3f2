#pragma once

#include <mutex>
#include <optional>

namespace marea::server {

// What a job asked of whoever makes or measures for it, to be called off by somebody else. Thread-safe.
template <class Maker>
class RunningTicket {
public:
    explicit RunningTicket(Maker& maker) : maker_(maker) {}

    void hold(typename Maker::Ticket ticket) {
        const std::lock_guard lock(mutex_);
        ticket_ = ticket;
    }
    void callOff() {
        std::optional<typename Maker::Ticket> ticket;
        {
            const std::lock_guard lock(mutex_);
            ticket = ticket_;
        }
        if (ticket) {
            maker_.cancel(*ticket);
        }
    }

private:
    Maker& maker_;
    std::mutex mutex_;
    std::optional<typename Maker::Ticket> ticket_;
};

}  // namespace marea::server
