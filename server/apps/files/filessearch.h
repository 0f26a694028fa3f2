#pragma once

#include <cstddef>
#include <string>

// The pages of what a search finds, which always begins with the best: a page's cursor says how many came before. Pure.
namespace marea::server {

constexpr int kMostFilesFound = 200;  // of one search, which ranks few more

// How many to search for, to have the page and to know whether more follow.
int filesSearchLimit(const std::string& cursor, int perPage);

struct FilesSearchPage {
    std::size_t from = 0, to = 0;  // of those that were found
    std::string cursor;            // of the next page; empty: none
    bool isCut = false;            // there are more, and no page has them
};
FilesSearchPage filesSearchPage(const std::string& cursor, int perPage, std::size_t found);

}  // namespace marea::server
