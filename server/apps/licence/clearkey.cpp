#include "server/apps/licence/clearkey.h"

#include <algorithm>

#include "core/base/jsonfields.h"
#include "server/apps/identity/secrets.h"

namespace marea::server {

using core::Result;
using core::unexpected;

namespace {

constexpr std::size_t kMostKeys = 16, kLongestId = 32;

}  // namespace

Result<ClearKeyRequest> parseClearKeyRequest(std::string_view body) {
    const auto value = core::parseJson(body);
    if (!value) {
        return unexpected<core::Error>(value.error());
    }
    core::JsonFields fields(*value, "");
    fields.require("kids");
    std::vector<Key128> ids;
    for (const std::string& text : fields.texts("kids", kMostKeys, kLongestId).value_or(std::vector<std::string>{})) {
        const auto bytes = fromBase64Url(text);
        if (!bytes || bytes->size() != Key128{}.size()) {
            fields.wrong("kids", "must be key ids of 16 bytes in base64url");
            break;
        }
        std::copy(bytes->begin(), bytes->end(), ids.emplace_back().begin());
    }
    if (ids.empty()) {
        fields.wrong("kids", "must name a key");
    }
    const std::string type = fields.text("type", 32).value_or("temporary");
    if (type != "temporary" && type != "persistent-license") {
        fields.wrong("type", "must be temporary or persistent-license");
    }
    if (auto done = fields.finish(); !done) {
        return unexpected<core::Error>(done.error());
    }
    return ClearKeyRequest{std::move(ids), type != "temporary"};
}

core::json::object clearKeyLicence(const std::vector<ContentKey>& keys, const OfflineTerms* terms) {
    core::json::array list;
    for (const ContentKey& key : keys) {
        list.push_back(core::json::object{{"kty", "oct"}, {"kid", base64Url(key.id)}, {"k", base64Url(key.value)}});
    }
    core::json::object licence{{"keys", std::move(list)}, {"type", terms ? "persistent-license" : "temporary"}};
    if (terms) {
        licence["licence_id"] = terms->licence;
        licence["expires_at"] = terms->expiresAt;
    }
    return licence;
}

}  // namespace marea::server
