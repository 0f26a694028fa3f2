#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"

namespace marea::server {

// A secret as it may lie in the database.
struct WrappedSecret {
    std::string master;  // names the master key that opens it
    std::string bytes;
};

// Encrypts the keys of titles under a master key, which stays behind this: in a file, later in Vault or a KMS. Calls
// may block; thread-safe.
class KeyWrapper {
public:
    virtual ~KeyWrapper() = default;
    // Makes a master key where there is none. Only while nothing is wrapped yet: a new one would hide that one is lost.
    virtual core::Result<void> prepare() = 0;
    // `context` says what the secret is for, and is needed again to open it.
    // Unavailable: the master key is not to be had.
    virtual core::Result<WrappedSecret> wrap(std::string_view secret, std::string_view context) = 0;
    // Corrupt: changed, of another context or master key. Unavailable: the master key is not to be had.
    virtual core::Result<std::string> unwrap(const WrappedSecret& wrapped, std::string_view context) = 0;
};

}  // namespace marea::server
