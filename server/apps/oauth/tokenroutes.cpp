// What programs ask without a page: metadata, keys, tokens, and their end.
#include "server/apps/identity/requestfields.h"
#include "server/apps/oauth/oauth.h"

namespace marea::server {

namespace json = core::json;
using core::ErrorCode;
using core::Result;

namespace {

constexpr std::string_view kDeviceGrant = "urn:ietf:params:oauth:grant-type:device_code";

Response answered(const Result<TokenPair>& pair, const Request& request) {
    if (!pair && pair.error().detail == kTooManyDevices) {
        return oauthProblem({"access_denied", pair.error().text}, request);
    }
    if (!pair) {
        return pair.error().code == ErrorCode::Unauthorized
                   ? oauthProblem({"invalid_grant", pair.error().text}, request)
                   : problemOf(pair.error());
    }
    Response response = Response::json(200, json::object{{"access_token", pair->accessToken},
                                                         {"refresh_token", pair->refreshToken},
                                                         {"expires_in", pair->expiresIn},
                                                         {"token_type", "Bearer"}});
    response.headers.set("Cache-Control", "no-store");  // RFC 6749 section 5.1
    return response;
}

// The client that says who it is: there is nothing to prove for a public one.
tl::expected<ApiClient, Response> clientOf(OAuth& oauth, const Request& request, std::string_view id) {
    auto client = oauth.clients().find(std::string(id));
    if (!client) {
        return tl::unexpected(problemOf(client.error()));
    }
    if (!*client) {
        return tl::unexpected(oauthProblem({"invalid_client", "There is no such client."}, request));
    }
    return std::move(**client);
}

Response byCode(OAuth& oauth, const Request& request, const RequestFields& fields) {
    for (const char* name : {"code", "redirect_uri", "client_id", "code_verifier"}) {
        if (fields[name].empty()) {
            return oauthProblem({"invalid_request", std::string(name) + " is missing"}, request);
        }
    }
    auto client = clientOf(oauth, request, fields["client_id"]);
    if (!client) {
        return std::move(client.error());
    }
    const std::string_view device = fields["device_name"].empty() ? client->name : fields["device_name"];
    return answered(
        oauth.codes().exchange({std::string(fields["code"]), client->id, std::string(fields["redirect_uri"]),
                                std::string(fields["code_verifier"]), std::string(device)}),
        request);
}

OAuthError waitError(DeviceWait wait) {
    switch (wait) {
        case DeviceWait::Pending:
            return {"authorization_pending", "Nobody has allowed it yet."};
        case DeviceWait::SlowDown:
            return {"slow_down", "Wait five seconds more each time."};
        case DeviceWait::Expired:
            return {"expired_token", "The code has run out. Ask for another."};
        case DeviceWait::Denied:
            return {"access_denied", "It was not allowed."};
        case DeviceWait::Unknown:
            break;
    }
    return {"invalid_grant", "There is no such device code, or it was used."};
}

Response byDevice(OAuth& oauth, const Request& request, const RequestFields& fields) {
    if (fields["device_code"].empty() || fields["client_id"].empty()) {
        return oauthProblem({"invalid_request", "device_code and client_id are needed"}, request);
    }
    auto client = clientOf(oauth, request, fields["client_id"]);
    if (!client) {
        return std::move(client.error());
    }
    auto answer = oauth.devices().poll(fields["device_code"], client->id);
    if (!answer) {
        return answered(core::unexpected<core::Error>(answer.error()), request);
    }
    const auto* wait = std::get_if<DeviceWait>(&*answer);
    return wait ? oauthProblem(waitError(*wait), request) : answered(std::get<TokenPair>(*answer), request);
}

json::array texts(std::initializer_list<std::string_view> list) {
    json::array array;
    for (const std::string_view text : list) {
        array.emplace_back(json::string_view(text.data(), text.size()));
    }
    return array;
}

}  // namespace

Response token(OAuth& oauth, const Request& request) {
    auto fields = RequestFields::form(request, {{"grant_type"},
                                                {"refresh_token", false},
                                                {"client_id", false},
                                                {"code", false},
                                                {"redirect_uri", false},
                                                {"code_verifier", false},
                                                {"device_code", false},
                                                {"device_name", false},
                                                {"scope", false}});
    if (!fields) {
        return oauthProblem({"invalid_request", fields.error().text}, request);
    }
    if (!(*fields)["scope"].empty() && (*fields)["scope"] != "all") {
        return oauthProblem({"invalid_scope", "the only scope is all"}, request);
    }
    const std::string_view grant = (*fields)["grant_type"];
    if (grant == "authorization_code") {
        return byCode(oauth, request, *fields);
    }
    if (grant == kDeviceGrant) {
        return byDevice(oauth, request, *fields);
    }
    if (grant != "refresh_token") {
        return oauthProblem({"unsupported_grant_type", "This is not granted here."}, request);
    }
    return answered(oauth.identity().refresh((*fields)["refresh_token"], (*fields)["client_id"]), request);
}

Response revoke(OAuth& oauth, const Request& request) {
    auto fields = RequestFields::form(request, {{"token"}, {"token_type_hint", false}, {"client_id", false}});
    if (!fields) {
        return oauthProblem({"invalid_request", fields.error().text}, request);
    }
    auto done = oauth.identity().signOut((*fields)["token"], (*fields)["client_id"]);
    return done ? Response::json(200, json::object{}) : problemOf(done.error());
}

// RFC 8414: what exists, and nothing more.
Response metadata(OAuth& oauth, const Request& request) {
    const std::string base = baseUrl(oauth.identity(), request);
    if (base.empty()) {
        return Response::problem(core::Error{ErrorCode::Invalid, "host header", "The request has no usable Host."});
    }
    Response response = Response::json(
        200, json::object{{"issuer", base},
                          {"authorization_endpoint", base + "/oauth/authorize"},
                          {"token_endpoint", base + "/oauth/token"},
                          {"revocation_endpoint", base + "/oauth/revoke"},
                          {"device_authorization_endpoint", base + "/oauth/device"},
                          {"jwks_uri", base + "/oauth/jwks.json"},
                          {"scopes_supported", texts({"all"})},
                          {"response_types_supported", texts({"code"})},
                          {"response_modes_supported", texts({"query"})},
                          {"grant_types_supported", texts({"authorization_code", "refresh_token", kDeviceGrant})},
                          {"code_challenge_methods_supported", texts({"S256"})},
                          {"authorization_response_iss_parameter_supported", true},
                          {"token_endpoint_auth_methods_supported", texts({"none"})},
                          {"revocation_endpoint_auth_methods_supported", texts({"none"})},
                          {"ui_locales_supported", texts({"en", "es"})}});
    response.headers.set("Cache-Control", "no-store");  // it depends on the Host header
    return response;
}

Response keySet(OAuth& oauth, const Request&) {
    json::array published;
    for (const KeptKey& kept : oauth.identity().accessTokens().keys().all()) {
        published.push_back(kept.key.jwk());
    }
    Response response = Response::json(200, json::object{{"keys", std::move(published)}});
    response.headers.set("Cache-Control", "public, max-age=300");
    return response;
}

}  // namespace marea::server
