#include "server/apps/oidc/oidcrules.h"

#include <algorithm>
#include <array>

#include "core/base/jsonfields.h"
#include "core/base/utf8.h"
#include "server/apps/identity/secrets.h"
#include "server/apps/oauth/redirects.h"
#include "server/outbound/place.h"

namespace marea::server {

namespace json = core::json;
using core::ErrorCode;
using core::Result;
using core::TimeMs;

namespace {

constexpr std::size_t kLongestToken = 16 * 1024, kMostKeys = 50, kLongestSubject = 255, kLeastModulus = 342;
constexpr TimeMs kSkew = 60'000, kOldest = 600'000;  // a token is of this very log-in

core::unexpected<core::Error> refused(std::string why) {
    return core::fail(ErrorCode::Unauthorized, "The sign-in elsewhere failed.", std::move(why));
}

core::unexpected<core::Error> improper(std::string why) {
    return core::fail(ErrorCode::Unavailable, "The sign-in elsewhere does not work just now.", std::move(why));
}

Result<json::object> objectIn(std::string_view body, const char* what) {
    auto value = core::parseJson(body);
    if (!value || !value->is_object()) {
        return improper(std::string(what) + ": no JSON object");
    }
    return std::move(value->get_object());
}

std::string textOf(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

// Seconds since 1970, whole or not; nullopt: no such number.
std::optional<TimeMs> timeOf(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    boost::system::error_code error;
    const double seconds = value && value->is_number() ? value->to_number<double>(error) : -1;
    return !error && seconds >= 0 && seconds < 1e11 ? std::optional(static_cast<TimeMs>(seconds * 1000)) : std::nullopt;
}

bool listHas(const json::value* value, std::string_view text) {
    if (!value || !value->is_array()) {
        return false;
    }
    const auto& list = value->get_array();
    return std::any_of(list.begin(), list.end(),
                       [&](const json::value& one) { return one.is_string() && one.get_string() == text; });
}

// A claim that is that text, or has it among others.
bool claimIs(const json::object& claims, std::string_view name, std::string_view text) {
    const json::value* value = claims.if_contains(name);
    return value && ((value->is_string() && value->get_string() == text) || listHas(value, text) ||
                     (value->is_bool() && text == (value->get_bool() ? "true" : "false")));
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) {
        text += (text.empty() ? "" : " ") + word;
    }
    return text;
}

std::string lowerCase(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
    return text;
}

std::string base64(std::string_view text) {
    constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string coded;
    for (std::size_t i = 0; i < text.size(); i += 3) {
        const std::string_view three = text.substr(i, 3);
        unsigned bits = 0;
        for (std::size_t j = 0; j < 3; ++j) {
            bits = bits << 8 | (j < three.size() ? static_cast<unsigned char>(three[j]) : 0U);
        }
        for (std::size_t j = 0; j < 4; ++j) {
            coded.push_back(j <= three.size() ? kLetters[bits >> (18 - 6 * j) & 63] : '=');
        }
    }
    return coded;
}

// As in a form, which RFC 6749 section 2.3.1 wants before Basic.
std::string formCoded(const std::string& text) {
    return encodedQuery({{"", text}}).substr(1);
}

struct Algorithm {
    std::string_view name, keyType, curve;
};
constexpr std::array<Algorithm, 9> kAlgorithms{{{"RS256", "RSA", ""},
                                                {"RS384", "RSA", ""},
                                                {"RS512", "RSA", ""},
                                                {"PS256", "RSA", ""},
                                                {"PS384", "RSA", ""},
                                                {"PS512", "RSA", ""},
                                                {"ES256", "EC", "P-256"},
                                                {"ES384", "EC", "P-384"},
                                                {"ES512", "EC", "P-521"}}};

const Algorithm* algorithm(std::string_view name) {
    const auto* found =
        std::find_if(kAlgorithms.begin(), kAlgorithms.end(), [&](const Algorithm& one) { return one.name == name; });
    return found == kAlgorithms.end() ? nullptr : found;
}

bool fits(const json::object& key, const Algorithm& wanted, const std::string& keyId) {
    const std::string use = textOf(key, "use"), alg = textOf(key, "alg"), id = textOf(key, "kid");
    return textOf(key, "kty") == wanted.keyType && (use.empty() || use == "sig") &&
           (alg.empty() || alg == wanted.name) && (wanted.curve.empty() || textOf(key, "crv") == wanted.curve) &&
           (keyId.empty() || id == keyId) && (wanted.keyType != "RSA" || textOf(key, "n").size() >= kLeastModulus);
}

// The public part alone, whatever else is in there.
std::string publicPart(const json::object& key) {
    json::object part;
    for (const char* name : {"kty", "crv", "x", "y", "n", "e"}) {
        if (const std::string text = textOf(key, name); !text.empty()) {
            part[name] = text;
        }
    }
    return json::serialize(part);
}

bool isForUs(const json::object& claims, const std::string& clientId) {
    const json::value* audience = claims.if_contains("aud");
    const bool alone = audience && audience->is_string() && audience->get_string() == clientId;
    const bool amongOthers = listHas(audience, clientId);
    const bool several = amongOthers && audience->get_array().size() > 1;
    const json::value* party = claims.if_contains("azp");
    const bool ours = party && party->is_string() && party->get_string() == clientId;
    return (alone || amongOthers) && (party ? ours : !several);
}

bool isOfDomain(const json::object& claims, const std::vector<std::string>& domains) {
    const json::value* verified = claims.if_contains("email_verified");
    const std::string mail = textOf(claims, "email");
    const auto at = mail.rfind('@');
    const bool known = verified && ((verified->is_bool() && verified->get_bool()) ||
                                    (verified->is_string() && verified->get_string() == "true"));
    return known && at != std::string::npos && at > 0 &&
           std::any_of(domains.begin(), domains.end(),
                       [&](const std::string& domain) { return lowerCase(mail.substr(at + 1)) == lowerCase(domain); });
}

bool meets(const json::object& claims, const std::string& required) {
    const auto equals = required.find('=');
    return claimIs(claims, required.substr(0, equals), std::string_view(required).substr(equals + 1));
}

}  // namespace

Result<OidcProvider> oidcProvider(std::string_view body, const OidcOptions& options) {
    const auto object = objectIn(body, "discovery");
    if (!object) {
        return core::unexpected<core::Error>(object.error());
    }
    if (textOf(*object, "issuer") != options.issuer) {
        return improper("discovery: it is another issuer");
    }
    OidcProvider provider{textOf(*object, "authorization_endpoint"), textOf(*object, "token_endpoint"),
                          textOf(*object, "jwks_uri"), textOf(*object, "userinfo_endpoint"), false};
    const bool whole = placeOf(provider.authorizationEndpoint) && placeOf(provider.tokenEndpoint) &&
                       placeOf(provider.keys) && (provider.userInfo.empty() || placeOf(provider.userInfo));
    if (!whole) {
        return improper("discovery: an address is missing");
    }
    const json::value* methods = object->if_contains("token_endpoint_auth_methods_supported");
    provider.secretInBody = !listHas(methods, "client_secret_basic") && listHas(methods, "client_secret_post");
    return provider;
}

std::string authorizationUrl(const OidcProvider& provider, const OidcOptions& options, std::string_view state,
                             std::string_view nonce, std::string_view challenge) {
    return withParameters(provider.authorizationEndpoint, {{"response_type", "code"},
                                                           {"client_id", options.clientId},
                                                           {"redirect_uri", options.redirectUri},
                                                           {"scope", joined(options.scopes)},
                                                           {"state", std::string(state)},
                                                           {"nonce", std::string(nonce)},
                                                           {"code_challenge", std::string(challenge)},
                                                           {"code_challenge_method", "S256"}});
}

OutboundRequest tokenRequest(const OidcProvider& provider, const OidcOptions& options, std::string_view code,
                             std::string_view verifier) {
    Parameters fields{{"grant_type", "authorization_code"},
                      {"code", std::string(code)},
                      {"redirect_uri", options.redirectUri},
                      {"code_verifier", std::string(verifier)}};
    OutboundRequest request{.method = Method::Post, .url = provider.tokenEndpoint};
    request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}, {"Accept", "application/json"}};
    if (options.clientSecret.empty() || provider.secretInBody) {
        fields.emplace_back("client_id", options.clientId);
    } else {
        request.headers.emplace_back(
            "Authorization", "Basic " + base64(formCoded(options.clientId) + ":" + formCoded(options.clientSecret)));
    }
    if (provider.secretInBody && !options.clientSecret.empty()) {
        fields.emplace_back("client_secret", options.clientSecret);
    }
    request.body = encodedQuery(fields);
    request.mostBytes = 64 * 1024;
    request.repeatable = false;  // a code works once
    return request;
}

