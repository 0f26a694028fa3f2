#pragma once

#include <string>
#include <vector>

#include "core/base/result.h"

namespace marea::server {

// A network interface that is up, with its addresses.
struct Interface {
    struct Address {
        std::string bytes, mask;  // 4 or 16 of each, in the network's order
        bool operator==(const Address&) const = default;
    };
    std::string name;
    unsigned index = 0;
    bool isLoopback = false, isPointToPoint = false, sendsToGroups = false;
    std::vector<Address> addresses;  // sorted, those of IPv4 first
    bool operator==(const Interface&) const = default;
};

// Those of this computer by now. Any thread.
core::Result<std::vector<Interface>> networkInterfaces();

// Whether an address of that many bytes lies in a network of the interface, or is its link's own kind.
bool isNear(const std::string& bytes, const Interface& interface);

}  // namespace marea::server
