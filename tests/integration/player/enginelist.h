#pragma once

#include <string>
#include <vector>

#include "player/choice/engines.h"

namespace marea::test {

// The engines that were built in, for tests of each.
inline std::vector<std::string> allEngines() {
    std::vector<std::string> names;
    for (const auto& name : player::engineNames()) {
        names.push_back(name.toStdString());
    }
    return names;
}

}  // namespace marea::test
