#pragma once

#include <optional>

#include "app/embedded/announcer.h"
#include "app/peers/discoverydesk.h"

namespace marea::app {

// Announcer by the network's discovery. What is announced is taken back at its end.
class LibraryAnnouncer final : public Announcer {
public:
    explicit LibraryAnnouncer(DiscoveryDesk::Maker maker);

    void announce(const sync::dns::ServerNotice& server, quint16 port) override;
    void withdraw() override;

private:
    struct Told {
        sync::dns::ServerNotice server;
        quint16 port = 0;
        bool operator==(const Told&) const = default;
    };
    void tell(sync::Discovery& discovery, const Told& told);

    std::optional<Told> told_;  // of the desk's thread
    DiscoveryDesk desk_;
};

}  // namespace marea::app
