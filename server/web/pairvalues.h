#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/base/json.h"
#include "core/base/result.h"

namespace marea::server {

// The pairs of a query or a form as a JSON object, each of the type that `properties` (by name, their schemas) asks for
// where its text is one of that type, and a text otherwise: whether it may be, the schema says. Names given several
// times become a list where one is asked for, and are Invalid elsewhere.
core::Result<core::json::object> valuesOfPairs(const std::vector<std::pair<std::string, std::string>>& pairs,
                                               const core::json::object& properties,
                                               const core::json::object& document);

}  // namespace marea::server
