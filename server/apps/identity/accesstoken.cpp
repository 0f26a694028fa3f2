#include "server/apps/identity/accesstoken.h"

#include <algorithm>

#include "server/apps/identity/secrets.h"

namespace marea::server {

namespace {

namespace json = core::json;

constexpr std::size_t kMaxToken = 4096;
constexpr core::TimeMs kClockSkew = 30'000;  // a token "from the future", by another process on this machine

tl::unexpected<core::Error> refused(std::string why) {
    return core::fail(core::ErrorCode::Unauthorized, "Sign in again.", std::move(why));
}

core::Result<std::string> decodedPart(std::string_view part) {
    const auto bytes = fromBase64Url(part);
    if (!bytes) {
        return refused("access token: not base64url");
    }
    return std::string(bytes->begin(), bytes->end());
}

std::optional<json::object> parsedObject(std::string_view text) {
    boost::system::error_code error;
    json::value value = json::parse(json::string_view(text.data(), text.size()), error);
    if (error || !value.is_object()) {
        return std::nullopt;
    }
    return std::move(value.as_object());
}

std::string_view textOf(const json::object& object, const char* key) {
    const json::value* value = object.if_contains(key);
    return value && value->is_string() ? std::string_view(value->get_string().data(), value->get_string().size())
                                       : std::string_view();
}

std::int64_t secondsOf(const json::object& object, const char* key) {
    const json::value* value = object.if_contains(key);
    return value && value->is_int64() && value->get_int64() > 0 && value->get_int64() < (std::int64_t{1} << 40)
               ? value->get_int64()
               : 0;
}

bool isRole(std::string_view role) {
    return role == "owner" || role == "member" || role == "child";
}

}  // namespace

std::optional<std::string> keyOfOurHeader(std::string_view header) {
    const auto object = parsedObject(header);
    const bool ours = object && textOf(*object, "alg") == "ES256" && textOf(*object, "typ") == "at+jwt" &&
                      !textOf(*object, "kid").empty() && !object->contains("crit");
    return ours ? std::optional<std::string>(textOf(*object, "kid")) : std::nullopt;
}

core::Result<AccessClaims> checkedClaims(std::string_view payload, const std::vector<std::string>& issuers,
                                         std::string_view audience, core::TimeMs now) {
    const auto object = parsedObject(payload);
    if (!object) {
        return refused("access token: no claims");
    }
    const bool issued = std::find(issuers.begin(), issuers.end(), textOf(*object, "iss")) != issuers.end();
    if (!issued || textOf(*object, "aud") != audience) {
        return refused("access token: of another issuer or audience");
    }
    AccessClaims claims;
    claims.userId = textOf(*object, "sub");
    claims.sessionId = textOf(*object, "sid");
    claims.tokenId = textOf(*object, "jti");
    claims.username = textOf(*object, "name");
    claims.role = textOf(*object, "role");
    claims.clientId = textOf(*object, "client_id");
    claims.issued = secondsOf(*object, "iat") * 1000;
    claims.expires = secondsOf(*object, "exp") * 1000;
    if (!core::isId(claims.userId) || !core::isId(claims.sessionId) || !core::isId(claims.tokenId) ||
        !isRole(claims.role) || claims.issued == 0) {
        return refused("access token: a claim is missing");
    }
    if (claims.expires <= now || claims.issued > now + kClockSkew) {
        return refused("access token: expired");
    }
    return claims;
}

core::Result<std::string> AccessTokens::issue(const AccessClaims& claims) const {
    const json::object payload{{"iss", issuer()},
                               {"aud", audience_},
                               {"sub", claims.userId},
                               {"client_id", claims.clientId},
                               {"sid", claims.sessionId},
                               {"jti", claims.tokenId},
                               {"name", claims.username},
                               {"role", claims.role},
                               {"iat", claims.issued / 1000},
                               {"exp", claims.expires / 1000}};
    return sign("at+jwt", json::serialize(payload), claims.issued);
}

core::Result<std::string> AccessTokens::sign(std::string_view type, std::string_view payload, core::TimeMs now) const {
    const auto key = keys_->signer(now);
    return key ? key->sign(type, payload)
               : core::fail(core::ErrorCode::Internal, "Signing in failed.", "there is no key to sign with");
}

core::Result<AccessClaims> AccessTokens::verify(std::string_view token, core::TimeMs now) const {
    const auto first = token.find('.');
    const auto second = first == std::string_view::npos ? first : token.find('.', first + 1);
    if (token.size() > kMaxToken || second == std::string_view::npos) {
        return refused("access token: malformed");
    }
    // All three parts in the one canonical form, and the header ours, before the key touches anything.
    const auto header = decodedPart(token.substr(0, first));
    const auto payload = decodedPart(token.substr(first + 1, second - first - 1));
    const auto signature = decodedPart(token.substr(second + 1));
    const auto keyId = header && payload && signature ? keyOfOurHeader(*header) : std::nullopt;
    const auto key = keyId ? keys_->find(*keyId, now) : std::nullopt;
    if (!key) {
        return refused("access token: not of our kind");
    }
    const auto verified = key->verified(token);
    return verified ? checkedClaims(*verified, issuers_, audience_, now)
                    : core::unexpected<core::Error>(verified.error());
}

}  // namespace marea::server
