#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/announce/interfaces.h"

namespace marea::server {

// Who in the network reaches something that listens at an address.
struct Reach {
    bool four = false, six = false;  // by which of IPv4 and IPv6
    std::string only;                // at that address of this computer alone, of 4 or 16 bytes; empty: at all of it
    bool operator==(const Reach&) const = default;
};

// "0.0.0.0", "::" (IPv4 too), "192.168.1.20". nullopt: nobody but this computer, or it is no address.
std::optional<Reach> reachOf(const std::string& address);

// With which of its addresses it is told of on an interface. Empty: not at all.
std::vector<std::string> toldAddresses(const Reach& reach, const Interface& interface);

}  // namespace marea::server
