#pragma once

#include <string>
#include <vector>

#include "server/host/config.h"

namespace marea::server {

// What is different in a configuration that was read anew, by the names of its keys.
struct ConfigChange {
    std::vector<std::string> taken;         // takes effect while the server runs
    std::vector<std::string> needsRestart;  // stays as it is until the next start
    Config config;                          // as the server runs from then on: what was, with what is taken
};
ConfigChange changeOf(const Config& running, const Config& next);

}  // namespace marea::server
