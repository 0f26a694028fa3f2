// The routes of Events: from request values to its parts and back.
#include <algorithm>
#include <charconv>

#include "server/apps/events/events.h"

namespace marea::server {

namespace json = core::json;
using core::Id;

namespace {

// Negative: not a number.
std::int64_t numberOf(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() ? number : -1;
}

Response problem(const core::Error& error) {
    Response response = Response::problem(error);
    if (response.status == 429 || response.status == 503) {
        response.headers.set("Retry-After", "5");
    }
    return response;
}

}  // namespace

void Events::addRoutes(Router& router) {
    router.add(Route{Method::Post, "/api/v1/events/ticket", Access::User,
                     inlined([this](const Request& request) { return ticket(request); })});
    router.add(WebSocketRoute{"/api/v1/events", Access::Ticket,
                              [this](const Request& request, std::shared_ptr<WebSocketPeer> peer) {
                                  return listen(request, std::move(peer));
                              }});
    router.add(Route{Method::Get, "/api/v1/devices", Access::User,
                     pooled(parts_.pool, [this](const Request& request) { return devices(request); })});
    router.add(Route{Method::Post, "/api/v1/devices/{id}/remote", Access::User,
                     [this](Request request, Reply reply) { command(request, std::move(reply)); }});
}

Response Events::ticket(const Request& request) {
    Response response = Response::json(201, json::object{{"ticket", parts_.identity.issueTicket(*request.principal)},
                                                         {"expires_in", Tickets::kLife / 1000}});
    response.headers.set("Cache-Control", "no-store");
    return response;
}

WebSocketCallbacks Events::listen(const Request& request, std::shared_ptr<WebSocketPeer> peer) {
    const auto since = request.queryValue("since");
    return hub_->open(*request.principal, since ? std::optional(numberOf(*since)) : std::nullopt, std::move(peer));
}

// Those of the user's devices that listen now; what each plays, of those that let themselves be controlled.
Response Events::devices(const Request& request) {
    const Principal& who = *request.principal;
    const auto logins = parts_.identity.devices(who.userId);
    if (!logins) {
        return problem(logins.error());
    }
    const auto listening = hub_->listening(who.userId);
    const auto players = hub_->players(who.userId);
    json::array items;
    for (const Login& login : *logins) {
        if (std::find(listening.begin(), listening.end(), login.id) == listening.end()) {
            continue;
        }
        const auto player = std::find_if(players.begin(), players.end(),
                                         [&](const EventHub::Player& one) { return one.device == login.id; });
        const bool plays = player != players.end();
        const bool says = plays && player->commands;
        items.push_back(json::object{
            {"id", login.id},
            {"name", login.deviceName},
            {"client_id", login.clientId},
            {"current", login.id == who.sessionId},
            {"controllable", plays},
            {"commands", says ? json::value(json::array(player->commands->begin(), player->commands->end()))
                              : json::value(nullptr)},
            {"state", plays ? json::value(player->state) : json::value(nullptr)}});
    }
    return Response::json(200, json::object{{"items", std::move(items)}, {"next_cursor", nullptr}});
}

// A device that does not say what it takes is asked, and says so then.
bool Events::takes(const Id& user, const Id& device, std::string_view command) const {
    const auto players = hub_->players(user);
    const auto player =
        std::find_if(players.begin(), players.end(), [&](const EventHub::Player& one) { return one.device == device; });
    return command == "hand_over" || player == players.end() || !player->commands ||
           std::find(player->commands->begin(), player->commands->end(), command) != player->commands->end();
}

void Events::command(const Request& request, Reply reply) {
    const Principal& who = *request.principal;
    const Id device(request.param("id"));
    const auto command = parseRemoteCommand(request.body);
    if (!command) {
        reply(problem(command.error()));
        return;
    }
    for (const Id& one : {device, command->to}) {
        const auto login = one.empty() ? std::optional(who) : parts_.identity.signedIn(one);
        if (!login || login->userId != who.userId) {
            reply(Response::problem(404, "not-found", "There is no such device."));
            return;
        }
    }
    if (!takes(who.userId, device, command->name)) {
        reply(Response::problem(
            core::Error{core::ErrorCode::Unprocessable, {}, "That device does not take this command."}));
        return;
    }
    const auto shared = std::make_shared<Reply>(std::move(reply));
    remote_->command(who.userId, who.sessionId, device, *command, [shared](core::Result<json::object> state) {
        (*shared)(state ? Response::json(200, json::object{{"state", std::move(*state)}}) : problem(state.error()));
    });
}

}  // namespace marea::server
