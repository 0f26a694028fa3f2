#include "app/embedded/libraryannouncer.h"

namespace marea::app {

LibraryAnnouncer::LibraryAnnouncer(Maker maker) : maker_(std::move(maker)) {
    thread_.setObjectName(QStringLiteral("announcer"));
    desk_.moveToThread(&thread_);
}

LibraryAnnouncer::~LibraryAnnouncer() {
    if (!thread_.isRunning())
        return;
    QMetaObject::invokeMethod(&desk_, [this] {
        discovery_.reset();
        thread_.quit();
    });
    thread_.wait();
}

void LibraryAnnouncer::announce(const sync::dns::ServerNotice& server, quint16 port) {
    if (!thread_.isRunning())
        thread_.start();
    QMetaObject::invokeMethod(&desk_, [this, told = Told{server, port}] { tell(told); });
}

// Sharing goes on without it: the address is in the settings, to be typed elsewhere.
void LibraryAnnouncer::tell(const Told& told) {
    if (told_ == told)
        return;
    if (!discovery_)
        discovery_ = maker_();
    if (!discovery_)
        return;
    told_ = told;
    const auto done =
        discovery_->announce(sync::dns::serviceName(told.server), told.port, sync::dns::noticeText(told.server));
    if (!done) {
        told_.reset();
        qWarning("The network is not told of what is shared: %s", done.error().detail.c_str());
    }
}

void LibraryAnnouncer::withdraw() {
    if (!thread_.isRunning())
        return;
    QMetaObject::invokeMethod(&desk_, [this] {
        told_.reset();
        if (discovery_)
            discovery_->withdraw();
    });
}

}  // namespace marea::app
