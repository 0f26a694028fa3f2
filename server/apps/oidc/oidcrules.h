#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/base/json.h"
#include "server/outbound/outbound.h"

namespace marea::server {

struct OidcOptions {
    std::string issuer, clientId, clientSecret;  // without an issuer there is no such way in
    std::string name;                            // of the issuer, for people
    std::string redirectUri;
    bool createUsers = false;
    std::vector<std::string> allowedDomains, requiredClaims, scopes;
    std::string usernameClaim;
};

// What an issuer says of itself (OpenID Connect Discovery 1.0).
struct OidcProvider {
    std::string authorizationEndpoint, tokenEndpoint, keys, userInfo;  // userInfo: empty: none
    bool secretInBody = false;                                         // it does not take the secret in a field
};
core::Result<OidcProvider> oidcProvider(std::string_view body, const OidcOptions& options);

// Where a browser is sent.
std::string authorizationUrl(const OidcProvider& provider, const OidcOptions& options, std::string_view state,
                             std::string_view nonce, std::string_view challenge);
OutboundRequest tokenRequest(const OidcProvider& provider, const OidcOptions& options, std::string_view code,
                             std::string_view verifier);

struct OidcTokens {
    std::string idToken, accessToken;
};
core::Result<OidcTokens> oidcTokens(const OutboundAnswer& answer);

// The algorithm and the key that a token names, where the algorithm is one with a public key; else Unauthorized.
struct OidcSigner {
    std::string algorithm, keyId;
};
core::Result<OidcSigner> oidcSigner(std::string_view idToken);

// The keys of a set that may have signed it, each as JSON: those of that id, or without a name all of that kind.
std::vector<std::string> keysFor(const OidcSigner& signer, std::string_view keySet);

// OpenID Connect Core section 3.1.3.7, of claims whose signature was checked.
core::Result<core::json::object> checkedIdClaims(std::string_view payload, const OidcOptions& options,
                                                 std::string_view nonce, core::TimeMs now);
// What the userinfo endpoint says besides. Unauthorized: it is about somebody else.
core::Result<void> addUserInfo(core::json::object& claims, std::string_view body);
// Whether there is something that the userinfo endpoint may tell.
bool wantsUserInfo(const core::json::object& claims, const OidcOptions& options);

// Who that is, as far as this server goes.
struct ExternalPerson {
    std::string issuer, subject;
    std::string username;  // as the issuer has it, for a new person here; may be empty
    std::string label;     // for lists: the address of mail, or the name
};
// Forbidden: not of an allowed domain, or without a claim that is required.
core::Result<ExternalPerson> externalPerson(const core::json::object& claims, const OidcOptions& options);

}  // namespace marea::server
