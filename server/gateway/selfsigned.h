#pragma once

#include <string>
#include <vector>

#include "core/base/result.h"

namespace marea::server {

// A certificate that a server signs for itself, for networks where nobody else would; clients know it by its key's pin.
struct SelfSigned {
    std::string certificateFile, keyFile;
};

// Makes what is missing: the key (P-256), for its owner's eyes only, and a certificate for `names` (host names and
// addresses) that is good for ten years. One that ends within a month, or is for another key, is made anew. The key,
// and so the pin, stays.
core::Result<void> ensureSelfSigned(const SelfSigned& files, const std::vector<std::string>& names);

// "sha256//…" of the certificate's public key (RFC 7469 section 2.4), as curl --pinnedpubkey takes it.
core::Result<std::string> certificatePin(const std::string& certificateFile);

}  // namespace marea::server
