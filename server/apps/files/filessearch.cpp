#include "server/apps/files/filessearch.h"

#include <algorithm>
#include <charconv>

namespace marea::server {

namespace {

int startOf(const std::string& cursor, int perPage) {
    int start = 0;
    const auto [end, error] = std::from_chars(cursor.data(), cursor.data() + cursor.size(), start);
    const bool isWhole = error == std::errc() && end == cursor.data() + cursor.size();
    return isWhole ? std::clamp(start, 0, kMostFilesFound - perPage) : 0;
}

}  // namespace

int filesSearchLimit(const std::string& cursor, int perPage) {
    return startOf(cursor, perPage) + perPage + 1;
}

FilesSearchPage filesSearchPage(const std::string& cursor, int perPage, std::size_t found) {
    const auto start = static_cast<std::size_t>(startOf(cursor, perPage));
    const std::size_t end = start + static_cast<std::size_t>(perPage);
    const bool hasMore = found > end, isLast = end >= static_cast<std::size_t>(kMostFilesFound);
    return {std::min(start, found), std::min(end, found), hasMore && !isLast ? std::to_string(end) : std::string(),
            hasMore && isLast};
}

}  // namespace marea::server
