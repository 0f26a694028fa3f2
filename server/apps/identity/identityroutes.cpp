// The routes of Identity: from request values to its calls and back.
#include "server/apps/identity/identity.h"
#include "server/apps/identity/requestfields.h"

namespace marea::server {

namespace json = core::json;
using core::ErrorCode;
using core::Result;

namespace {

Response problem(const core::Error& error) {
    Response response = Response::problem(error);
    if (error.code == ErrorCode::Busy) {
        response.headers.set("Retry-After", error.detail);  // tooManyTries() puts the seconds there
    }
    return response;
}

Response answered(int status, const Result<TokenPair>& pair) {
    if (!pair) {
        return problem(pair.error());
    }
    Response response = Response::json(status, json::object{{"access_token", pair->accessToken},
                                                            {"refresh_token", pair->refreshToken},
                                                            {"expires_in", pair->expiresIn},
                                                            {"token_type", "Bearer"}});
    response.headers.set("Cache-Control", "no-store");  // RFC 6749 section 5.1
    return response;
}

// An error of RFC 6749 section 5.2, which is a problem document too.
Response oauthProblem(const char* error, const std::string& text, const Request& request) {
    const json::object body{{"type", std::string("urn:marea:error:") + error},
                            {"title", "The grant was refused"},
                            {"status", 400},
                            {"detail", text},
                            {"request_id", request.requestId},
                            {"error", error},
                            {"error_description", text}};
    Response response = Response::json(400, body);
    response.headers.set("Content-Type", "application/problem+json");
    response.headers.set("Cache-Control", "no-store");
    return response;
}

Response setUp(Identity& identity, const Request& request) {
    auto fields = RequestFields::json(request, {{"code"}, {"username"}, {"password"}, {"device_name", false}});
    if (!fields) {
        return problem(fields.error());
    }
    const auto& f = *fields;
    return answered(201, identity.setup(f["code"], f["username"], f["password"], f["device_name"], request.peer));
}

Response logIn(Identity& identity, const Request& request) {
    auto fields = RequestFields::json(request, {{"username"}, {"password"}, {"device_name", false}});
    if (!fields) {
        return problem(fields.error());
    }
    const auto& f = *fields;
    return answered(200, identity.login(f["username"], f["password"], f["device_name"], request.peer));
}

Response token(Identity& identity, const Request& request) {
    auto fields = RequestFields::form(request, {{"grant_type"}, {"refresh_token", false}});
    if (!fields) {
        return oauthProblem("invalid_request", fields.error().text, request);
    }
    if ((*fields)["grant_type"] != "refresh_token") {
        return oauthProblem("unsupported_grant_type", "Only refresh_token is granted here.", request);
    }
    auto pair = identity.refresh((*fields)["refresh_token"]);
    if (!pair && pair.error().code == ErrorCode::Unauthorized) {
        return oauthProblem("invalid_grant", pair.error().text, request);
    }
    return answered(200, pair);
}

Response revoke(Identity& identity, const Request& request) {
    auto fields = RequestFields::form(request, {{"token"}, {"token_type_hint", false}});
    if (!fields) {
        return oauthProblem("invalid_request", fields.error().text, request);
    }
    auto done = identity.signOut((*fields)["token"]);
    return done ? Response::json(200, json::object{}) : problem(done.error());
}

Response me(const Request& request) {
    const Principal& who = *request.principal;
    return Response::json(
        200, json::object{
                 {"id", who.userId}, {"username", who.username}, {"role", who.role}, {"session_id", who.sessionId}});
}

Response devices(Identity& identity, const Request& request) {
    auto logins = identity.devices(request.principal->userId);
    if (!logins) {
        return problem(logins.error());
    }
    json::array items;
    for (const Login& login : *logins) {
        items.push_back(json::object{{"id", login.id},
                                     {"name", login.deviceName},
                                     {"created_at", login.createdAt},
                                     {"last_seen_at", login.lastSeenAt},
                                     {"current", login.id == request.principal->sessionId}});
    }
    return Response::json(200, json::object{{"items", std::move(items)}, {"next_cursor", nullptr}});
}

Response removeDevice(Identity& identity, const Request& request) {
    auto removed = identity.removeDevice(request.principal->userId, core::Id(request.param("id")));
    return removed ? Response::empty() : problem(removed.error());
}

Response serverInfo(const Identity& identity) {
    const IdentityOptions& options = identity.options();
    return Response::json(200, json::object{{"name", options.serverName},
                                            {"version", options.version},
                                            {"commit", options.commit},
                                            {"id", identity.serverId()},
                                            {"setup_needed", !identity.setupCode().empty()}});
}

// The public URL when one is configured, else what the client called us; "" when that is no host name.
std::string baseUrl(const Identity& identity, const Request& request) {
    if (!identity.options().publicUrl.empty()) {
        return identity.options().publicUrl;
    }
    const std::string host(request.headers.find("host").value_or(""));
    const bool plain = host.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:[]_") ==
                       std::string::npos;
    return plain && !host.empty() ? (request.secure ? "https://" : "http://") + host : std::string();
}

// RFC 8414: what exists, and nothing more.
Response oauthMetadata(const Identity& identity, const Request& request) {
    const std::string base = baseUrl(identity, request);
    if (base.empty()) {
        return Response::problem(core::Error{ErrorCode::Invalid, "host header", "The request has no usable Host."});
    }
    Response response =
        Response::json(200, json::object{{"issuer", base},
                                         {"token_endpoint", base + "/oauth/token"},
                                         {"revocation_endpoint", base + "/oauth/revoke"},
                                         {"jwks_uri", base + "/oauth/jwks.json"},
                                         {"response_types_supported", json::array{}},
                                         {"grant_types_supported", json::array{"refresh_token"}},
                                         {"token_endpoint_auth_methods_supported", json::array{"none"}},
                                         {"revocation_endpoint_auth_methods_supported", json::array{"none"}}});
    response.headers.set("Cache-Control", "no-store");  // it depends on the Host header
    return response;
}

Response keys(const Identity& identity) {
    Response response = Response::json(200, json::object{{"keys", json::array{identity.accessTokens().key().jwk()}}});
    response.headers.set("Cache-Control", "public, max-age=300");
    return response;
}

}  // namespace

void Identity::addRoutes(Router& router, WorkPool& pool) {
    using Call = Response (*)(Identity&, const Request&);
    const auto blocking = [this, &pool](Call call) {
        return pooled(pool, [this, call](const Request& request) { return call(*this, request); });
    };
    constexpr std::size_t small = 8 * 1024;
    router.add({Method::Post, "/api/v1/setup", Access::Public, blocking(setUp), small});
    router.add({Method::Post, "/api/v1/login", Access::Public, blocking(logIn), small});
    router.add({Method::Post, "/oauth/token", Access::Public, blocking(token), small});
    router.add({Method::Post, "/oauth/revoke", Access::Public, blocking(revoke), small});
    router.add(
        {Method::Get, "/oauth/jwks.json", Access::Public, inlined([this](const Request&) { return keys(*this); })});
    router.add({Method::Get, "/.well-known/oauth-authorization-server", Access::Public,
                inlined([this](const Request& request) { return oauthMetadata(*this, request); })});
    router.add(
        {Method::Get, "/api/v1/server", Access::Public, inlined([this](const Request&) { return serverInfo(*this); })});
    router.add({Method::Get, "/api/v1/me", Access::User, inlined(me)});
    router.add({Method::Get, "/api/v1/me/devices", Access::User, blocking(::marea::server::devices)});
    router.add(
        {Method::Delete, "/api/v1/me/devices/{id}", Access::User, blocking(::marea::server::removeDevice), small});
}

}  // namespace marea::server
