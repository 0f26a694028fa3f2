#include "server/apps/oauth/authorizationrequest.h"

#include <algorithm>

#include "server/apps/identity/secrets.h"

namespace marea::server {

namespace {

constexpr std::size_t kMaxState = 1024, kChallenge = 43, kMaxVerifier = 128;

bool isGivenTwice(const Parameters& parameters) {
    return std::any_of(parameters.begin(), parameters.end(), [&](const auto& one) {
        return std::count_if(parameters.begin(), parameters.end(),
                             [&](const auto& other) { return other.first == one.first; }) > 1;
    });
}

bool has(const Parameters& parameters, std::string_view name) {
    return std::any_of(parameters.begin(), parameters.end(), [&](const auto& one) { return one.first == name; });
}

std::optional<OAuthError> unsupported(const Parameters& parameters) {
    const std::string_view type = onlyValue(parameters, "response_type");
    if (type != "code") {
        return type.empty() ? OAuthError{"invalid_request", "response_type is missing"}
                            : OAuthError{"unsupported_response_type", "the only response_type is code"};
    }
    if (has(parameters, "request") || has(parameters, "request_uri")) {
        return OAuthError{has(parameters, "request") ? "request_not_supported" : "request_uri_not_supported",
                          "request objects are not supported"};
    }
    if (const auto mode = onlyValue(parameters, "response_mode"); !mode.empty() && mode != "query") {
        return OAuthError{"invalid_request", "the only response_mode is query"};
    }
    if (const auto scope = onlyValue(parameters, "scope"); !scope.empty() && scope != "all") {
        return OAuthError{"invalid_scope", "the only scope is all"};
    }
    return std::nullopt;
}

}  // namespace

std::string_view onlyValue(const Parameters& parameters, std::string_view name) {
    std::string_view value;
    int given = 0;
    for (const auto& [key, text] : parameters) {
        if (key == name) {
            value = text;
            ++given;
        }
    }
    return given == 1 ? value : std::string_view();
}

tl::expected<AuthorizationRequest, OAuthError> checkedRequest(const Parameters& parameters) {
    if (isGivenTwice(parameters)) {
        return tl::unexpected(OAuthError{"invalid_request", "a parameter is given twice"});
    }
    if (const auto wrong = unsupported(parameters)) {
        return tl::unexpected(*wrong);
    }
    AuthorizationRequest request;
    request.clientId = onlyValue(parameters, "client_id");
    request.redirectUri = onlyValue(parameters, "redirect_uri");
    request.state = onlyValue(parameters, "state");
    request.challenge = onlyValue(parameters, "code_challenge");
    // RFC 7636 section 4.3: no method would mean "plain".
    if (onlyValue(parameters, "code_challenge_method") != "S256" || !isCodeChallenge(request.challenge)) {
        return tl::unexpected(OAuthError{"invalid_request", "a code_challenge by S256 is needed"});
    }
    if (request.state.size() > kMaxState) {
        return tl::unexpected(OAuthError{"invalid_request", "state is too long"});
    }
    return request;
}

bool isCodeChallenge(std::string_view text) {
    return text.size() == kChallenge && fromBase64Url(text);
}

bool verifierFits(std::string_view challenge, std::string_view verifier) {
    const bool whole = verifier.size() >= kChallenge && verifier.size() <= kMaxVerifier &&
                       std::all_of(verifier.begin(), verifier.end(), [](char c) {
                           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                                  std::string_view("-._~").find(c) != std::string_view::npos;
                       });
    return whole && equalInConstantTime(sha256(base64Url(sha256(verifier))), sha256(challenge));
}

}  // namespace marea::server
