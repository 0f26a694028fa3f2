#pragma once

#include "server/apps/catalog/mediaquery.h"
#include "server/gateway/http.h"

namespace marea::server {

// The query string of GET /api/v1/media. Values outside the lists are Invalid; unknown names are ignored.
core::Result<MediaQuery> parseMediaQuery(const Request& request);
// "facet" of the query, a comma list of what isFacet() knows; all of them when it is not there.
core::Result<std::vector<std::string>> parseFacets(const Request& request);

// A comma list of kinds, "" for all.
core::Result<std::vector<std::string>> parseKinds(std::string_view text);
// "limit" of the query, 1 to `most`; `otherwise` when it is not there.
core::Result<int> parseLimit(const Request& request, int otherwise, int most);
std::optional<int> parseInt(std::string_view text, int least, int most);

}  // namespace marea::server
