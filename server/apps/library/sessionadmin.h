#pragma once

#include <functional>

#include "server/apps/library/playbackservice.h"
#include "server/gateway/http.h"

namespace marea::server {

// Who plays what, for owners, and ending that.
class SessionAdmin {
public:
    // `ended`: nothing more is to be sent of what that device played; any thread.
    using Ended = std::function<void(const PlaybackSession& session)>;
    SessionAdmin(PlaybackService& service, core::db::Database& database, Ended ended)
        : service_(service), database_(database), ended_(std::move(ended)) {}

    Response list(const Request& request);  // GET /api/v1/admin/sessions
    Response end(const Request& request);   // DELETE /api/v1/admin/sessions/{id}?reason=

private:
    PlaybackService& service_;
    core::db::Database& database_;
    const Ended ended_;
};

}  // namespace marea::server
