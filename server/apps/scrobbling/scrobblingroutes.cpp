// /api/v1/me/scrobbling
#include "server/apps/identity/requestfields.h"
#include "server/apps/scrobbling/scrobbling.h"

namespace marea::server {

namespace json = core::json;
using core::ErrorCode;

namespace {

const char* nameOf(const std::optional<Scrobbler>& scrobbler) {
    return !scrobbler ? "off" : scrobbler->paused.empty() ? "on" : "paused";
}

json::object jsonOf(const Scrobbling::State& state) {
    const auto& one = state.scrobbler;
    json::array services;
    for (const std::string& address : state.addresses) {
        services.emplace_back(address);
    }
    const bool wrong = one && !one->lastError.empty();
    return {{"state", nameOf(one)},
            {"address", one ? json::value(one->address) : json::value(nullptr)},
            {"services", std::move(services)},
            {"waiting", state.waiting},
            {"told", one ? one->told : 0},
            {"last_told_at", one && one->lastToldAt ? json::value(*one->lastToldAt) : json::value(nullptr)},
            {"problem", wrong ? json::value(one->lastError) : json::value(nullptr)}};
}

core::Result<std::pair<std::string, std::string>> wished(const Scrobbling& scrobbling, const Request& request) {
    auto fields = RequestFields::json(request, {{"token"}, {"address", false}});
    auto address = fields ? scrobbling.allowed((*fields)["address"]) : core::unexpected<core::Error>(fields.error());
    if (!address) {
        return core::unexpected<core::Error>(address.error());
    }
    const std::string token((*fields)["token"]);
    const bool plain =
        token.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.~+/=") ==
        std::string::npos;
    return plain && !token.empty()
               ? core::Result<std::pair<std::string, std::string>>(std::pair(*address, token))
               : core::fail(ErrorCode::Invalid, "A token has letters, digits and \"-_.~+/=\" alone.");
}

}  // namespace

Response Scrobbling::shown(const core::Id& userId) {
    const auto now = state(userId);
    return now ? Response::json(200, jsonOf(*now)) : Response::problem(now.error());
}

// The service is asked whether it knows the token before it is kept.
void Scrobbling::change(const Request& request, Reply reply) {
    auto wish = wished(*this, request);
    if (!wish) {
        reply(Response::problem(wish.error()));
        return;
    }
    OutboundRequest question{.url = wish->first + "/1/validate-token"};
    question.headers = {{"Authorization", "Token " + wish->second}};
    question.mostBytes = 64 * 1024;
    question.repeatable = false;
    auto held = std::make_shared<Reply>(std::move(reply));
    parts_.outbound.send(std::move(question), [this, held, wish = *wish, userId = request.principal->userId](
                                                  core::Result<OutboundAnswer> answer) {
        const auto whose = validatedUser(answer);
        if (!whose || !*whose) {
            const core::Error unknown{ErrorCode::Unprocessable, "", "The service does not know this token."};
            const core::Error down{ErrorCode::Unavailable, whose ? "" : whose.error().detail,
                                   "The service cannot be asked just now. Try again later."};
            (*held)(Response::problem(whose ? unknown : down));
            return;
        }
        const bool posted = parts_.pool.post([this, held, wish, userId] {
            auto kept = connect(userId, wish.first, wish.second);
            (*held)(kept ? shown(userId) : Response::problem(kept.error()));
        });
        if (!posted) {
            (*held)(Response::problem({ErrorCode::Unavailable, "pool", "The server is busy. Try again in a moment."}));
        }
    });
}

void Scrobbling::addRoutes(Router& router) {
    const auto blocking = [this](PlainHandler call) { return pooled(parts_.pool, std::move(call)); };
    router.add({Method::Get, "/api/v1/me/scrobbling", Access::User,
                blocking([this](const Request& request) { return shown(request.principal->userId); })});
    router.add({Method::Put, "/api/v1/me/scrobbling", Access::User,
                [this](const Request& request, Reply reply) { change(request, std::move(reply)); }, 8 * 1024});
    router.add({Method::Delete, "/api/v1/me/scrobbling", Access::User, blocking([this](const Request& request) {
                    auto removed = disconnect(request.principal->userId);
                    return removed ? Response::empty() : Response::problem(removed.error());
                })});
}

}  // namespace marea::server
