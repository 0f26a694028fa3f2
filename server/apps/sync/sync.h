#pragma once

#include "server/apps/sync/synchandlers.h"
#include "server/gateway/router.h"
#include "server/gateway/workpool.h"

namespace marea::server {

// Devices of one account kept in step by the server.
class Sync {
public:
    // `database`: where library events are written, so that who listens to them is told. Outlives it.
    Sync(core::db::Database& database, std::shared_ptr<const core::Clock> clock, SyncHandlers::News news)
        : service_(database, std::move(clock)), handlers_(service_, std::move(news)) {}

    void addRoutes(Router& router, WorkPool& pool);

private:
    SyncService service_;
    SyncHandlers handlers_;
};

}  // namespace marea::server
