#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace marea::sync::dns {

// "key=value" each (RFC 6763 section 6.3); what has no name is left out, the first of a name counts. At most 20 of 255
// bytes are read.
std::map<std::string, std::string> textFrom(const std::vector<std::string>& entries);
std::vector<std::string> textOf(const std::map<std::string, std::string>& text);

// Where somebody is reached best, of addresses of 4 or 16 bytes. The less the better: IPv4, IPv6 of the network, those
// of the link alone.
int rankOfAddress(std::string_view bytes);

}  // namespace marea::sync::dns
