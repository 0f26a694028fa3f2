#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "server/protection/outsidesystems.h"

namespace marea::server {

// Keys for a provider outside, as a document of DASH-IF's Content Protection Information Exchange Format, version 2.3.

struct CpixKey {
    ProtectionScheme scheme = ProtectionScheme::Cenc;  // of Common Encryption
    ContentKey key;
};
// The keys of one title, with what is signalled of each for every system that takes its scheme.
struct CpixContent {
    std::string id;  // names the title, as Widevine's content id does
    std::vector<CpixKey> keys;
    std::string widevineProvider;
};

// With the keys as they are: whoever reads it has them.
std::string cpixInTheClear(const CpixContent& content);

// With the keys encrypted for whoever has the private key of `certificate`, an X.509 certificate in PEM: AES-256-CBC
// under a document key of its own, which is encrypted by RSA-OAEP, with an HMAC-SHA-512 over each (CPIX sections 7.4.3
// and 8.1.2, XML Encryption sections 5.2 and 5.5.2). Different bytes each time. Invalid, in words: no certificate, or
// one whose key is no RSA key of 2048 bits or more.
core::Result<std::string> cpixFor(const CpixContent& content, std::string_view certificate);

}  // namespace marea::server
