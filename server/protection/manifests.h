#pragma once

#include <string>

#include "server/protection/schemes.h"

namespace marea::server {

// What playlists and manifests tell of protection.

// The line of a media playlist (RFC 8216 section 4.3.2.4), which holds for all segments behind it. The key's address
// is that of "key" at the top of the protected addresses, three folders above every playlist.
std::string hlsKey(const ProtectionKind& kind, const Key128& keyId);

// The same for the multivariant playlist, so that players ask for the key early. Empty where it does players no good.
std::string hlsSessionKey(const ProtectionKind& kind, const Key128& keyId);

// ContentProtection elements of an adaptation set (ISO/IEC 23001-7 section 11.2, DASH-IF's "ClearKey1.0"). The
// licence's address is not in them: players would take a relative one as the page's, and an absolute one would hold
// somebody's token. Only for Common Encryption.
std::string dashProtection(const ProtectionKind& kind, const Key128& keyId);

}  // namespace marea::server
