#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "sync/peer/peerchannel.h"

namespace marea::app {

// Where other computers come in: each that is known is talked to on a thread of its own, a few at once. open() and
// close() are called by one thread.
class PeerDoor {
public:
    static constexpr int kMost = 8;
    struct Guests {
        sync::PeerChannel::Known known;                                               // asked within the handshake
        std::function<void(sync::PeerChannel&, const std::atomic<bool>& open)> talk;  // until it ends, or is not open
    };
    explicit PeerDoor(Guests guests) : guests_(std::make_shared<const Guests>(std::move(guests))) {}
    ~PeerDoor() { close(); }

    // At that port, or at another when it is taken; returns which. `address` empty: all of IPv6 and IPv4, or of IPv4
    // where there is no other.
    core::Result<std::uint16_t> open(const std::string& address, std::uint16_t port, const sync::PeerKeys& keys);
    void close();  // nobody comes in any more; who is in is out with the next word
    bool waitUntilEmpty(std::chrono::milliseconds patience);

private:
    struct Room {
        std::mutex mutex;
        std::condition_variable left;
        int inside = 0;
    };
    void acceptAll(const std::shared_ptr<std::atomic<bool>>& open);
    void talk(std::unique_ptr<sync::PeerChannel> channel, const std::shared_ptr<std::atomic<bool>>& open);

    const std::shared_ptr<const Guests> guests_;
    const std::shared_ptr<Room> room_ = std::make_shared<Room>();
    std::shared_ptr<std::atomic<bool>> open_;
    std::unique_ptr<sync::PeerListener> listener_;
    std::thread thread_;
};

}  // namespace marea::app
