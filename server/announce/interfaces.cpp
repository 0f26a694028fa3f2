#include "server/announce/interfaces.h"

#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <map>
#include <memory>
#include <utility>

namespace marea::server {

namespace {

std::string bytesOf(const sockaddr* address) {
    if (address != nullptr && address->sa_family == AF_INET) {
        const auto& four = reinterpret_cast<const sockaddr_in*>(address)->sin_addr;
        return {reinterpret_cast<const char*>(&four), sizeof four};
    }
    if (address != nullptr && address->sa_family == AF_INET6) {
        const auto& six = reinterpret_cast<const sockaddr_in6*>(address)->sin6_addr;
        return {reinterpret_cast<const char*>(&six), sizeof six};
    }
    return {};
}

void take(const ifaddrs& entry, Interface& interface) {
    interface.name = entry.ifa_name;
    interface.index = ::if_nametoindex(entry.ifa_name);
    interface.isLoopback = (entry.ifa_flags & IFF_LOOPBACK) != 0;
    interface.isPointToPoint = (entry.ifa_flags & IFF_POINTOPOINT) != 0;
    interface.sendsToGroups = (entry.ifa_flags & IFF_MULTICAST) != 0;
    const std::string bytes = bytesOf(entry.ifa_addr), mask = bytesOf(entry.ifa_netmask);
    if (!bytes.empty()) {
        interface.addresses.push_back({bytes, mask.size() == bytes.size() ? mask : std::string(bytes.size(), '\xff')});
    }
}

bool isOfLink(const std::string& bytes) {
    const auto at = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
    return bytes.size() == 4 ? at(0) == 169 && at(1) == 254
                             : bytes.size() == 16 && at(0) == 0xfe && (at(1) & 0xc0U) == 0x80U;
}

bool isIn(const std::string& bytes, const Interface::Address& network) {
    if (bytes.size() != network.bytes.size()) {
        return false;
    }
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (((bytes[i] ^ network.bytes[i]) & network.mask[i]) != 0) {
            return false;
        }
    }
    return true;
}

}  // namespace

core::Result<std::vector<Interface>> networkInterfaces() {
    ifaddrs* first = nullptr;
    if (::getifaddrs(&first) != 0) {
        return core::fail(core::ErrorCode::Unavailable, "", std::strerror(errno));
    }
    const std::unique_ptr<ifaddrs, void (*)(ifaddrs*)> all(first, ::freeifaddrs);
    std::map<std::string, Interface> byName;
    for (const ifaddrs* entry = first; entry != nullptr; entry = entry->ifa_next) {
        if ((entry->ifa_flags & IFF_UP) != 0 && (entry->ifa_flags & IFF_RUNNING) != 0) {
            take(*entry, byName[entry->ifa_name]);
        }
    }
    std::vector<Interface> interfaces;
    for (auto& [name, interface] : byName) {
        std::sort(interface.addresses.begin(), interface.addresses.end(), [](const auto& a, const auto& b) {
            return std::pair(a.bytes.size(), a.bytes) < std::pair(b.bytes.size(), b.bytes);
        });
        if (interface.index != 0) {
            interfaces.push_back(std::move(interface));
        }
    }
    return interfaces;
}

bool isNear(const std::string& bytes, const Interface& interface) {
    return isOfLink(bytes) || std::any_of(interface.addresses.begin(), interface.addresses.end(),
                                          [&](const auto& address) { return isIn(bytes, address); });
}

}  // namespace marea::server
