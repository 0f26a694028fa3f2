#pragma once

#include <functional>

#include "sync/peer/peerchannel.h"

namespace marea::sync {

// Carries a pairing out over a channel, to its end. `compare` is called once where there are digits: it asks the person
// and waits; false also when nobody said anything in time. Returns the other device, which is to be trusted from now
// on, or why not, in words.
core::Result<PeerIdentity> pairOver(PeerChannel& channel, Pairing& pairing,
                                    const std::function<bool(const std::string& digits)>& compare,
                                    const core::Clock& clock);

}  // namespace marea::sync
