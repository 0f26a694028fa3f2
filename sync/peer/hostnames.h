#pragma once

#include <string>
#include <vector>

namespace marea::sync {

// What the system says of a name, as numeric addresses; none: it does not know it. May take minutes.
std::vector<std::string> systemsAddresses(const std::string& host);

}  // namespace marea::sync
