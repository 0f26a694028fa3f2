#pragma once

#include <string>

#include "core/base/result.h"
#include "sync/peer/pairing.h"

namespace marea::sync {

// The key by which other devices know this one, and a certificate that it has signed itself: who it is says the
// certificate's hash alone, which pairing hands over. As PEM, to be kept where others cannot read it.
struct PeerKeys {
    std::string key, certificate;
    Digest hash{};  // SHA-256 of the certificate's DER

    static core::Result<PeerKeys> make();                                                           // EC P-256
    static core::Result<PeerKeys> fromPem(const std::string& key, const std::string& certificate);  // Corrupt
    // Those of a file, which is made at the first time, for its owner alone.
    static core::Result<PeerKeys> inFile(const std::string& path);
};

Digest freshNonce();  // from the system's random numbers

}  // namespace marea::sync
