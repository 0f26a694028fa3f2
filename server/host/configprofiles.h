#pragma once

#include <toml++/toml.h>

#include "core/base/json.h"
#include "core/base/result.h"
#include "server/video/streamprofile.h"

namespace marea::server {

// A [[profile]] table of a configuration file: the same fields as in the API's JSON, checked by the same words.
core::Result<StreamProfile> profileOfToml(const toml::table& table);

}  // namespace marea::server
