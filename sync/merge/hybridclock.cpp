#include "sync/merge/hybridclock.h"

#include <algorithm>
#include <limits>

namespace marea::sync {

Stamp HybridClock::next(core::TimeMs now) {
    if (now > last_.ms) {
        last_ = {now, 0};
    } else if (last_.count < std::numeric_limits<std::uint16_t>::max()) {
        ++last_.count;
    } else {
        last_ = {last_.ms + 1, 0};
    }
    return last_;
}

void HybridClock::observe(const Stamp& remote, core::TimeMs now) {
    last_ = std::max(last_, std::min(remote, Stamp{now + kMaxAheadMs, 0}));
}

}  // namespace marea::sync
