#pragma once

#include <string>
#include <string_view>

namespace marea::server {

// The one style sheet of the pages for files, and its hash as the Content-Security-Policy names it.
std::string_view filesStyle();
const std::string& filesStyleSource();

}  // namespace marea::server
