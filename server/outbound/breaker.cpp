#include "server/outbound/breaker.h"

#include <algorithm>

namespace marea::server {

Breaker::State Breaker::state(core::TimeMs now) const {
    return !open_ ? State::Closed : now < until_ ? State::Open : State::HalfOpen;
}

bool Breaker::admit(core::TimeMs now) {
    const State at = state(now);
    if (at == State::HalfOpen && !ahead_) {
        ahead_ = true;
        return true;
    }
    return at == State::Closed;
}

void Breaker::succeeded() {
    inARow_ = 0;
    open_ = ahead_ = false;
    rest_ = options_.rest;
}

void Breaker::failed(core::TimeMs now) {
    if (open_ && ahead_) {
        rest_ = std::min(rest_ * 2, options_.longestRest);
        until_ = now + rest_;
        ahead_ = false;
    } else if (!open_ && ++inARow_ >= options_.failures) {
        open_ = true;
        until_ = now + rest_;
    }
}

void Breaker::unknown() {
    ahead_ = false;
}

}  // namespace marea::server
