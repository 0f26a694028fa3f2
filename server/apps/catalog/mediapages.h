#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/apps/catalog/cursor.h"
#include "server/apps/catalog/mediafilters.h"

namespace marea::server {

// The SQL of one page: kItemColumns and then what is sorted by, one row more than query.limit when there are more.
// With a filter that leads, what it finds is put in order; else one kind after the other goes through the index of the
// order, merged, and ends when the page is full.
std::string pageSql(Sql& sql, const Viewer& viewer, const MediaQuery& query, const std::vector<Filter>& filters,
                    std::optional<std::size_t> leading, const std::optional<Cursor>& after);

// What a list of that order compares, of media_items i.
std::string_view orderKey(std::string_view sort);

// The place of a row of a page.
Cursor cursorOf(const core::db::Row& row, std::string_view sort);
bool fitsSort(const Cursor& cursor, std::string_view sort);

}  // namespace marea::server
