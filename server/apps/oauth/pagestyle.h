#pragma once

#include <string>
#include <string_view>

namespace marea::server {

// The one style sheet of the pages, with the colours and sizes of the application.
std::string_view pageStyle();
// Its hash as the Content-Security-Policy names it: nothing else on a page is applied.
const std::string& pageStyleSource();

}  // namespace marea::server
