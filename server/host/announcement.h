#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "server/announce/reach.h"
#include "server/host/config.h"
#include "sync/dnssd/responder.h"
#include "sync/dnssd/servernotice.h"

namespace marea::server {

// What the network is told of a server, and who of it.
struct Announcement {
    sync::dns::Responder::Service service;
    Reach reach;
};

// nullopt: nothing, for it is turned off, or nobody but this computer reaches what listens at `port`.
std::optional<Announcement> announcementOf(const Config& config, std::uint16_t port,
                                           const sync::dns::ServerNotice& server);

}  // namespace marea::server
