#include "server/apps/oidc/idtoken.h"

#include <cjose/cjose.h>

#include <memory>
#include <optional>

namespace marea::server {

namespace {

struct JwkFree {
    void operator()(cjose_jwk_t* key) const { cjose_jwk_release(key); }
};
struct JwsFree {
    void operator()(cjose_jws_t* jws) const { cjose_jws_release(jws); }
};

std::optional<std::string> payloadBy(std::string_view token, const std::string& key) {
    const std::unique_ptr<cjose_jwk_t, JwkFree> jwk(cjose_jwk_import(key.data(), key.size(), nullptr));
    // Imported for each key: what a failed check leaves behind is not used again.
    const std::unique_ptr<cjose_jws_t, JwsFree> jws(jwk ? cjose_jws_import(token.data(), token.size(), nullptr)
                                                        : nullptr);
    std::uint8_t* payload = nullptr;  // the JWS owns it
    std::size_t length = 0;
    if (!jws || !cjose_jws_verify(jws.get(), jwk.get(), nullptr) ||
        !cjose_jws_get_plaintext(jws.get(), &payload, &length, nullptr)) {
        return std::nullopt;
    }
    return std::string(reinterpret_cast<const char*>(payload), length);
}

}  // namespace

core::Result<std::string> verifiedPayload(std::string_view token, const std::vector<std::string>& keys) {
    for (const std::string& key : keys) {
        if (auto payload = payloadBy(token, key)) {
            return std::move(*payload);
        }
    }
    return core::fail(core::ErrorCode::Unauthorized, "The sign-in elsewhere failed.", "id token: wrong signature");
}

}  // namespace marea::server
