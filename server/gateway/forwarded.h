#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace marea::server {

// The client's address behind proxies: from the right end of X-Forwarded-For, the first one that is not a trusted
// proxy. `peer` itself when it is not trusted (then the field may be anybody's invention) or the field says nothing.
std::string clientAddress(std::string_view peer, std::string_view forwardedFor,
                          const std::vector<std::string>& trustedProxies);

// The part of an address that one person holds: an IPv4 address, or the /64 of an IPv6 one.
std::string addressKey(std::string_view peer);
// Of this machine itself.
bool isLoopback(std::string_view peer);

}  // namespace marea::server
