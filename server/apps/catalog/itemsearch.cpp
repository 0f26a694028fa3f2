// Search as one types.
#include <algorithm>

#include "core/library/searchquery.h"
#include "core/library/text.h"
#include "server/apps/catalog/itemqueries.h"
#include "server/apps/catalog/searchrows.h"

namespace marea::server {

using core::Result;
using core::db::Row;

namespace {

constexpr std::size_t kSearchCandidates = 150;  // ranked of those that match, the most popular ones
constexpr std::size_t kTitleCandidates = 100;   // and of those whose title begins with the very words
constexpr std::size_t kSearchVisits = 5000;     // rows looked at where most are of other kinds
constexpr std::size_t kFew = 3;                 // fewer hits: something else may have been meant

// Whether there was anything new.
bool addNew(const std::vector<std::int64_t>& more, std::size_t most, std::vector<std::int64_t>& numbers) {
    const std::size_t before = numbers.size();
    for (const std::int64_t num : more) {
        if (numbers.size() < most && std::find(numbers.begin(), numbers.end(), num) == numbers.end()) {
            numbers.push_back(num);
        }
    }
    return numbers.size() > before;
}

// What of an item is searched and stands in lists, folded.
std::string toldText(const Item& item) {
    std::string text = item.title;
    for (const std::string* more : {&item.series, &item.artist, &item.albumArtist, &item.album}) {
        text += " " + *more;
    }
    for (const std::string& genre : item.genres) {
        text += " " + genre;
    }
    return core::library::searchText(text) + (item.year ? " " + std::to_string(*item.year) : "");
}

}  // namespace

Result<SearchResult> ItemQueries::search(std::string_view typed, const std::vector<std::string>& kinds, int limit,
                                         const core::library::Spelling* spelling) {
    SearchResult result;
    const auto query = core::library::searchQuery(typed);
    if (!query) {
        return result;
    }
    const auto any = hasAny(kinds);
    if (!any) {
        return core::unexpected<core::Error>(any.error());
    }
    if (!*any) {
        result.noneThere = true;
        return result;
    }
    auto numbers = ranked(*query, kinds, limit);
    if (!numbers) {
        return core::unexpected(numbers.error());
    }
    const std::size_t exact = numbers->size();
    result.exact = exact;
    if (spelling && isFew(result, limit)) {
        for (const std::string& text : core::library::corrections(*query, *spelling, exact > 0)) {
            const auto other = core::library::searchQuery(text);
            const auto more = other ? ranked(*other, kinds, limit) : std::vector<std::int64_t>();
            if (!more) {
                return core::unexpected(more.error());
            }
            if (addNew(*more, static_cast<std::size_t>(limit), *numbers)) {
                result.corrected = text;
                break;
            }
        }
    }
    auto items = byNumbers(*numbers);
    if (!items) {
        return core::unexpected(items.error());
    }
    result.items = std::move(*items);
    result.exact = std::min(exact, result.items.size());
    return withPersons(*query, std::move(result));
}

// Lists tell of everything that is searched but of people: without a name one would wonder what such a film is for.
Result<SearchResult> ItemQueries::withPersons(const core::library::SearchQuery& query, SearchResult result) {
    const auto other = core::library::searchQuery(result.corrected);
    for (const Item& item : result.items) {
        const auto& words = result.persons.size() < result.exact || !other ? query : *other;
        const std::string told = toldText(item);
        const auto names = core::library::hasAllWords(words, told) ? std::vector<std::string>() : people(item.id);
        if (!names) {
            return core::unexpected<core::Error>(names.error());
        }
        const std::string* meant = core::library::meantName(words, told, *names);
        result.persons.push_back(meant ? *meant : "");
    }
    return result;
}

// A library of music is not read through for films, nor twice for what else may have been meant.
Result<bool> ItemQueries::hasAny(const std::vector<std::string>& kinds) {
    bool any = kinds.empty();
    for (auto kind = kinds.begin(); !any && kind != kinds.end(); ++kind) {
        auto done = session_.each("SELECT 1 FROM media_items WHERE kind=?1 AND status<>'missing' LIMIT 1",
                                  {std::string_view(*kind)}, [&](const Row&) { return !(any = true); });
        if (!done) {
            return core::unexpected<core::Error>(done.error());
        }
    }
    return any;
}

bool ItemQueries::isFew(const SearchResult& found, int limit) {
    return !found.noneThere && found.exact < std::min(kFew, static_cast<std::size_t>(limit));
}

Result<SearchResult> searchItems(core::db::Database& database, const Viewer& viewer, std::string_view typed,
                                 const std::vector<std::string>& kinds, int limit,
                                 const std::function<std::shared_ptr<const core::library::Spelling>()>& spelling) {
    const auto search = [&](const core::library::Spelling* words) {
        return database.readValue<SearchResult>([&](core::db::Session& session) {
            return ItemQueries(session, viewer).search(typed, kinds, limit, words);
        });
    };
    auto found = search(nullptr);
    if (!found || !ItemQueries::isFew(*found, limit)) {
        return found;
    }
    const auto words = spelling();
    return words ? search(words.get()) : found;
}

Result<std::vector<std::int64_t>> ItemQueries::ranked(const core::library::SearchQuery& query,
                                                      const std::vector<std::string>& kinds, int limit) {
    std::vector<Hit> hits;
    // The index answers in order of rowid, which is that of popularity: the first ones are the ones worth ranking. A
    // title that begins with the very words is worth it wherever it stands.
    auto done = candidates(query, query.titleMatch, kinds, kTitleCandidates, hits);
    done = done ? candidates(query, query.match, kinds, kTitleCandidates + kSearchCandidates, hits) : done;
    if (!done) {
        return core::unexpected(done.error());
    }
    std::stable_sort(hits.begin(), hits.end(),
                     [](const Hit& x, const Hit& y) { return x.score != y.score ? x.score > y.score : x.row < y.row; });
    hits.erase(std::unique(hits.begin(), hits.end(), [](const Hit& x, const Hit& y) { return x.row == y.row; }),
               hits.end());
    std::vector<std::int64_t> numbers;
    for (std::size_t i = 0; i < hits.size() && i < static_cast<std::size_t>(limit); ++i) {
        numbers.push_back(hits[i].num);
    }
    return numbers;
}

Result<void> ItemQueries::candidates(const core::library::SearchQuery& query, const std::string& match,
                                     const std::vector<std::string>& kinds, std::size_t most, std::vector<Hit>& hits) {
    std::size_t visited = 0;
    const std::string sql =
        viewer_.seesAll()
            ? "SELECT title, people, more, kind, item, rowid FROM search WHERE search MATCH ?2 AND rowid<?3 ORDER BY "
              "rowid"
            : "SELECT s.title, s.people, s.more, s.kind, s.item, s.rowid FROM search s CROSS JOIN media_items i "
              "ON i.num=s.item WHERE s.search MATCH ?2 AND s.rowid<?3" +
                  visible(viewer_) + " ORDER BY s.rowid";
    const std::int64_t end = searchRowsEnd(kinds);
    return session_.each(sql, {std::string_view(user_), std::string_view(match), end}, [&](const Row& row) {
        const std::string_view kind = row.text(3);
        if (kinds.empty() || std::find(kinds.begin(), kinds.end(), kind) != kinds.end()) {
            hits.push_back({core::library::relevance(query, row.text(0), row.text(1), row.text(2)), row.integer(4),
                            row.integer(5)});
        }
        return hits.size() < most && ++visited < kSearchVisits;
    });
}

}  // namespace marea::server
