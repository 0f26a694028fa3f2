#pragma once

#include <toml++/toml.h>

#include "core/base/result.h"
#include "server/gateway/requestrules.h"

namespace marea::server {

// One [[rule]] of a configuration file. Invalid with words: an unknown key, a wrong type, nothing that it looks at.
core::Result<RequestRule> ruleOfToml(const toml::table& table);

}  // namespace marea::server
