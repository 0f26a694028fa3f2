#include "server/gateway/forwarded.h"

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

}  // namespace marea::server
