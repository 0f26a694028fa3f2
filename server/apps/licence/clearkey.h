#pragma once

#include <string_view>
#include <vector>

#include "core/base/json.h"
#include "core/base/result.h"
#include "server/apps/licence/offlinelicences.h"
#include "server/protection/commonencryption.h"

namespace marea::server {

// Licences of W3C Clear Key (Encrypted Media Extensions, section 9.1.3 and 9.1.4). Pure.

// What a player asks for: the ids of keys, not empty; to keep them, or for now. Invalid: not such a request.
struct ClearKeyRequest {
    std::vector<Key128> ids;
    bool keep = false;  // "persistent-license"
};
core::Result<ClearKeyRequest> parseClearKeyRequest(std::string_view body);
// `terms` of one to keep, null: of one for now. Players pass over members that they do not know (RFC 7517 section 5).
core::json::object clearKeyLicence(const std::vector<ContentKey>& keys, const OfflineTerms* terms);

}  // namespace marea::server
