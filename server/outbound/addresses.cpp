#include "server/outbound/addresses.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace marea::server {

namespace {

// https://www.iana.org/assignments/iana-ipv4-special-registry and its IPv6 neighbour: all that is not globally
// reachable.
constexpr std::array kNotPublic{"0.0.0.0/8",      "10.0.0.0/8",     "100.64.0.0/10", "127.0.0.0/8",
                                "169.254.0.0/16", "172.16.0.0/12",  "192.0.0.0/24",  "192.0.2.0/24",
                                "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24",
                                "203.0.113.0/24", "224.0.0.0/4",    "240.0.0.0/4",   "2001::/23",
                                "2001:db8::/32",  "2002::/16",      "3fff::/20"};

const std::vector<AddressRange>& notPublic() {
    static const std::vector<AddressRange> ranges = [] {
        std::vector<AddressRange> all;
        for (const char* text : kNotPublic) {
            all.push_back(addressRange(text).value());
        }
        return all;
    }();
    return ranges;
}

bool isInAny(std::string_view address, const std::vector<AddressRange>& ranges) {
    return std::any_of(ranges.begin(), ranges.end(), [&](const AddressRange& range) { return isIn(address, range); });
}

// The IPv4 address behind one of NAT64 (RFC 6052: 64:ff9b::/96); empty: it is none.
std::string behindNat64(std::string_view address) {
    static const AddressRange kNat64 = addressRange("64:ff9b::/96").value();
    std::array<unsigned char, 16> bytes{};
    if (!isIn(address, kNat64) || ::inet_pton(AF_INET6, std::string(address).c_str(), bytes.data()) != 1) {
        return {};
    }
    std::array<char, INET_ADDRSTRLEN> text{};
    return ::inet_ntop(AF_INET, bytes.data() + 12, text.data(), text.size()) ? std::string(text.data()) : std::string();
}

}  // namespace

bool isPublicAddress(std::string_view address) {
    static const AddressRange kFour = addressRange("::ffff:0:0/96").value(), kSix = addressRange("2000::/3").value();
    if (const std::string four = behindNat64(address); !four.empty()) {
        return isPublicAddress(four);
    }
    return (isIn(address, kFour) || isIn(address, kSix)) && !isInAny(address, notPublic());
}

bool AddressRules::mayCall(std::string_view address, bool secure) const {
    return isInAny(address, allowed_) || (secure && isPublicAddress(address));
}

}  // namespace marea::server
