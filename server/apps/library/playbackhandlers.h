#pragma once

#include "server/apps/library/mediasource.h"
#include "server/apps/library/playbackservice.h"
#include "server/gateway/http.h"

namespace marea::server {

// Playback sessions over HTTP: plain functions of a request, run on the work pool.
class PlaybackHandlers {
public:
    PlaybackHandlers(PlaybackService& service, MediaSource& media) : service_(service), media_(media) {}

    Response start(const Request& request);   // POST /api/v1/media/{id}/playback
    Response report(const Request& request);  // PUT /api/v1/sessions/{id}
    Response end(const Request& request);     // DELETE /api/v1/sessions/{id}

private:
    PlaybackService& service_;
    MediaSource& media_;
};

// What users made of items.
class LibraryHandlers {
public:
    LibraryHandlers(PlaybackService& service, MediaSource& media) : service_(service), media_(media) {}

    Response list(const Request& request);    // GET /api/v1/library
    Response change(const Request& request);  // PUT /api/v1/library/{media_id}

private:
    PlaybackService& service_;
    MediaSource& media_;
};

// The bytes of media and of what stands beside them. Files are opened beneath their library's root for each request.
class FileHandlers {
public:
    FileHandlers(PlaybackService& service, MediaSource& media) : service_(service), media_(media) {}

    Response download(const Request& request);  // GET /api/v1/media/{id}/file
    Response direct(const Request& request);    // GET /stream/{token}/{title}/direct/{file}
    Response sidecar(const Request& request);   // GET /stream/{token}/{title}/sidecar/{sidecar}

private:
    core::Result<core::Id> user(const Request& request);

    PlaybackService& service_;
    MediaSource& media_;
};

}  // namespace marea::server
