#pragma once

#include <string>
#include <string_view>

namespace marea::core {

// Text as it stands between tags and in quoted attributes, of XML (1.0, section 2.4) and of HTML alike. Nothing is left
// out: what XML has no characters for is the caller's to replace.
std::string escapedMarkup(std::string_view text);

}  // namespace marea::core
