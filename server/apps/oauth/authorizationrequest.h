#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "server/apps/oauth/redirects.h"

namespace marea::server {

// A request for a code (OAuth 2.1 section 4.1.1), as far as it has been checked.
struct AuthorizationRequest {
    std::string clientId, redirectUri, state, challenge;
};

// An error as OAuth names it, with words for a developer.
struct OAuthError {
    std::string error, description;
};

// The one value of a parameter; "" when it is missing or, which is as bad, given twice.
std::string_view onlyValue(const Parameters& parameters, std::string_view name);

// The whole request, once client and redirect address are known to be good: what is wrong may be told there.
tl::expected<AuthorizationRequest, OAuthError> checkedRequest(const Parameters& parameters);

// PKCE by S256 alone (RFC 7636 section 4).
bool isCodeChallenge(std::string_view text);
bool verifierFits(std::string_view challenge, std::string_view verifier);

}  // namespace marea::server
