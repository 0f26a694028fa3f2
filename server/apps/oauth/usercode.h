#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace marea::server {

// What a person types to sign a television in: eight consonants, "WDJB-MJHT", which make no words and have no
// look-alikes (RFC 8628 section 6.1).
std::string newUserCode();
// As typed, with whatever case, spaces and dashes; nullopt when it cannot be one.
std::optional<std::string> readUserCode(std::string_view typed);

}  // namespace marea::server
