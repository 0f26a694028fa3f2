#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace marea::server {

// The claims of a token that one of the keys (JWKs) has signed; Unauthorized when none has. Which algorithm and keys
// are taken is decided before, by oidcSigner and keysFor.
core::Result<std::string> verifiedPayload(std::string_view token, const std::vector<std::string>& keys);

}  // namespace marea::server