Result<OidcTokens> oidcTokens(const OutboundAnswer& answer) {
    if (answer.status >= 500) {
        return improper("token: " + std::to_string(answer.status));
    }
    const auto object = objectIn(answer.body, "token");
    if (!object) {
        return core::unexpected<core::Error>(object.error());
    }
    if (answer.status != 200) {
        return refused("token: " + std::to_string(answer.status) + " " +
                       core::cleanText(textOf(*object, "error"), 100));
    }
    OidcTokens tokens{textOf(*object, "id_token"), textOf(*object, "access_token")};
    return tokens.idToken.empty() ? Result<OidcTokens>(improper("token: there is no id_token"))
                                  : Result<OidcTokens>(std::move(tokens));
}

Result<OidcSigner> oidcSigner(std::string_view idToken) {
    const auto dot = idToken.find('.');
    const auto second = dot == std::string_view::npos ? dot : idToken.find('.', dot + 1);
    const bool three = second != std::string_view::npos && idToken.find('.', second + 1) == std::string_view::npos;
    const auto bytes = three && idToken.size() <= kLongestToken ? fromBase64Url(idToken.substr(0, dot)) : std::nullopt;
    const auto header = bytes ? core::parseJson(std::string(bytes->begin(), bytes->end()))
                              : Result<json::value>(refused("id token: malformed"));
    const json::object* fields = header ? header->if_object() : nullptr;
    if (!fields || fields->contains("crit") || !algorithm(textOf(*fields, "alg"))) {
        return refused("id token: of an algorithm that is not taken");
    }
    return OidcSigner{textOf(*fields, "alg"), textOf(*fields, "kid")};
}

