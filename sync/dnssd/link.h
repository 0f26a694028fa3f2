#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "sync/dnssd/dnsmessage.h"

namespace marea::sync::dns {

// One way to all neighbours: an interface and a protocol.
struct Link {
    std::uint32_t id = 0;
    std::vector<std::string> addresses;  // this computer's there, of 4 or 16 bytes each, of both protocols
    bool operator==(const Link&) const = default;
};

// Who sent something, on a link.
struct Sender {
    std::uint32_t link = 0;
    std::string host;        // as the caller knows it
    std::uint16_t port = 0;  // as the caller knows it
    bool multicasts =
        false;  // speaks from the port of Multicast DNS: another one asks one question (RFC 6762 section 6.7)
};

struct Outgoing {
    std::uint32_t link = 0;
    Message message;
    std::optional<Sender> to;  // to it alone
};

inline constexpr core::TimeMs kSecond = 1000;

using Random = std::function<int(int least, int most)>;  // both included

}  // namespace marea::sync::dns
