#pragma once

#include "sync/peer/peerlistener.h"

namespace marea::test {

// The next who comes, once it has shaken hands; all others wait for that. Cancelled after listener.stop().
inline core::Result<std::unique_ptr<sync::PeerChannel>> nextPeer(sync::PeerListener& listener,
                                                                 const sync::PeerChannel::Known& known) {
    auto caller = listener.accept();
    return caller ? (*caller)->shake(known) : core::unexpected<core::Error>(caller.error());
}

}  // namespace marea::test
