#pragma once

#include <optional>
#include <string>

#include "core/base/clock.h"
#include "sync/peer/pairing.h"

namespace marea::sync {

// The code that a device shows for others to scan: good for one try, for a while. Another one takes its place, so that
// there is never more than one. Pure; not thread-safe.
class PairingOffer {
public:
    static constexpr core::TimeMs kLife = 5 * 60 * 1000;

    // `code.secret` is fresh from the system's random numbers.
    void show(PairingCode code, core::TimeMs now);
    void withdraw() { shown_.reset(); }
    bool isShown(core::TimeMs now) const;
    // For somebody who says that they have read it. From now on it opens nothing, whether they had or not.
    std::optional<PairingCode> take(core::TimeMs now);

private:
    struct Shown {
        PairingCode code;
        core::TimeMs until = 0;
    };
    std::optional<Shown> shown_;
};

}  // namespace marea::sync
