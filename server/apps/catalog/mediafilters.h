#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "server/apps/catalog/mediaquery.h"
#include "server/apps/catalog/sqltext.h"
#include "server/apps/identity/viewer.h"

namespace marea::server {

// One condition of a list, in two forms, of which a statement takes one. A new filter is one more entry of filtersOf().
struct Filter {
    std::function<std::string(Sql&)> test;    // of one row `i` of media_items, found by something else
    std::function<std::string(Sql&)> source;  // a SELECT of the numbers that fit, by an index; null: there is none
    bool leads = false;                       // always few, or not to be found by an order's index: source goes first
    bool counts = false;                      // what fits is counted sooner by source, also where it is much
};

// Every condition of `query` but kind and status, and what `viewer` may see. `parentKind` is that of query.parent,
// empty when it is not known.
std::vector<Filter> filtersOf(const Viewer& viewer, const MediaQuery& query, const std::string& parentKind);

// Which filter's source to begin with, where each has so many rows (nullopt: no source, or more than
// kMostLeading); nullopt: with the order's own index, since enough rows fit for a page to be full soon.
constexpr std::int64_t kMostLeading = 5000;
std::optional<std::size_t> leadingFilter(std::span<const std::optional<std::int64_t>> rows);

// The WHERE of `query` over media_items i: status, kinds and filters, one of which may lead.
std::string whereText(Sql& sql, const MediaQuery& query, const std::vector<Filter>& filters,
                      std::optional<std::size_t> leading);
// Likewise without the kinds and without the leading filter's source.
std::string testsText(Sql& sql, const MediaQuery& query, const std::vector<Filter>& filters,
                      std::optional<std::size_t> leading);

}  // namespace marea::server
