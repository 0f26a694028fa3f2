#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/base/json.h"
#include "core/base/result.h"

struct evp_pkey_st;

namespace marea::server {

// The P-256 key pair that access tokens are signed with, made at first run. Its id is the RFC 7638 thumbprint.
// Thread-safe; copies share the key.
class SigningKey {
public:
    // From `folder`/access-es256.pem, which is made when it is not there.
    static core::Result<SigningKey> loadOrMake(const std::string& folder);
    static core::Result<SigningKey> fromPem(const std::string& privatePem);

    // ES256 (RFC 7518 section 3.4): 64 bytes, r and s.
    core::Result<std::string> sign(std::string_view message) const;
    bool verify(std::string_view message, std::string_view signature) const;

    const std::string& id() const { return id_; }
    const core::json::object& jwk() const { return jwk_; }  // the public half, RFC 7517

private:
    SigningKey(std::shared_ptr<evp_pkey_st> key, std::string id, core::json::object jwk)
        : key_(std::move(key)), id_(std::move(id)), jwk_(std::move(jwk)) {}

    std::shared_ptr<evp_pkey_st> key_;
    std::string id_;
    core::json::object jwk_;
};

}  // namespace marea::server
