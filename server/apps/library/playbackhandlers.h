#pragma once

#include <functional>
#include <string_view>

#include "server/apps/library/delivery.h"
#include "server/apps/library/mediasource.h"
#include "server/apps/library/playbackplan.h"
#include "server/apps/library/playbackservice.h"
#include "server/gateway/http.h"
#include "server/stream/answeredlater.h"
#include "server/stream/delivered.h"
#include "server/stream/streamservice.h"

namespace marea::server {

class LicenceGate;

// Playback sessions over HTTP: functions of a request, run on the work pool. Without `streams` only what plays as it
// is plays.
class PlaybackHandlers {
public:
    // The profile of a name; null: there is none. Any thread.
    using FindProfile = std::function<StreamProfilePtr(std::string_view name)>;

    PlaybackHandlers(PlaybackService& service, MediaSource& media, StreamService* streams = nullptr,
                     FindProfile profiles = {})
        : service_(service), media_(media), streams_(streams), profiles_(std::move(profiles)) {}

    // Asked when a protected title begins whose key comes without a licence: who would not get it hears that at once.
    // Outlives the last request; set before the first.
    void gatedBy(LicenceGate& gate) { gate_ = &gate; }

    // POST /api/v1/media/{id}/playback. What has to be converted is answered when its index is there, which may take
    // a while and holds no thread.
    void start(const Request& request, SharedReply reply);
    Response plan(const Request& request);    // POST /api/v1/media/{id}/playback/plan: how it would be
    Response report(const Request& request);  // PUT /api/v1/sessions/{id}
    Response end(const Request& request);     // DELETE /api/v1/sessions/{id}

private:
    // What was asked for, until it is answered.
    struct Asked {
        Principal who;
        std::string requestId;
        PlaybackRequest wanted;
        ItemDetail item;
        PlaybackPlan plan;
        std::optional<ProtectionKind> protection;
        StreamTitlePtr title;  // when it has to be converted
    };
    void leave(const core::Id& id, const core::Id& user);
    core::Result<void> mayBegin(const Asked& asked);
    std::vector<OutsideSystem> systemsFor(const ProtectionKind& kind, const std::string& protocol) const;
    core::Result<PlaybackRequest> wish(const Request& request) const;
    core::Result<Asked> understood(const Request& request);
    std::string spritesMade(const Asked& asked);
    Response begin(const Asked& asked, const PlaybackDelivery& delivery, const MediaIndex* index = nullptr);
    using AskedPtr = std::shared_ptr<const Asked>;
    void convert(Asked asked, const std::shared_ptr<ClientWatch>& client, SharedReply reply);
    void convert(const AskedPtr& asked, const IndexWish& wish, SharedReply reply);
    bool isEnough(const Asked& asked, const MediaIndex& index);
    Response converted(const Asked& asked, const MediaIndex& index);

    PlaybackService& service_;
    MediaSource& media_;
    StreamService* streams_;
    FindProfile profiles_;
    LicenceGate* gate_ = nullptr;
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
// Those of protected titles stay where they are, but for an owner with an access token.
class FileHandlers {
public:
    FileHandlers(PlaybackService& service, MediaSource& media) : service_(service), media_(media) {}

    // Told of each file that somebody takes to keep, before it is sent; on the work pool. Set before the first request.
    using Taken = std::function<void(const core::Id& user, const core::Id& media)>;
    void onTaken(Taken told) { taken_ = std::move(told); }
    // Told what of titles goes out by direct(), and outlives the last request. Set before the first.
    void watchedBy(DeliveryWatch& watch) { watch_ = &watch; }

    Response download(const Request& request);  // GET /api/v1/media/{id}/file
    Response direct(const Request& request);    // GET /stream/{token}/{title}/direct/{file}
    Response sidecar(const Request& request);   // GET /stream/{token}/{title}/sidecar/{sidecar}

private:
    core::Result<core::Id> user(const Request& request);
    core::Result<void> inTheClear(const core::Id& item);  // Forbidden when it is protected
    Response noted(Response response, const core::Id& user, const core::Id& title) const;

    PlaybackService& service_;
    MediaSource& media_;
    Taken taken_;
    DeliveryWatch* watch_ = nullptr;
};

}  // namespace marea::server
