#include "app/peers/discoverydesk.h"

#include <utility>

namespace marea::app {

DiscoveryDesk::DiscoveryDesk(const QString& name, Maker maker) : maker_(std::move(maker)) {
    thread_.setObjectName(name);
    desk_.moveToThread(&thread_);
}

DiscoveryDesk::~DiscoveryDesk() {
    if (!thread_.isRunning())
        return;
    QMetaObject::invokeMethod(&desk_, [this] {
        discovery_.reset();
        thread_.quit();
    });
    thread_.wait();
}

void DiscoveryDesk::run(std::function<void(sync::Discovery*)> work) {
    if (!thread_.isRunning())
        thread_.start();
    QMetaObject::invokeMethod(&desk_, [this, work = std::move(work)] {
        if (!std::exchange(made_, true) && maker_)
            discovery_ = maker_();
        work(discovery_.get());
    });
}

}  // namespace marea::app
