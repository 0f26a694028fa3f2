#pragma once

#include <string>
#include <string_view>

namespace marea::server {

// The one style sheet of the pages, with the colours and sizes of the application.
std::string_view pageStyle();
// Its colours alone, dark and light, as variables: where another sheet begins.
std::string_view pageTokens();
// Its hash as the Content-Security-Policy names it: nothing else on a page is applied.
const std::string& pageStyleSource();
// The same of another sheet.
std::string styleSource(std::string_view style);

}  // namespace marea::server
