#include "server/apps/oauth/oauth.h"

namespace marea::server {

using core::Result;
using core::db::Session;

namespace {

constexpr core::TimeMs kPruneEvery = 600 * 1000;
constexpr std::size_t kForm = 16 * 1024;

}  // namespace

OAuth::OAuth(core::db::Database& database, Identity& identity, std::shared_ptr<const core::Clock> clock,
             std::shared_ptr<core::Logger> logger)
    : database_(database),
      identity_(identity),
      clock_(clock),
      logger_(std::move(logger)),
      clients_(database, identity, clock),
      codes_(database, identity, clock),
      devices_(database, identity, clock) {}

Result<void> OAuth::maintain() {
    const core::TimeMs now = clock_->now();
    {
        const std::lock_guard lock(mutex_);
        if (now - lastPrune_ < kPruneEvery && now >= lastPrune_) {
            return {};
        }
        lastPrune_ = now;
    }
    return database_.write([&](Session& session) {
        auto pruned = AuthorizationCodes::prune(session, now);
        return pruned ? DeviceGrants::prune(session, now) : pruned;
    });
}

void OAuth::addRoutes(Router& router, WorkPool& pool) {
    const auto blocking = [this, &pool](OAuthCall call) {
        return pooled(pool, [this, call](const Request& request) { return call(*this, request); });
    };
    const auto quick = [this](OAuthCall call) {
        return inlined([this, call](const Request& request) { return call(*this, request); });
    };
    router.add({Method::Get, "/.well-known/oauth-authorization-server", Access::Public, quick(metadata)});
    router.add({Method::Get, "/oauth/jwks.json", Access::Public, quick(keySet)});
    router.add({Method::Post, "/oauth/token", Access::Public, blocking(token), kForm});
    router.add({Method::Post, "/oauth/revoke", Access::Public, blocking(revoke), kForm});
    router.add({Method::Get, "/oauth/authorize", Access::Public, blocking(authorizePage)});
    router.add({Method::Post, "/oauth/authorize", Access::Public, blocking(authorizeAnswer), kForm});
    router.add({Method::Post, "/oauth/device", Access::Public, blocking(deviceStart), kForm});
    router.add({Method::Get, "/oauth/device", Access::Public, blocking(devicePage)});
    router.add({Method::Post, "/oauth/device/answer", Access::Public, blocking(deviceAnswer), kForm});
    router.add({Method::Get, "/oauth/device/qr.svg", Access::Public, blocking(deviceQr)});
    router.add({Method::Get, "/api/v1/admin/clients", Access::Owner, blocking(clientList)});
    router.add({Method::Post, "/api/v1/admin/clients", Access::Owner, blocking(addClient), kForm});
    router.add({Method::Delete, "/api/v1/admin/clients/{id}", Access::Owner, blocking(removeClient), kForm});
}

std::string baseUrl(const Identity& identity, const Request& request) {
    if (!identity.options().publicUrl.empty()) {
        return identity.options().publicUrl;
    }
    const std::string host(request.headers.find("host").value_or(""));
    const bool plain = host.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:[]_") ==
                       std::string::npos;
    return plain && !host.empty() ? (request.secure ? "https://" : "http://") + host : std::string();
}

Response problemOf(const core::Error& error) {
    Response response = Response::problem(error);
    if (error.code == core::ErrorCode::Busy && !error.detail.empty()) {
        response.headers.set("Retry-After", error.detail);  // those who say Busy put the seconds there
    }
    return response;
}

Response oauthProblem(const OAuthError& error, const Request& request) {
    Response response = Response::json(400, core::json::object{{"type", "urn:marea:error:" + error.error},
                                                               {"title", "The grant was refused"},
                                                               {"status", 400},
                                                               {"detail", error.description},
                                                               {"request_id", request.requestId},
                                                               {"error", error.error},
                                                               {"error_description", error.description}});
    response.headers.set("Cache-Control", "no-store");
    return response;
}

}  // namespace marea::server
