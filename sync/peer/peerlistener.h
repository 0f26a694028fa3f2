#pragma once

#include <atomic>

#include "sync/peer/peerchannel.h"

namespace boost::asio {
class io_context;
}

namespace marea::sync {

// Somebody who has connected and has not shown yet who it is: perhaps never will.
class PeerCaller {
public:
    ~PeerCaller();
    const std::string& address() const { return address_; }  // its numeric one; empty: it is gone
    // Until it has, no longer than `patience`, which is the channel's from then on. Once, by any one thread. Cancelled
    // after hangUp(); Forbidden and others for one who is not let in.
    core::Result<std::unique_ptr<PeerChannel>> shake(const PeerChannel::Known& known,
                                                     std::chrono::milliseconds patience = PeerChannel::kPatience);
    void hangUp();  // by any thread: shake() ends at once. Who has shaken hands is not hung up on any more.

private:
    friend class PeerListener;
    enum class State { Calls, LetIn, HungUpOn };
    explicit PeerCaller(std::unique_ptr<PeerChannel::Impl> impl);

    std::unique_ptr<PeerChannel::Impl> impl_;  // the channel's, or gone, after shake()
    PeerChannel::Impl* const called_;          // that one, as long as its loop runs
    const std::shared_ptr<boost::asio::io_context> loop_;
    const std::string address_;
    std::atomic<State> state_ = State::Calls;
};

// Where others connect to. accept() is called by one thread; stop() by any.
class PeerListener {
public:
    // Port 0: a free one. `address` is that of one interface, 0.0.0.0 for all of IPv4, or :: for all.
    static core::Result<std::unique_ptr<PeerListener>> open(const std::string& address, std::uint16_t port,
                                                            const PeerKeys& own);
    ~PeerListener();

    std::uint16_t port() const;
    // The next who connects; nothing is said with it yet, so that one who says nothing keeps no other one waiting.
    // Cancelled after stop(); after other errors: go on with the next.
    core::Result<std::unique_ptr<PeerCaller>> accept();
    void stop();

private:
    struct Impl;
    explicit PeerListener(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace marea::sync
