#pragma once

#include <functional>
#include <memory>

#include "server/apps/sync/syncservice.h"
#include "server/gateway/http.h"

namespace marea::server {

// /api/v1/sync: from request values to the service and back. Run on the work pool.
class SyncHandlers {
public:
    // Told of each library that a device changed, with the place up to which it can be taken.
    using News = std::function<void(const core::Id& user, const core::Id& login, std::uint64_t place)>;
    SyncHandlers(SyncService& service, News news) : service_(service), news_(std::move(news)) {}

    Response devices(const Request& request);    // GET /api/v1/sync/devices
    Response add(const Request& request);        // POST /api/v1/sync/devices
    Response pair(const Request& request);       // POST /api/v1/sync/pair
    Response changes(const Request& request);    // GET /api/v1/sync/changes
    Response take(const Request& request);       // POST /api/v1/sync/changes
    Response conflicts(const Request& request);  // GET /api/v1/sync/conflicts
    Response keepShown(const Request& request);  // DELETE /api/v1/sync/conflicts
    Response choose(const Request& request);     // POST /api/v1/sync/conflicts/{id}

private:
    SyncService& service_;
    const News news_;
};

}  // namespace marea::server
