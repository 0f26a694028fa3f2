#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/base/json.h"
#include "core/base/result.h"

struct _cjose_jwk_int;

namespace marea::server {

// The P-256 key pair that access tokens are signed with, made at first run. Its id is the RFC 7638 thumbprint.
// Thread-safe; copies share the key.
class SigningKey {
public:
    // From `folder`/access-es256.pem, the first key of an installation, which is made when it is not there.
    static core::Result<SigningKey> loadOrMake(const std::string& folder);
    // A further key, kept as `folder`/access-<id>.pem.
    static core::Result<SigningKey> make(const std::string& folder);
    // The key of that id, by either name. NotFound when there is none.
    static core::Result<SigningKey> load(const std::string& folder, const std::string& id);
    static void remove(const std::string& folder, const std::string& id);
    static core::Result<SigningKey> fromPem(const std::string& privatePem);

    // A JWS in compact form (RFC 7515 section 7.1) of `payload`, with `alg` ES256, `typ` and our `kid` in its header.
    core::Result<std::string> sign(std::string_view type, std::string_view payload) const;
    // The payload of a compact JWS when this key signed it. The caller has checked the header before: see isOurHeader.
    core::Result<std::string> verified(std::string_view token) const;

    const std::string& id() const { return id_; }
    const core::json::object& jwk() const { return jwk_; }  // the public half, RFC 7517

private:
    SigningKey(std::shared_ptr<_cjose_jwk_int> key, std::string id, core::json::object jwk)
        : key_(std::move(key)), id_(std::move(id)), jwk_(std::move(jwk)) {}

    std::shared_ptr<_cjose_jwk_int> key_;
    std::string id_;
    core::json::object jwk_;
};

}  // namespace marea::server
