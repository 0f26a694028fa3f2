#pragma once

#include <string_view>

namespace marea::server {

// The OpenAPI 3.1 description of every route, as JSON: server/web/openapi.json, compiled in.
std::string_view openApiDocument();

}  // namespace marea::server
