#pragma once

#include <cstdint>

#include "core/base/clock.h"

// S. Kulkarni, M. Demirbas, D. Madappa, B. Avva, M. Leone: Logical Physical Clocks (OPODIS 2014). Orders changes that
// did not know of each other, and nothing else: what came later is told by dots (sync/merge/causality.h), so that a
// wrong clock never hides a change.
namespace marea::sync {

struct Stamp {
    core::TimeMs ms = 0;
    std::uint16_t count = 0;
    auto operator<=>(const Stamp&) const = default;
};

// How far a device's clock may be ahead before its changes are refused and people are told to set it.
inline constexpr core::TimeMs kMaxAheadMs = core::TimeMs{10} * 24 * 60 * 60 * 1000;

// Clocks are never quite the same. Who takes from somebody else what that one may have from a third is so much more
// patient: else what is just within the limit there would be beyond it here, and keep the two apart, at the will of
// whoever writes such stamps.
inline constexpr core::TimeMs kClocksDifferMs = core::TimeMs{12} * 60 * 60 * 1000;

class HybridClock {
public:
    explicit HybridClock(Stamp last = {}) : last_(last) {}

    Stamp next(core::TimeMs now);                         // later than everything seen, whatever `now` says
    void observe(const Stamp& remote, core::TimeMs now);  // follows no clock that is more than kMaxAheadMs ahead
    const Stamp& last() const { return last_; }

private:
    Stamp last_;
};

// A clock that says less was never set, and judges nothing.
inline constexpr core::TimeMs kLeastTimeMs = core::TimeMs{1'704'067'200'000};  // 2024

inline bool isPlausible(const Stamp& stamp, core::TimeMs now, core::TimeMs ahead = kMaxAheadMs) {
    return stamp.ms <= now + ahead;
}

// A stamp of one's own that others refuse, made while the clock was wrong.
inline bool isFarAhead(const Stamp& stamp, core::TimeMs now) {
    return now >= kLeastTimeMs && !isPlausible(stamp, now);
}

}  // namespace marea::sync
