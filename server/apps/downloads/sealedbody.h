#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "core/base/result.h"
#include "server/apps/catalog/item.h"
#include "server/gateway/http.h"

namespace marea::server {

// What a protected title's files are encrypted with on their way out.
struct DownloadSeal {
    std::array<std::uint8_t, 16> keyId{};
    std::string keyName;  // the id, as licences are asked for by it
    std::string secret;   // that a licence has
};

// The file as core/io/sealedfile.h describes it, made as it is sent: with Range, and the same bytes each time as long
// as the file is the same. `id` is the download's own: no two have one key. Internal: it cannot be encrypted.
core::Result<Response> sealedResponse(OpenedFile file, const DownloadSeal& seal, const core::Id& id);

}  // namespace marea::server
