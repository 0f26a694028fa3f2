#pragma once

#include <string>
#include <vector>

#include "core/base/json.h"

namespace marea::server {

enum class RequestPart { InQuery, InBody };

// What a schema asks for: "a whole number from 1 to 200", "one of “asc”, “desc”".
std::string expectation(const core::json::object& document, const core::json::value& schema);

// A sentence on what is wrong with a value that `schema` does not accept, at the end of `way`. Fields of a body are
// named by JSON pointers (RFC 6901): "“/rules/0/field” must be a text."; what comes from outside is cut to a bound.
std::string explain(const core::json::object& document, const core::json::value& schema, const core::json::value& value,
                    const std::vector<std::string>& way, RequestPart part);

}  // namespace marea::server
