#pragma once

#include "server/gateway/router.h"
#include "server/gateway/workpool.h"
#include "server/stream/answeredlater.h"
#include "server/stream/opentitles.h"
#include "server/stream/streamservice.h"

namespace marea::server {

// Streams over HTTP, below /stream/{token}/{title}/. What has to be made first is answered when it is made; no thread
// waits for it. The service, the source and the pool outlive the router's last request.
class StreamHandlers {
public:
    StreamHandlers(StreamService& service, TitleSource& source, WorkPool& pool)
        : service_(service), titles_(source), pool_(pool) {}

    void addRoutes(Router& router);

    // hls/{file}/{plan}/{name}: master.m3u8, ts.m3u8. dash/{file}/{plan}/{name}: manifest.mpd.
    void playlist(const Request& request, SharedReply reply);
    // m/{file}/{rendition}/{piece}: media.m3u8, pictures.m3u8, init.mp4, segments, audio.mp3, text tracks, sprites.
    void piece(const Request& request, SharedReply reply);

private:
    using Handle = void (StreamHandlers::*)(const Request& request, SharedReply reply);
    void segment(const Request& request, const StreamTitlePtr& title, SharedReply reply);
    void mp3(const Request& request, const StreamTitlePtr& title, SharedReply reply);
    void mediaPlaylist(const Request& request, const StreamTitlePtr& title, SharedReply reply);
    void text(const Request& request, const StreamTitlePtr& title, SharedReply reply);
    void sidecar(const Request& request, SharedReply reply);
    void subtitles(const Request& request, const StreamTitlePtr& title, const SubtitleWish& wish, SharedReply reply);
    void sprites(const Request& request, const StreamTitlePtr& title, SharedReply reply);

    StreamService& service_;
    OpenTitles titles_;
    WorkPool& pool_;
};

}  // namespace marea::server
