#pragma once

#include "core/db/database.h"
#include "server/apps/library/mediasource.h"
#include "server/apps/library/playbackservice.h"
#include "server/gateway/http.h"

namespace marea::server {

// GET /api/v1/home: the lists of a first page, together. Run on the work pool.
class HomeHandlers {
public:
    HomeHandlers(core::db::Database& database, PlaybackService& service, MediaSource& media)
        : database_(database), service_(service), media_(media) {}

    Response home(const Request& request);

private:
    core::db::Database& database_;
    PlaybackService& service_;
    MediaSource& media_;
};

}  // namespace marea::server
