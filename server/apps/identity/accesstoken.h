#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/base/id.h"
#include "core/base/result.h"
#include "server/apps/identity/signingkeys.h"
#include "server/gateway/http.h"

namespace marea::server {

inline constexpr core::TimeMs kAccessTokenLife = 15 * 60 * 1000;  // but for those of the command line

struct AccessClaims {
    core::Id userId, sessionId, tokenId;
    std::string username, role, clientId;
    core::TimeMs issued = 0, expires = 0;  // on the wire in whole seconds

    Principal principal() const { return Principal{userId, sessionId, username, role}; }
};

// Access tokens: JWTs by RFC 9068 (`typ` at+jwt), signed with ES256 and nothing else. Thread-safe.
class AccessTokens {
public:
    // Tokens are issued under the first of `issuers`; those of any of them are taken.
    AccessTokens(std::shared_ptr<const SigningKeys> keys, std::vector<std::string> issuers, std::string audience)
        : keys_(std::move(keys)), issuers_(std::move(issuers)), audience_(std::move(audience)) {}

    core::Result<std::string> issue(const AccessClaims& claims) const;
    // Unauthorized unless key, header, signature, issuer, audience and times all hold. Does not know revocations.
    core::Result<AccessClaims> verify(std::string_view token, core::TimeMs now) const;

    // Another kind of token of ours, told apart by its `type`: `payload` is its claims. Internal: no key.
    core::Result<std::string> sign(std::string_view type, std::string_view payload, core::TimeMs now) const;

    const SigningKeys& keys() const { return *keys_; }
    const std::string& issuer() const { return issuers_.front(); }

private:
    std::shared_ptr<const SigningKeys> keys_;
    std::vector<std::string> issuers_;
    std::string audience_;
};

// The "kid" of `header` (a JOSE header as JSON text) when that is exactly of our kind: checked before any key touches
// the token, so that the algorithm is never the sender's choice.
std::optional<std::string> keyOfOurHeader(std::string_view header);
// The claims of `payload` (JSON text) when they are whole and hold at `now`.
core::Result<AccessClaims> checkedClaims(std::string_view payload, const std::vector<std::string>& issuers,
                                         std::string_view audience, core::TimeMs now);

}  // namespace marea::server
