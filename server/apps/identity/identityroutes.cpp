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

Response setUp(Identity& identity, const Request& request) {
    auto fields = RequestFields::json(request, {{"code"}, {"username"}, {"password"}, {"device_name", false}});
    if (!fields) {
        return problem(fields.error());
    }
    const auto& f = *fields;
    return answered(201, identity.setup(f["code"], f["username"], f["password"], f["device_name"], request.peer));
}

// Who knew the password is told what to choose from.
Response tooManyDevices(Identity& identity, std::string_view username, const core::Error& error,
                        const std::string& requestId) {
    const auto user = identity.userNamed(username);
    const auto logins = user ? identity.devices(*user) : core::unexpected<core::Error>(user.error());
    json::array devices;
    for (const Login& login : logins.value_or(std::vector<Login>())) {
        if (login.clientId != kCommandLineClient) {
            devices.push_back(
                json::object{{"id", login.id}, {"name", login.deviceName}, {"last_seen_at", login.lastSeenAt}});
        }
    }
    Response response = Response::json(409, json::object{{"type", "urn:marea:error:too_many_devices"},
                                                         {"title", "Too many devices"},
                                                         {"status", 409},
                                                         {"detail", error.text},
                                                         {"request_id", requestId},
                                                         {"devices", std::move(devices)}});
    response.headers.set("Content-Type", "application/problem+json");
    response.headers.set("Cache-Control", "no-store");
    return response;
}

Response logIn(Identity& identity, const Request& request) {
    auto fields =
        RequestFields::json(request, {{"username"}, {"password"}, {"device_name", false}, {"remove_device", false}});
    if (!fields) {
        return problem(fields.error());
    }
    const auto& f = *fields;
    const auto pair =
        identity.login(f["username"], f["password"], f["device_name"], request.peer, core::Id(f["remove_device"]));
    return !pair && pair.error().detail == kTooManyDevices
               ? tooManyDevices(identity, f["username"], pair.error(), request.requestId)
               : answered(200, pair);
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
                                     {"client_id", login.clientId},
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
    const std::string pin = identity.tlsPin();
    return Response::json(200, json::object{{"name", options.serverName},
                                            {"version", options.version},
                                            {"commit", options.commit},
                                            {"id", identity.serverId()},
                                            {"setup_needed", !identity.setupCode().empty()},
                                            {"tls_pin", pin.empty() ? json::value(nullptr) : json::value(pin)}});
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
    router.add(
        {Method::Get, "/api/v1/server", Access::Public, inlined([this](const Request&) { return serverInfo(*this); })});
    router.add({Method::Get, "/api/v1/me", Access::User, inlined(me)});
    router.add({Method::Get, "/api/v1/me/devices", Access::User, blocking(::marea::server::devices)});
    router.add(
        {Method::Delete, "/api/v1/me/devices/{id}", Access::User, blocking(::marea::server::removeDevice), small});
}

}  // namespace marea::server
