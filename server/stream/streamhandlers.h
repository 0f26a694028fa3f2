#pragma once

#include "server/audio/musicfile.h"
#include "server/gateway/router.h"
#include "server/gateway/workpool.h"
#include "server/stream/answeredlater.h"
#include "server/stream/delivered.h"
#include "server/stream/opentitles.h"
#include "server/stream/protection.h"
#include "server/stream/sealer.h"
#include "server/stream/streamservice.h"

namespace marea::server {

// Streams over HTTP, below /stream/{token}/{title}/. What has to be made first is answered when it is made; no thread
// waits for it. The service, the source, the keys and the pool outlive the router's last request.
//
// Protected titles have the same addresses below e/{protection}/, where {protection} is a ProtectionKind's name, so
// that what playlists name from their own place is protected in the same way. Elsewhere they have only what is never
// encrypted: text, thumbnails.
class StreamHandlers {
public:
    // `outside`: what protected titles are signalled for besides.
    StreamHandlers(StreamService& service, TitleSource& source, TitleKeys& keys, WorkPool& pool,
                   OutsideSystems outside = {})
        : service_(service),
          titles_(source),
          keys_(keys),
          sealer_(service),
          outside_(std::move(outside)),
          pool_(pool) {}

    void addRoutes(Router& router);

    // hls/{file}/{plan}/{name}: master.m3u8, ts.m3u8. dash/{file}/{plan}/{name}: manifest.mpd.
    void playlist(const Request& request, SharedReply reply);
    // m/{file}/{rendition}/{piece}: media.m3u8, pictures.m3u8, init.mp4, segments, audio.{mp3,opus,flac}?from=, text
    // tracks, sprites.
    void piece(const Request& request, SharedReply reply);

    // Told what of titles goes out, and outlives the last request. Set before the first.
    void watchedBy(DeliveryWatch& watch) { watch_ = &watch; }
    // Which titles are protected has changed.
    void forgetTitles() { titles_.forget(); }
    // Which files titles have is being written, or has been.
    void filesChanging(bool begins) { begins ? titles_.beginChange() : titles_.endChange(); }

private:
    using Handle = void (StreamHandlers::*)(const Request& request, SharedReply reply);
    // nullopt: in the clear. An error refuses what the title does not go out in.
    core::Result<std::optional<Seal>> sealOf(const Request& request, const StreamTitle& title);
    void pictureOrSound(const Request& request, const StreamTitlePtr& title, SharedReply reply);
    void segment(const Request& request, const StreamTitlePtr& title, const std::optional<Seal>& seal,
                 SharedReply reply);
    void music(const Request& request, const StreamTitlePtr& title, SharedReply reply);
    void mediaPlaylist(const Request& request, const StreamTitlePtr& title, const std::optional<Seal>& seal,
                       SharedReply reply);
    void text(const Request& request, const StreamTitlePtr& title, SharedReply reply);
    void sidecar(const Request& request, SharedReply reply);
    void subtitles(const Request& request, const StreamTitlePtr& title, const SubtitleWish& wish, SharedReply reply);
    void sprites(const Request& request, const StreamTitlePtr& title, SharedReply reply);
    void noteSegment(const SegmentWish& wish) const;
    StreamBody noted(StreamBody body, const SegmentWish& wish, const MusicFile& file, Ticks from) const;

    StreamService& service_;
    OpenTitles titles_;
    TitleKeys& keys_;
    Sealer sealer_;
    const OutsideSystems outside_;
    DeliveryWatch* watch_ = nullptr;
    WorkPool& pool_;
};

}  // namespace marea::server
