#pragma once

#include <string>

#include "server/protection/outsidesystems.h"
#include "server/protection/schemes.h"

namespace marea::server {

// What playlists and manifests tell of protection.

// A key that they tell of.
struct SignalledKey {
    ProtectionKind kind;
    Key128 id{};
    std::string content = {};     // names the title, for providers outside
    OutsideSystems outside = {};  // for kinds of theirs
};

// The lines of a media playlist (RFC 8216 section 4.3.2.4), which hold for all segments behind them: one, or one for
// each system outside. Where it is an address of ours it is that of "key" or "clearkey" at the top of the protected
// addresses, three folders above every playlist.
std::string hlsKey(const SignalledKey& key);

// The same for the multivariant playlist, so that players ask for the key early. Empty where it does players no good.
std::string hlsSessionKey(const SignalledKey& key);

// ContentProtection elements of an adaptation set (ISO/IEC 23001-7 section 11.2, DASH-IF's "ClearKey1.0"). The
// licence's address is not in them: players would take a relative one as the page's, and an absolute one would hold
// somebody's token. Only for Common Encryption.
std::string dashProtection(const SignalledKey& key);

// The boxes of an initialisation segment.
std::vector<ProtectionSystem> protectionBoxes(const SignalledKey& key);

}  // namespace marea::server
