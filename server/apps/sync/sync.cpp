#include "server/apps/sync/sync.h"

#include "sync/merge/wire.h"

namespace marea::server {

void Sync::addRoutes(Router& router, WorkPool& pool) {
    const auto add = [&](Method method, const char* pattern, PlainHandler handler, std::size_t most = 64 * 1024) {
        router.add(Route{method, pattern, Access::User, pooled(pool, std::move(handler)), most});
    };
    add(Method::Get, "/api/v1/sync/devices", [this](const Request& r) { return handlers_.devices(r); });
    add(Method::Post, "/api/v1/sync/devices", [this](const Request& r) { return handlers_.add(r); });
    add(Method::Post, "/api/v1/sync/pair", [this](const Request& r) { return handlers_.pair(r); });
    add(Method::Get, "/api/v1/sync/changes", [this](const Request& r) { return handlers_.changes(r); });
    add(
        Method::Post, "/api/v1/sync/changes", [this](const Request& r) { return handlers_.take(r); },
        sync::WireLimits::bytes);
    add(Method::Get, "/api/v1/sync/conflicts", [this](const Request& r) { return handlers_.conflicts(r); });
    add(Method::Delete, "/api/v1/sync/conflicts", [this](const Request& r) { return handlers_.keepShown(r); });
    add(Method::Post, "/api/v1/sync/conflicts/{id}", [this](const Request& r) { return handlers_.choose(r); });
}

}  // namespace marea::server
