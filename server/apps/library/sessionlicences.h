#pragma once

#include "server/apps/library/mediasource.h"
#include "server/apps/library/playbackservice.h"
#include "server/apps/licence/licencegate.h"

namespace marea::server {

// Keys are for whoever is playing the title and may see it: a stream's token says so by itself, another token's log-in
// has to have a session of it that is going on. Forbidden, with the owner's reason, where one ended that.
class SessionLicences final : public LicenceGate {
public:
    SessionLicences(PlaybackService& service, MediaSource& media) : service_(service), media_(media) {}

    core::Result<void> check(const LicenceWish& wish) override;

private:
    PlaybackService& service_;
    MediaSource& media_;
};

}  // namespace marea::server