std::vector<std::string> keysFor(const OidcSigner& signer, std::string_view keySet) {
    std::vector<std::string> fitting;
    const auto object = objectIn(keySet, "keys");
    const json::value* keys = object ? object->if_contains("keys") : nullptr;
    const Algorithm* wanted = algorithm(signer.algorithm);
    if (!keys || !keys->is_array() || keys->get_array().size() > kMostKeys || !wanted) {
        return fitting;
    }
    for (const json::value& key : keys->get_array()) {
        if (key.is_object() && fits(key.get_object(), *wanted, signer.keyId)) {
            fitting.push_back(publicPart(key.get_object()));
        }
    }
    return fitting;
}

Result<json::object> checkedIdClaims(std::string_view payload, const OidcOptions& options, std::string_view nonce,
                                     TimeMs now) {
    const auto value = core::parseJson(payload);
    if (!value || !value->is_object()) {
        return refused("id token: no claims");
    }
    const json::object& claims = value->get_object();
    const std::string subject = textOf(claims, "sub");
    const auto expires = timeOf(claims, "exp"), issued = timeOf(claims, "iat");
    if (textOf(claims, "iss") != options.issuer) {
        return refused("id token: of another issuer");
    }
    if (!isForUs(claims, options.clientId)) {
        return refused("id token: for somebody else");
    }
    if (subject.empty() || subject.size() > kLongestSubject || !core::isUtf8(subject)) {
        return refused("id token: no subject");
    }
    if (!expires || !issued || *expires + kSkew <= now || *issued > now + kSkew || *issued + kOldest < now ||
        timeOf(claims, "nbf").value_or(0) > now + kSkew) {
        return refused("id token: not of this time");
    }
    if (nonce.empty() || !equalInConstantTime(sha256(textOf(claims, "nonce")), sha256(nonce))) {
        return refused("id token: of another log-in");
    }
    return claims;
}

Result<void> addUserInfo(json::object& claims, std::string_view body) {
    const auto more = objectIn(body, "userinfo");
    if (!more) {
        return core::unexpected<core::Error>(more.error());
    }
    if (textOf(*more, "sub") != textOf(claims, "sub")) {
        return refused("userinfo: about somebody else");
    }
    for (const auto& field : *more) {
        if (!claims.contains(field.key())) {
            claims[field.key()] = field.value();
        }
    }
    return {};
}

bool wantsUserInfo(const json::object& claims, const OidcOptions& options) {
    const auto lacks = [&](const std::string& name) { return !claims.contains(name); };
    return lacks(options.usernameClaim) || lacks("email") ||
           std::any_of(options.requiredClaims.begin(), options.requiredClaims.end(),
                       [&](const std::string& required) { return lacks(required.substr(0, required.find('='))); });
}

Result<ExternalPerson> externalPerson(const json::object& claims, const OidcOptions& options) {
    const bool domain = options.allowedDomains.empty() || isOfDomain(claims, options.allowedDomains);
    const bool all = std::all_of(options.requiredClaims.begin(), options.requiredClaims.end(),
                                 [&](const std::string& required) { return meets(claims, required); });
    if (!domain || !all) {
        return core::fail(ErrorCode::Forbidden, "That account may not be used here.",
                          domain ? "a claim that is required" : "the domain of the address");
    }
    ExternalPerson person{
        options.issuer, textOf(claims, "sub"), core::cleanText(textOf(claims, options.usernameClaim), 100), {}};
    for (const char* name : {"email", "preferred_username", "name", "sub"}) {
        person.label = person.label.empty() ? core::cleanText(textOf(claims, name), 200) : person.label;
    }
    return person;
}

}  // namespace marea::server
