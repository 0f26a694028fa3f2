#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "server/apps/catalog/itemqueries.h"

namespace marea::server {

// What a menu of filters offers: a value as the filter of that name takes it, and how many of the list it would leave.
struct FacetValue {
    std::string value;
    std::string label;  // of values that are ids; else empty
    std::int64_t count = 0;
};

constexpr std::array<std::string_view, 8> kFacets = {"kind",   "genre",      "year", "decade",
                                                     "artist", "resolution", "hdr",  "series"};

bool isFacet(std::string_view name);

// The values of one facet, at most `most`: years and decades newest first, resolutions largest first, others by how
// many. A facet is not narrowed by what was chosen from itself, so that something else can be.
core::Result<std::vector<FacetValue>> facetValues(ItemQueries& queries, const MediaQuery& query, std::string_view facet,
                                                  int most);

}  // namespace marea::server
