#include "app/embedded/libraryannouncer.h"

namespace marea::app {

LibraryAnnouncer::LibraryAnnouncer(DiscoveryDesk::Maker maker) : desk_(QStringLiteral("announcer"), std::move(maker)) {}

void LibraryAnnouncer::announce(const sync::dns::ServerNotice& server, quint16 port) {
    desk_.run([this, told = Told{server, port}](sync::Discovery* discovery) {
        if (discovery != nullptr)
            tell(*discovery, told);
    });
}

// Sharing goes on without it: the address is in the settings, to be typed elsewhere.
void LibraryAnnouncer::tell(sync::Discovery& discovery, const Told& told) {
    if (told_ == told)
        return;
    told_ = told;
    const auto done =
        discovery.announce(sync::dns::serviceName(told.server), told.port, sync::dns::noticeText(told.server));
    if (!done) {
        told_.reset();
        qWarning("The network is not told of what is shared: %s", done.error().detail.c_str());
    }
}

void LibraryAnnouncer::withdraw() {
    if (!desk_.isUsed())
        return;
    desk_.run([this](sync::Discovery* discovery) {
        told_.reset();
        if (discovery != nullptr)
            discovery->withdraw();
    });
}

}  // namespace marea::app
