#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/clock.h"
#include "core/base/id.h"
#include "core/base/result.h"
#include "server/apps/identity/signingkey.h"
#include "server/gateway/http.h"

namespace marea::server {

struct AccessClaims {
    core::Id userId, sessionId, tokenId;
    std::string username, role;
    core::TimeMs issued = 0, expires = 0;  // on the wire in whole seconds

    Principal principal() const { return Principal{userId, sessionId, username, role}; }
};

// Access tokens: JWTs by RFC 9068 (`typ` at+jwt), signed with ES256 and nothing else. Thread-safe.
class AccessTokens {
public:
    AccessTokens(SigningKey key, std::string issuer, std::string audience)
        : key_(std::move(key)), issuer_(std::move(issuer)), audience_(std::move(audience)) {}

    core::Result<std::string> issue(const AccessClaims& claims) const;
    // Unauthorized unless header, signature, issuer, audience and times all hold. Does not know revocations.
    core::Result<AccessClaims> verify(std::string_view token, core::TimeMs now) const;

    const SigningKey& key() const { return key_; }
    const std::string& issuer() const { return issuer_; }

private:
    SigningKey key_;
    std::string issuer_, audience_;
};

// Whether `header` (a JOSE header as JSON text) is exactly of our kind: checked before any key touches the token, so
// that the algorithm is never the sender's choice.
bool isOurHeader(std::string_view header, std::string_view keyId);
// The claims of `payload` (JSON text) when they are whole and hold at `now`.
core::Result<AccessClaims> checkedClaims(std::string_view payload, std::string_view issuer, std::string_view audience,
                                         core::TimeMs now);

}  // namespace marea::server
