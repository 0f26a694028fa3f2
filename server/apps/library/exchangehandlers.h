#pragma once

#include <memory>

#include "core/base/clock.h"
#include "core/db/database.h"
#include "server/apps/library/mediasource.h"
#include "server/gateway/http.h"

namespace marea::server {

// Playlists from and for other programs, over HTTP; run on the work pool.
class ExchangeHandlers {
public:
    ExchangeHandlers(core::db::Database& database, MediaSource& media, std::shared_ptr<const core::Clock> clock)
        : database_(database), media_(media), clock_(std::move(clock)) {}

    static constexpr std::size_t kLargestImport = 4 * 1024 * 1024;  // bytes of a request

    Response take(const Request& request);  // POST /api/v1/playlists/import
    Response give(const Request& request);  // GET /api/v1/playlists/{id}/export

private:
    core::db::Database& database_;
    MediaSource& media_;
    std::shared_ptr<const core::Clock> clock_;
};

}  // namespace marea::server
