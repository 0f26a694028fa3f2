// A Host that the network is told of, so that nobody has to type its address.
#include "marea_version.h"
#include "server/announce/networkannouncer.h"
#include "server/host/announcement.h"
#include "server/host/host.h"

namespace marea::server {

// The pin alone of a certificate of its own: that stays, and nobody else vouches for it.
void Host::announce() {
    if (!gateway_) {
        return;
    }
    const std::string pin = tlsPin();
    const auto announcement = announcementOf(
        config_, gateway_->port(),
        {config_.name, identity_->serverId(), MAREA_VERSION, !pin.empty(), config_.selfSigned ? pin : std::string()});
    if (!announcement) {
        return;
    }
    NetworkAnnouncer::Options options;
    options.logger = logger_;
    announcer_ = std::make_unique<NetworkAnnouncer>(announcement->service, announcement->reach, std::move(options));
    logger_->info("discovery.announced", {{"service", announcement->service.name}, {"port", gateway_->port()}});
}

}  // namespace marea::server
