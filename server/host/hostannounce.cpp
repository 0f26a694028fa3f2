// A Host that the network is told of, so that nobody has to type its address.
#include "marea_version.h"
#include "server/announce/networkannouncer.h"
#include "server/host/announcement.h"
#include "server/host/host.h"

namespace marea::server {

// In place of what was told before. The pin alone of a certificate of its own: that stays, and nobody else vouches for
// it.
void Host::announce(const Config& config) {
    if (announcer_) {
        logger_->info("discovery.withdrawn", {});
    }
    announcer_.reset();
    if (!gateway_ || stopped_) {
        return;
    }
    const std::string pin = tlsPin();
    const auto announcement = announcementOf(
        config, gateway_->port(),
        {config.name, identity_->serverId(), MAREA_VERSION, !pin.empty(), config.selfSigned ? pin : std::string()});
    if (!announcement) {
        return;
    }
    NetworkAnnouncer::Options options;
    options.logger = logger_;
    announcer_ = std::make_unique<NetworkAnnouncer>(announcement->service, announcement->reach, std::move(options));
    logger_->info("discovery.announced", {{"service", announcement->service.name}, {"port", gateway_->port()}});
}

}  // namespace marea::server
