// Search as one types.
#include <algorithm>

#include "core/library/searchquery.h"
#include "server/apps/catalog/itemqueries.h"

namespace marea::server {

using core::Result;
using core::db::Row;

namespace {

constexpr std::size_t kSearchCandidates = 150;  // ranked of those that match, the most popular ones
constexpr std::size_t kTitleCandidates = 100;   // and of those whose title begins with the very words
constexpr std::size_t kSearchVisits = 5000;     // rows looked at where most are of other kinds

}  // namespace

Result<std::vector<Item>> ItemQueries::search(std::string_view typed, const std::vector<std::string>& kinds,
                                              int limit) {
    const auto query = core::library::searchQuery(typed);
    if (!query) {
        return std::vector<Item>();
    }
    std::vector<Hit> hits;
    // The index answers in order of rowid, which is that of popularity: the first ones are the ones worth ranking. A
    // title that begins with the very words is worth it wherever it stands.
    auto done = candidates(*query, query->titleMatch, kinds, kTitleCandidates, hits);
    done = done ? candidates(*query, query->match, kinds, kTitleCandidates + kSearchCandidates, hits) : done;
    if (!done) {
        return core::unexpected<core::Error>(done.error());
    }
    std::stable_sort(hits.begin(), hits.end(),
                     [](const Hit& x, const Hit& y) { return x.score != y.score ? x.score > y.score : x.row < y.row; });
    hits.erase(std::unique(hits.begin(), hits.end(), [](const Hit& x, const Hit& y) { return x.row == y.row; }),
               hits.end());
    std::vector<std::int64_t> numbers;
    for (std::size_t i = 0; i < hits.size() && i < static_cast<std::size_t>(limit); ++i) {
        numbers.push_back(hits[i].num);
    }
    return byNumbers(numbers);
}

Result<void> ItemQueries::candidates(const core::library::SearchQuery& query, const std::string& match,
                                     const std::vector<std::string>& kinds, std::size_t most, std::vector<Hit>& hits) {
    std::size_t visited = 0;
    return session_.each(
        "SELECT title, people, more, kind, item, rowid FROM search WHERE search MATCH ?1 ORDER BY rowid",
        {std::string_view(match)}, [&](const Row& row) {
            const std::string_view kind = row.text(3);
            if (kinds.empty() || std::find(kinds.begin(), kinds.end(), kind) != kinds.end()) {
                hits.push_back({core::library::relevance(query, row.text(0), row.text(1), row.text(2)), row.integer(4),
                                row.integer(5)});
            }
            return hits.size() < most && ++visited < kSearchVisits;
        });
}

}  // namespace marea::server
