#pragma once

#include <functional>
#include <optional>

#include "sync/peer/peerchannel.h"

namespace marea::sync {

// Carries a pairing out over a channel, to its end. `compare` is called once where there are digits: it asks the person
// and waits; false also when nobody said anything in time. Returns the other device, which is to be trusted from now
// on, or why not, in words. `first`: what the other has said already.
core::Result<PeerIdentity> pairOver(PeerChannel& channel, Pairing& pairing,
                                    const std::function<bool(const std::string& digits)>& compare,
                                    const core::Clock& clock, std::optional<std::string> first = {});

}  // namespace marea::sync
