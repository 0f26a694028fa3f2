#pragma once

#include <functional>
#include <memory>
#include <string_view>

#include "core/base/clock.h"
#include "core/base/log.h"
#include "core/db/database.h"
#include "server/apps/identity/streamtokens.h"
#include "server/apps/library/mediasource.h"
#include "server/apps/library/playbackservice.h"
#include "server/gateway/router.h"
#include "server/gateway/workpool.h"
#include "server/stream/delivered.h"
#include "server/stream/protection.h"
#include "server/stream/streamservice.h"
#include "server/video/streamprofile.h"

namespace marea::server {

class Catalog;
class LicenceGate;
class SoundFiles;

// Playing titles, their files and streams, and what users make of them: sessions, positions, ratings. One thread of its
// own writes what was collected and ends what went silent.
class Playback {
public:
    using FindProfile = std::function<StreamProfilePtr(std::string_view name)>;

    // What it is given outlives it. `profiles` finds a profile by name, from any thread.
    Playback(core::db::Database& database, Catalog& catalog, TitleProtection& protection, TitleKeys& keys,
             StreamTokens& tokens, StreamService& streams, std::shared_ptr<const core::Clock> clock,
             std::shared_ptr<core::Logger> logger, WorkPool& pool, PlaybackOptions options = {},
             FindProfile profiles = {});
    Playback(core::db::Database& database, std::unique_ptr<MediaSource> media, TitleKeys& keys, StreamTokens& tokens,
             StreamService& streams, std::shared_ptr<const core::Clock> clock, std::shared_ptr<core::Logger> logger,
             WorkPool& pool, PlaybackOptions options, FindProfile profiles = {});
    ~Playback();  // stops first
    Playback(const Playback&) = delete;
    Playback& operator=(const Playback&) = delete;

    void addRoutes(Router& router);
    LicenceGate& licenceGate();
    // Who else is asked about protected titles; outlives the last request. Set before the first.
    void gatedBy(LicenceGate& gate);
    // Somebody takes a file to keep; on the work pool. Set before the first request.
    void onTaken(std::function<void(const core::Id& user, const core::Id& media)> told);
    // Told what of titles goes out to whom, by streams of any kind; outlives the last request. Set before the first.
    void watchedBy(DeliveryWatch& watch);
    // For other protocols on the same playback.
    PlaybackService& service();
    SoundFiles& soundFiles();
    // Which titles are protected has changed: nothing opened before is sent any more.
    void protectionChanged();
    // What people may see has changed: nothing opened before is sent any more, and what they may not see is played no
    // longer.
    void visibilityChanged();
    // Around every writing of which files titles have.
    void filesChanging(bool begins);
    // Writes every position and ends the thread. Sessions stay open: their players may go on after a restart.
    // Call when no request is under way any more.
    void stop();

private:
    void addPlaylistRoutes(Router& router);

    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace marea::server
