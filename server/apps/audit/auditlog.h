#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/log.h"
#include "core/db/database.h"
#include "server/gateway/auditor.h"
#include "server/gateway/router.h"
#include "server/gateway/workpool.h"

namespace marea::server {

struct AuditEntry {
    std::int64_t seq = 0;
    core::TimeMs at = 0;
    AuditedRequest request;
};

// Who did what to what, from where, when, and how it went: rows that are added and never changed. The database refuses
// to change them, and lets go of those that are older than the retention alone.
class AuditLog final : public Auditor {
public:
    AuditLog(core::db::Database& database, std::shared_ptr<const core::Clock> clock,
             std::shared_ptr<core::Logger> logger, core::Executor executor);

    void record(AuditedRequest request) override;      // written by the executor; a failure goes to the log
    core::Result<void> write(AuditedRequest request);  // blocks

    struct Filter {
        std::string action = {};  // empty: any; one that ends in '.' is the beginning of several
        std::string userId = {};
        std::optional<core::TimeMs> since = {}, until = {};
        std::int64_t before = 0;  // only entries before this one; 0: from the newest on
    };
    core::Result<std::vector<AuditEntry>> list(const Filter& filter, std::int64_t limit) const;  // the newest first
    core::Result<void> forget(core::TimeMs before);                                              // what is older
    void addRoutes(Router& router, WorkPool& pool);

private:
    core::db::Database& database_;
    std::shared_ptr<const core::Clock> clock_;
    std::shared_ptr<core::Logger> logger_;
    core::Executor executor_;
};

core::json::object toJson(const AuditEntry& entry);

}  // namespace marea::server
