#include "server/announce/reach.h"

#include <algorithm>
#include <boost/asio/ip/address.hpp>

namespace marea::server {

namespace {

constexpr std::size_t kMostTold = 8;  // of an interface

template <class Bytes>
std::string textOf(const Bytes& bytes) {
    return {bytes.begin(), bytes.end()};
}

}  // namespace

std::optional<Reach> reachOf(const std::string& address) {
    boost::system::error_code error;
    const auto at = boost::asio::ip::make_address(address, error);
    if (error || at.is_loopback() || at.is_multicast()) {
        return std::nullopt;
    }
    if (at.is_v4()) {
        return Reach{true, false, at.is_unspecified() ? std::string() : textOf(at.to_v4().to_bytes())};
    }
    if (at.to_v6().is_v4_mapped()) {
        return std::nullopt;
    }
    return at.is_unspecified() ? Reach{true, true, {}} : Reach{false, true, textOf(at.to_v6().to_bytes())};
}

std::vector<std::string> toldAddresses(const Reach& reach, const Interface& interface) {
    std::vector<std::string> told;
    for (const Interface::Address& address : interface.addresses) {
        const bool isKind = address.bytes.size() == 4 ? reach.four : reach.six;
        const bool isWanted = reach.only.empty() || reach.only == address.bytes;
        if (isKind && isWanted && told.size() < kMostTold) {
            told.push_back(address.bytes);
        }
    }
    return told;
}

}  // namespace marea::server
