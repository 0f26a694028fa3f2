#pragma once

#include <cstdint>
#include <string>

#include "server/protection/commonencryption.h"

namespace marea::server {

// The vector of a segment whose playlist names none: its media sequence number (RFC 8216 section 5.2).
Key128 sequenceVector(std::uint64_t number);

// A segment as METHOD=AES-128 wants it: AES-128 in CBC mode over all of it, with PKCS7 padding (RFC 8216 section
// 4.3.2.4). Pure.
std::string encryptWhole(std::string clear, const Key128& key, const Key128& vector);

}  // namespace marea::server
