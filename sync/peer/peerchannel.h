#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "sync/peer/peerkeys.h"

namespace marea::sync {

// Messages over TLS 1.3 between two devices. Both show a certificate; nobody signs for them: whose it is decides who
// made the channel, by its hash. Each message is preceded by its length (4 bytes, big endian). Calls block, no longer
// than they are given; one thread.
class PeerChannel {
public:
    static constexpr std::size_t kLongest = 17 * 1024 * 1024;
    static constexpr std::chrono::milliseconds kPatience{30'000};  // of one message or handshake

    // Whether a certificate of that hash may speak at all. Asked within the handshake.
    using Known = std::function<bool(const Digest& certificate)>;

    struct Place {
        std::string host;
        std::uint16_t port = 0;
        bool operator==(const Place&) const = default;
    };
    static core::Result<std::unique_ptr<PeerChannel>> connect(const std::string& host, std::uint16_t port,
                                                              const PeerKeys& own, const Known& known,
                                                              std::chrono::milliseconds patience = kPatience);
    // The numeric addresses of a host's name; none: it is not known. Blocks, on a thread of its own.
    using Lookup = std::function<std::vector<std::string>(const std::string& host)>;
    // Of a device that says to be at several places: all are tried at once, and the first at which somebody is who may
    // speak is taken. Forbidden: somebody else was there. Without `lookup` the system is asked.
    static core::Result<std::unique_ptr<PeerChannel>> connect(const std::vector<Place>& places, const PeerKeys& own,
                                                              const Known& known,
                                                              std::chrono::milliseconds patience = kPatience,
                                                              const Lookup& lookup = {});
    ~PeerChannel();

    const Digest& peer() const;   // the hash of its certificate
    std::string address() const;  // its numeric one; empty once it is gone
    std::uint16_t port() const;   // there; 0 once it is gone
    // Timeout, Unavailable (it ended), TooLarge, Forbidden (it does not take our certificate).
    core::Result<void> send(std::string_view message);
    core::Result<std::string> receive(std::size_t longest = kLongest);
    void setPatience(std::chrono::milliseconds patience);  // from now on
    void close();

private:
    friend class PeerCaller;
    friend class PeerListener;
    struct Impl;
    struct Race;
    explicit PeerChannel(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace marea::sync
