#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <QObject>
#include <QThread>

#include "app/embedded/announcer.h"
#include "sync/peer/discovery.h"

namespace marea::app {

// Announcer by the network's discovery, on a thread of its own: asking the system takes its time, and whoever shares
// does not wait. What is announced is taken back at its end.
class LibraryAnnouncer final : public Announcer {
public:
    using Maker = std::function<std::unique_ptr<sync::Discovery>()>;  // called on that thread; null: there is none
    explicit LibraryAnnouncer(Maker maker);
    ~LibraryAnnouncer() override;

    void announce(const sync::dns::ServerNotice& server, quint16 port) override;
    void withdraw() override;

private:
    struct Told {
        sync::dns::ServerNotice server;
        quint16 port = 0;
        bool operator==(const Told&) const = default;
    };
    void tell(const Told& told);  // on the thread

    Maker maker_;
    QThread thread_;
    QObject desk_;                                // lives on the thread
    std::unique_ptr<sync::Discovery> discovery_;  // likewise
    std::optional<Told> told_;                    // likewise
};

}  // namespace marea::app
