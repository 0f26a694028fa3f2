#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include "core/base/log.h"
#include "server/announce/interfaces.h"
#include "server/announce/reach.h"
#include "sync/dnssd/responder.h"

namespace marea::server {

// Tells the network of a service, by Multicast DNS on all interfaces that can send to groups, those that come and go
// included; until its end, which it tells too. It has a thread of its own, and waits for nobody. Beside another
// responder of the system it has the port in common with that.
class NetworkAnnouncer {
public:
    struct Options {
        std::uint16_t port = 5353;
        // Which interfaces are used: a test's one alone.
        std::function<bool(const Interface&)> isUsed = usual;
        std::shared_ptr<core::Logger> logger = core::makeNullLogger();
    };
    NetworkAnnouncer(sync::dns::Responder::Service service, Reach reach);
    NetworkAnnouncer(sync::dns::Responder::Service service, Reach reach, Options options);
    ~NetworkAnnouncer();
    NetworkAnnouncer(const NetworkAnnouncer&) = delete;
    NetworkAnnouncer& operator=(const NetworkAnnouncer&) = delete;

    static bool usual(const Interface& interface);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace marea::server
