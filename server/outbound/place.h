#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace marea::server {

// Where a URL leads.
struct Place {
    bool secure = true;
    std::string host;  // in lower case and ASCII; an IPv6 address without its brackets
    std::uint16_t port = 443;
    std::string target;             // "/path?query"
    std::string authority() const;  // as the Host field has it
};

// Absolute http and https URLs alone, without a name or password in them. Invalid otherwise; the error repeats nothing
// of it.
core::Result<Place> placeOf(std::string_view url);

// The host for logs; "?" when there is none.
std::string hostForLog(std::string_view url);

// Whether `host` is one of `patterns`; ".example.org" is every host below that one.
bool isHostOf(std::string_view host, const std::vector<std::string>& patterns);

// "https://host/a/" and {"b c", "d"} → "https://host/a/b%20c/d".
std::string joinedUrl(std::string_view base, const std::vector<std::string>& parts);

}  // namespace marea::server
