#pragma once

#include <string_view>
#include <vector>

#include "core/base/json.h"
#include "core/base/result.h"
#include "server/protection/commonencryption.h"

namespace marea::server {

// Licences of W3C Clear Key (Encrypted Media Extensions, section 9.1.3 and 9.1.4). Pure.

// The ids of the keys that a player asks for; not empty. Invalid: not such a request. Unprocessable: for a licence to
// keep, which this server gives none of.
core::Result<std::vector<Key128>> parseClearKeyRequest(std::string_view body);
core::json::object clearKeyLicence(const std::vector<ContentKey>& keys);

}  // namespace marea::server
