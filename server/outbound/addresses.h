#pragma once

#include <string_view>
#include <vector>

#include "server/gateway/requestrules.h"

namespace marea::server {

// Whether anybody on the internet reaches that address: no private, local, shared, documentation or group address
// (the registries of RFC 6890). IPv4 addresses inside IPv6 ones count as what they are.
bool isPublicAddress(std::string_view address);

// Which addresses this server calls. Names are looked up first: what counts is where they lead.
class AddressRules {
public:
    explicit AddressRules(std::vector<AddressRange> allowed = {}) : allowed_(std::move(allowed)) {}
    // Public ones over TLS; those that the owner allowed also without.
    bool mayCall(std::string_view address, bool secure) const;

private:
    std::vector<AddressRange> allowed_;
};

}  // namespace marea::server
