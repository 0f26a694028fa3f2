#pragma once

#include <memory>

#include "core/base/clock.h"
#include "core/db/database.h"
#include "server/apps/library/mediasource.h"
#include "server/apps/library/playlists.h"
#include "server/gateway/http.h"

namespace marea::server {

// Playlists over HTTP: functions of a request, run on the work pool. Every answer about one has its revision as ETag,
// which If-Match takes: 412 when it was changed in the meantime.
class PlaylistHandlers {
public:
    PlaylistHandlers(core::db::Database& database, MediaSource& media, std::shared_ptr<const core::Clock> clock)
        : database_(database), media_(media), clock_(std::move(clock)) {}

    Response list(const Request& request);         // GET /api/v1/playlists
    Response create(const Request& request);       // POST /api/v1/playlists
    Response preview(const Request& request);      // POST /api/v1/playlists/preview
    Response get(const Request& request);          // GET /api/v1/playlists/{id}
    Response change(const Request& request);       // PUT /api/v1/playlists/{id}
    Response remove(const Request& request);       // DELETE /api/v1/playlists/{id}
    Response entries(const Request& request);      // GET /api/v1/playlists/{id}/entries
    Response addEntries(const Request& request);   // POST /api/v1/playlists/{id}/entries
    Response moveEntry(const Request& request);    // PUT /api/v1/playlists/{id}/entries/{entry}
    Response removeEntry(const Request& request);  // DELETE /api/v1/playlists/{id}/entries/{entry}

private:
    struct EntryPage {
        std::vector<PlaylistEntry> entries;  // of a smart one without ids
        std::string nextCursor;
    };
    core::Result<EntryPage> entryPage(const core::Id& userId, const core::Id& id, const Request& request);
    core::Result<EntryPage> smartPage(const core::Id& userId, const Playlist& list, const Request& request, int limit);
    Response answered(int status, const core::Id& userId, const core::Result<Playlist>& list);
    Response revision(int status, const core::Id& userId, const core::Id& id, core::json::object body);
    core::Result<void> visible(const core::Id& userId, const std::vector<core::Id>& media);

    core::db::Database& database_;
    MediaSource& media_;
    std::shared_ptr<const core::Clock> clock_;
};

Response playlistProblem(const core::Error& error);  // 412 for a stale revision

}  // namespace marea::server
