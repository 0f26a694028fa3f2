#include "sync/peer/pairingoffer.h"

#include <utility>

namespace marea::sync {

void PairingOffer::show(PairingCode code, core::TimeMs now) {
    shown_ = Shown{std::move(code), now + kLife};
}

bool PairingOffer::isShown(core::TimeMs now) const {
    return shown_ && now < shown_->until;
}

std::optional<PairingCode> PairingOffer::take(core::TimeMs now) {
    const bool good = isShown(now);
    const auto shown = std::exchange(shown_, std::nullopt);
    return good ? std::optional(shown->code) : std::nullopt;
}

}  // namespace marea::sync
