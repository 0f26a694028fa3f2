#include "server/apps/catalog/mediaparams.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "server/apps/catalog/facets.h"

namespace marea::server {

namespace {

using core::ErrorCode;
using core::Result;

constexpr std::size_t kMaxText = 300;
constexpr std::size_t kMaxValues = 50;  // of one field

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

constexpr const char* kNoKind = "none";
constexpr std::array<std::string_view, 3> kStates = {"ok", "broken", "missing"};

// Every value of that name: a name may hold a comma, so these are given one by one.
std::vector<std::string> texts(const Request& request, std::string_view name) {
    std::vector<std::string> values;
    for (const auto& [key, value] : request.query) {
        if (key == name && !value.empty() && values.size() < kMaxValues) {
            values.push_back(value.substr(0, kMaxText));
        }
    }
    return values;
}

// A comma list of words that `isKnown`.
template <class Known>
Result<std::vector<std::string>> parseWords(std::string_view list, const char* name, Known isKnown) {
    std::vector<std::string> words;
    while (!list.empty()) {
        const std::size_t comma = std::min(list.find(','), list.size());
        const std::string_view word = list.substr(0, comma);
        if (!isKnown(word)) {
            return invalid(name);
        }
        if (std::find(words.begin(), words.end(), word) == words.end()) {
            words.emplace_back(word);
        }
        list.remove_prefix(std::min(comma + 1, list.size()));
    }
    return words;
}

template <class T>
std::optional<T> number(std::string_view text) {
    T value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = error == std::errc() && end == text.data() + text.size();
    return whole && std::isfinite(static_cast<double>(value)) ? std::optional(value) : std::nullopt;
}

// "<name>_from" and "<name>_to".
template <class T>
Result<void> parseRange(const Request& request, const char* name, T least, T most, Range<T>& range) {
    for (const auto& [suffix, end] : {std::pair("_from", &range.least), std::pair("_to", &range.most)}) {
        const std::string key = std::string(name) + suffix;
        const auto given = request.queryValue(key);
        if (given) {
            *end = number<T>(*given);
            if (!*end || **end < least || **end > most) {
                return invalid(key.c_str());
            }
        }
    }
    return {};
}

Result<void> parseYears(const Request& request, MediaQuery& query) {
    const auto year = request.queryValue("year");
    if (!year) {
        return parseRange<std::int64_t>(request, "year", 0, 9999, query.years);
    }
    const auto only = parseInt(*year, 0, 9999);
    if (!only) {
        return invalid("year");
    }
    query.years = {*only, *only};
    return {};
}

Result<void> parseRanges(const Request& request, MediaQuery& query) {
    constexpr core::TimeMs kMostTime = 253'402'300'799'999;  // the end of the year 9999
    constexpr double kMostSeconds = 1e9;
    auto done = parseYears(request, query);
    done = done ? parseRange<core::TimeMs>(request, "added", 0, kMostTime, query.added) : done;
    done = done ? parseRange<double>(request, "duration", 0, kMostSeconds, query.durations) : done;
    return done ? parseRange<std::int64_t>(request, "rating", 1, 10, query.ratings) : done;
}

Result<void> parseChoices(const Request& request, MediaQuery& query) {
    const auto list = [&](const char* name, auto isKnown) {
        return parseWords(request.queryValue(name).value_or(""), name, isKnown);
    };
    auto resolutions = list("resolution", [](std::string_view word) { return resolutionNamed(word).has_value(); });
    auto hdr = list("hdr", [](std::string_view word) { return isOneOf(word, kHdrNames); });
    auto states = list("state", [](std::string_view word) { return isOneOf(word, kUserStates); });
    for (const auto* words : {&resolutions, &hdr, &states}) {
        if (!*words) {
            return core::unexpected<core::Error>(words->error());
        }
    }
    for (const std::string& word : *resolutions) {
        query.resolutions.push_back(*resolutionNamed(word));
    }
    query.hdr = std::move(*hdr);
    query.states = std::move(*states);
    return {};
}

Result<void> parseOrder(const Request& request, MediaQuery& query) {
    const std::string sort = text(request, "sort");
    const std::string order = text(request, "order");
    if (!sort.empty() && !isOneOf(sort, kItemSorts)) {
        return invalid("sort");
    }
    if (!order.empty() && order != "asc" && order != "desc") {
        return invalid("order");
    }
    // The natural order is that within something.
    const bool natural = !query.parent.empty() && (sort.empty() || sort == "index");
    query.sort = natural ? "index" : sort.empty() || sort == "index" ? "title" : sort;
    const bool newestFirst = query.sort == "added" || query.sort == "popular" || query.sort == "year";
    query.descending = order.empty() ? newestFirst : order == "desc";
    return {};
}

Result<void> parseIds(const Request& request, MediaQuery& query) {
    for (const auto& [name, id] : {std::pair("parent", &query.parent), std::pair("library", &query.library),
                                   std::pair("collection", &query.collection)}) {
        *id = text(request, name);
        if (!id->empty() && !core::isId(*id)) {
            return invalid(name);
        }
    }
    return {};
}

// Nothing else has a picture: a list of a million songs is not looked through for one.
void keepToPictures(MediaQuery& query) {
    constexpr std::array<std::string_view, 3> kWithPicture = {"movie", "episode", "video"};
    if ((query.hdr.empty() && query.resolutions.empty()) || !query.parent.empty()) {
        return;
    }
    if (query.kinds.empty()) {
        query.kinds.assign(kWithPicture.begin(), kWithPicture.end());
        return;
    }
    std::erase_if(query.kinds, [&](const std::string& kind) { return !isOneOf(kind, kWithPicture); });
    if (query.kinds.empty()) {
        query.kinds = {kNoKind};
    }
}

}  // namespace

std::optional<int> parseInt(std::string_view text, int least, int most) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = error == std::errc() && end == text.data() + text.size();
    return whole && value >= least && value <= most ? std::optional(value) : std::nullopt;
}

Result<std::vector<std::string>> parseKinds(std::string_view list) {
    return parseWords(list, "kind", isKind);
}

Result<std::vector<std::string>> parseFacets(const Request& request) {
    const auto given = request.queryValue("facet");
    return given ? parseWords(*given, "facet", isFacet)
                 : Result<std::vector<std::string>>(std::vector<std::string>(kFacets.begin(), kFacets.end()));
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
    for (const auto parse : {parseIds, parseOrder, parseRanges, parseChoices}) {
        if (auto done = parse(request, query); !done) {
            return core::unexpected<core::Error>(done.error());
        }
    }
    query.genres = texts(request, "genre");
    query.artists = texts(request, "artist");
    query.albums = texts(request, "album");
    query.series = texts(request, "series");
    query.text = text(request, "q");
    query.status = text(request, "status");
    if (!query.status.empty() && !isOneOf(query.status, kStates)) {
        return invalid("status");
    }
    keepToPictures(query);
    auto limit = parseLimit(request, 50, 200);
    if (!limit) {
        return core::unexpected<core::Error>(limit.error());
    }
    query.limit = *limit;
    query.cursor = std::string(request.queryValue("cursor").value_or(""));
    const std::string_view fields = request.queryValue("fields").value_or("");
    query.withFiles = fields.find("files") != std::string_view::npos;
    query.withLetters = fields.find("letters") != std::string_view::npos && isByNames(query.sort);
    query.exactTotal = request.queryValue("total") == "exact";
    return query;
}

}  // namespace marea::server
