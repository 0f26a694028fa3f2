#pragma once

#include <atomic>
#include <memory>

#include "core/base/clock.h"
#include "core/base/log.h"
#include "core/db/database.h"
#include "server/host/metrics.h"

namespace marea::server {

class WorkerPool;

// Whether this process can do its work now. All parameters outlive it.
class Health {
public:
    Health(core::db::Database& database, const WorkerPool& workers, std::shared_ptr<const core::Clock> clock,
           std::shared_ptr<core::Logger> logger);

    void checkDatabase();  // blocks
    Readiness readiness() const;

private:
    core::db::Database& database_;
    const WorkerPool& workers_;
    const std::shared_ptr<const core::Clock> clock_;
    const std::shared_ptr<core::Logger> logger_;
    std::atomic<bool> databaseWritable_ = true;
};

}  // namespace marea::server
