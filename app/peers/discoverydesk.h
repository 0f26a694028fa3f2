#pragma once

#include <functional>
#include <memory>
#include <QObject>
#include <QString>
#include <QThread>

#include "sync/peer/discovery.h"

namespace marea::app {

// The network's discovery on a thread of its own: asking the system takes its time, and whoever wants to be found or to
// find does not wait. What is announced is taken back at its end. run() by one thread.
class DiscoveryDesk final {
public:
    using Maker = std::function<std::unique_ptr<sync::Discovery>()>;  // called there, once; null: this system has none
    DiscoveryDesk(const QString& name, Maker maker);
    ~DiscoveryDesk();  // what was begun there ends first
    DiscoveryDesk(const DiscoveryDesk&) = delete;
    DiscoveryDesk& operator=(const DiscoveryDesk&) = delete;

    // There, after what was wanted before; with null where there is none.
    void run(std::function<void(sync::Discovery*)> work);
    bool isUsed() const { return thread_.isRunning(); }

private:
    Maker maker_;
    QThread thread_;
    QObject desk_;                                // lives on the thread
    std::unique_ptr<sync::Discovery> discovery_;  // likewise
    bool made_ = false;                           // likewise
};

}  // namespace marea::app
