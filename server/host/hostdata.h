#pragma once

#include <memory>
#include <optional>

#include "core/base/log.h"
#include "core/base/result.h"
#include "core/db/database.h"
#include "server/host/config.h"
#include "server/host/datafolder.h"
#include "server/host/helperlock.h"

namespace marea::server {

// The data folder of a server, or of a helper beside one, and its database.
struct HostData {
    // Conflict when another server has the folder, or, for a helper, when it is of another version of Marea.
    static core::Result<HostData> open(const Config& config, const std::shared_ptr<core::Logger>& logger);

    std::optional<DataFolderLock> lock;  // of a server
    std::optional<HelperLock> helping;   // of a helper
    std::unique_ptr<core::db::Database> database;
};

}  // namespace marea::server
