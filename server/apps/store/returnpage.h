#pragma once

#include <string>
#include <string_view>

namespace marea::server::store {

// Spanish where `acceptLanguage` (RFC 9110 section 12.5.4) names it before English, else English.
bool likesSpanish(std::string_view acceptLanguage);

// What people see who come back from paying elsewhere, or from not paying. Pure.
std::string returnPage(bool paid, std::string_view acceptLanguage);

}  // namespace marea::server::store
