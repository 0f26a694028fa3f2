#include "server/gateway/forwarded.h"

#include <arpa/inet.h>

#include <algorithm>

#include "server/gateway/text.h"

namespace marea::server {

namespace {

constexpr std::size_t kMaxAddress = 45;  // the longest text of an IPv6 address

bool looksLikeAddress(std::string_view text) {
    return !text.empty() && text.size() <= kMaxAddress && std::all_of(text.begin(), text.end(), [](char c) {
        const char low = lowered(c);
        return (c >= '0' && c <= '9') || (low >= 'a' && low <= 'f') || c == '.' || c == ':';
    });
}

}  // namespace

std::string clientAddress(std::string_view peer, std::string_view forwardedFor,
                          const std::vector<std::string>& trustedProxies) {
    const auto trusted = [&](std::string_view address) {
        return std::find(trustedProxies.begin(), trustedProxies.end(), address) != trustedProxies.end();
    };
    std::string_view client = peer;
    while (trusted(client) && !forwardedFor.empty()) {
        const std::size_t comma = forwardedFor.rfind(',');
        const std::string_view last =
            trimmed(comma == std::string_view::npos ? forwardedFor : forwardedFor.substr(comma + 1));
        if (!looksLikeAddress(last)) {
            break;
        }
        client = last;
        forwardedFor = comma == std::string_view::npos ? std::string_view{} : forwardedFor.substr(0, comma);
    }
    return std::string(client);
}

std::string addressKey(std::string_view peer) {
    std::string text(peer);
    in6_addr six{};
    if (inet_pton(AF_INET6, text.c_str(), &six) != 1) {
        return text;
    }
    if (IN6_IS_ADDR_V4MAPPED(&six)) {
        const auto* b = six.s6_addr + 12;
        return std::to_string(b[0]) + '.' + std::to_string(b[1]) + '.' + std::to_string(b[2]) + '.' +
               std::to_string(b[3]);
    }
    std::fill(six.s6_addr + 8, six.s6_addr + 16, std::uint8_t{0});
    char network[INET6_ADDRSTRLEN];
    inet_ntop(AF_INET6, &six, network, sizeof network);
    return network;
}

bool isLoopback(std::string_view peer) {
    return peer.starts_with("127.") || peer == "::1" || peer.starts_with("::ffff:127.");
}

}  // namespace marea::server
