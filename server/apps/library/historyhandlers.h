#pragma once

#include <memory>

#include "core/base/clock.h"
#include "core/db/database.h"
#include "server/apps/library/history.h"
#include "server/apps/library/mediasource.h"
#include "server/gateway/http.h"

namespace marea::server {

// What a user did, and taking it back, over HTTP; run on the work pool.
class HistoryHandlers {
public:
    HistoryHandlers(core::db::Database& database, MediaSource& media, std::shared_ptr<const core::Clock> clock)
        : database_(database), media_(media), clock_(std::move(clock)) {}

    Response list(const Request& request);  // GET /api/v1/history
    Response undo(const Request& request);  // POST /api/v1/history/undo

private:
    core::db::Database& database_;
    MediaSource& media_;
    std::shared_ptr<const core::Clock> clock_;
};

}  // namespace marea::server
