#pragma once

#include "core/base/clock.h"

namespace marea::server {

struct BreakerOptions {
    int failures = 5;                                   // in a row, until it opens
    core::TimeMs rest = 30'000, longestRest = 600'000;  // doubled each time that the one who went ahead fails
};

// Leaves a host in peace that fails again and again: closed (all goes through), open (nothing), half open (one goes
// ahead to see). Pure; for one host.
class Breaker {
public:
    using Options = BreakerOptions;
    enum class State { Closed, Open, HalfOpen };

    explicit Breaker(Options options = {}) : options_(options), rest_(options.rest) {}

    // Whether a request may go now. Whoever may tells how it went, by one of the three.
    bool admit(core::TimeMs now);
    void succeeded();
    void failed(core::TimeMs now);
    void unknown();  // it ended without a word about the host
    State state(core::TimeMs now) const;

private:
    Options options_;
    int inARow_ = 0;
    bool open_ = false, ahead_ = false;
    core::TimeMs until_ = 0, rest_;
};

}  // namespace marea::server
