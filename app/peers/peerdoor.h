#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "sync/peer/peerlistener.h"

namespace marea::app {

// Where other computers come in: each shakes hands on a thread of its own, and is talked to there if it is known; a few
// at once do either. So one that says nothing keeps no other one out. open() and close() are called by one thread.
class PeerDoor {
public:
    static constexpr int kMost = 8;                  // who were let in
    static constexpr std::size_t kMostKnocking = 8;  // who have not shown yet who they are
    static constexpr std::size_t kMostOfOne = 2;     // of these, from one address
    struct Guests {
        // Asked within the handshake, by several threads; by none after close().
        sync::PeerChannel::Known known;
        std::function<void(sync::PeerChannel&, const std::atomic<bool>& open)> talk;  // until it ends, or is not open
        std::chrono::milliseconds patience{5000};  // of the handshake, and of what is said until `talk` has another
    };
    explicit PeerDoor(Guests guests) : guests_(std::make_shared<const Guests>(std::move(guests))) {}
    ~PeerDoor() { close(); }

    // At that port, or at another when it is taken; returns which. `address` empty: all of IPv6 and IPv4, or of IPv4
    // where there is no other.
    core::Result<std::uint16_t> open(const std::string& address, std::uint16_t port, const sync::PeerKeys& keys);
    // Nobody comes in any more, nor who is in the handshake: that ends at once. Who is in is out with the next word.
    void close();
    bool waitUntilEmpty(std::chrono::milliseconds patience);

    // Who knocks, by address and in the order in which they came, and one more: which of them is hung up on for it.
    // Who was silent for longest makes room, and where one address has more than others, one of its own.
    static std::optional<std::size_t> whoMakesRoom(const std::vector<std::string>& knocking, const std::string& next);

private:
    using Open = std::shared_ptr<const std::atomic<bool>>;
    struct Room {
        std::mutex mutex;
        std::condition_variable left;
        // In the order in which they came. Each leaves by its own thread, which uses nothing of the door any more then.
        std::vector<std::unique_ptr<sync::PeerCaller>> knocking;
        int inside = 0;

        void knock(std::unique_ptr<sync::PeerCaller> caller);
        void forget(const sync::PeerCaller& caller);  // with the mutex
        bool letIn(const sync::PeerCaller& caller);   // who comes while too many are inside is sent away
        void hangUpOnAll();
    };
    void acceptAll(const Open& open);
    void receive(std::unique_ptr<sync::PeerCaller> caller, const Open& open);

    const std::shared_ptr<const Guests> guests_;
    const std::shared_ptr<Room> room_ = std::make_shared<Room>();
    std::shared_ptr<std::atomic<bool>> open_;
    std::unique_ptr<sync::PeerListener> listener_;
    std::thread thread_;
};

}  // namespace marea::app
