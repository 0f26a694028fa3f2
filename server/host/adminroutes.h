#pragma once

#include <functional>
#include <memory>

#include "core/base/logring.h"
#include "server/gateway/router.h"
#include "server/gateway/workpool.h"
#include "server/host/configreload.h"
#include "server/host/storage.h"

namespace marea::server {

// What owners look at and do about the server itself. The functions are called on the pool's threads and may block.
struct AdminPorts {
    std::function<std::shared_ptr<const core::LogRing>()> log;  // null: nothing is kept
    std::function<core::Result<StorageReport>()> storage;
    std::function<core::Result<ConfigChange>()> reload;
};

// /api/v1/admin/logs, storage and reload.
void addAdminRoutes(Router& router, WorkPool& pool, AdminPorts ports);

core::json::object toJson(const ConfigChange& change);

}  // namespace marea::server
