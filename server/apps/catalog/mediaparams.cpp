#include "server/apps/catalog/mediaparams.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace marea::server {

namespace {

using core::ErrorCode;
using core::Result;

constexpr std::size_t kMaxText = 300;

core::unexpected<core::Error> invalid(const char* name) {
    return core::fail(ErrorCode::Invalid, std::string("The value of “") + name + "” is not one that is known.");
}

std::string text(const Request& request, std::string_view name) {
    return std::string(request.queryValue(name).value_or("").substr(0, kMaxText));
}

template <std::size_t N>
bool isOneOf(std::string_view value, const std::array<std::string_view, N>& list) {
    return std::find(list.begin(), list.end(), value) != list.end();
}

constexpr std::array<std::string_view, 6> kSorts = {"title", "added", "year", "duration", "index", "popular"};
constexpr std::array<std::string_view, 3> kStates = {"ok", "broken", "missing"};

Result<void> parseOrder(const Request& request, MediaQuery& query) {
    const std::string sort = text(request, "sort");
    const std::string order = text(request, "order");
    if (!sort.empty() && !isOneOf(sort, kSorts)) {
        return invalid("sort");
    }
    if (!order.empty() && order != "asc" && order != "desc") {
        return invalid("order");
    }
    query.sort = !sort.empty() ? sort : (query.parent.empty() ? "title" : "index");
    const bool newestFirst = query.sort == "added" || query.sort == "popular" || query.sort == "year";
    query.descending = order.empty() ? newestFirst : order == "desc";
    return {};
}

Result<void> parseIds(const Request& request, MediaQuery& query) {
    query.parent = text(request, "parent");
    query.library = text(request, "library");
    if (!query.parent.empty() && !core::isId(query.parent)) {
        return invalid("parent");
    }
    if (!query.library.empty() && !core::isId(query.library)) {
        return invalid("library");
    }
    return {};
}

}  // namespace

std::optional<int> parseInt(std::string_view text, int least, int most) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = error == std::errc() && end == text.data() + text.size();
    return whole && value >= least && value <= most ? std::optional(value) : std::nullopt;
}

Result<std::vector<std::string>> parseKinds(std::string_view list) {
    std::vector<std::string> kinds;
    while (!list.empty()) {
        const std::size_t comma = std::min(list.find(','), list.size());
        const std::string_view kind = list.substr(0, comma);
        if (!isKind(kind)) {
            return invalid("kind");
        }
        if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) {
            kinds.emplace_back(kind);
        }
        list.remove_prefix(std::min(comma + 1, list.size()));
    }
    return kinds;
}

Result<int> parseLimit(const Request& request, int otherwise, int most) {
    const auto given = request.queryValue("limit");
    if (!given) {
        return otherwise;
    }
    const auto limit = parseInt(*given, 1, 1'000'000);
    if (!limit) {
        return invalid("limit");
    }
    return std::min(*limit, most);
}

Result<MediaQuery> parseMediaQuery(const Request& request) {
    MediaQuery query;
    auto kinds = parseKinds(request.queryValue("kind").value_or(""));
    if (!kinds) {
        return core::unexpected<core::Error>(kinds.error());
    }
    query.kinds = std::move(*kinds);
    if (auto done = parseIds(request, query); !done) {
        return core::unexpected<core::Error>(done.error());
    }
    if (auto done = parseOrder(request, query); !done) {
        return core::unexpected<core::Error>(done.error());
    }
    query.genre = text(request, "genre");
    query.artist = text(request, "artist");
    query.text = text(request, "q");
    query.status = text(request, "status");
    if (!query.status.empty() && !isOneOf(query.status, kStates)) {
        return invalid("status");
    }
    if (const auto year = request.queryValue("year")) {
        query.year = parseInt(*year, 0, 9999);
        if (!query.year) {
            return invalid("year");
        }
    }
    auto limit = parseLimit(request, 50, 200);
    if (!limit) {
        return core::unexpected<core::Error>(limit.error());
    }
    query.limit = *limit;
    query.cursor = std::string(request.queryValue("cursor").value_or(""));
    const std::string_view fields = request.queryValue("fields").value_or("");
    query.withFiles = fields.find("files") != std::string_view::npos;
    query.withLetters = fields.find("letters") != std::string_view::npos && query.sort == "title";
    return query;
}

}  // namespace marea::server
