#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "server/outbound/outbound.h"

namespace marea::server {

using QueryFields = std::vector<std::pair<std::string, std::string>>;

// "?a=b&c=d".
std::string queryText(const QueryFields& fields);
// A JSON document of a provider, kept for a day. NotFound, Unauthorized (a wrong key), or what the way there says.
void askFor(Outbound& outbound, const std::string& url, const QueryFields& headers,
            std::function<void(core::Result<std::string>)> done);

}  // namespace marea::server
