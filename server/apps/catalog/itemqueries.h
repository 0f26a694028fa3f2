#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/db/database.h"
#include "core/library/credits.h"
#include "core/library/searchquery.h"
#include "core/library/spelling.h"
#include "server/apps/catalog/item.h"
#include "server/apps/catalog/letterplaces.h"
#include "server/apps/catalog/mediafilters.h"
#include "server/apps/catalog/mediaquery.h"
#include "server/apps/identity/viewer.h"

namespace marea::server {

struct ItemPage {
    std::vector<Item> items;
    std::string nextCursor;  // empty: no more
};

struct SearchResult {
    std::vector<Item> items;
    std::vector<std::string> persons = {};  // of each: who in it was found, where nothing else of it has the words
    std::size_t exact = 0;                  // so many of them have what was typed
    std::string corrected;                  // what the others have; empty: there are no others
    bool noneThere = false;                 // of these kinds, whatever is looked for
};

// The SQL of reading the catalogue, as `viewer` sees it: whose state is joined to the items (?1 of every query), and
// whose rights narrow them. Lists have that as one of their filters; another query ends its conditions in
// visible(viewer_), see server/apps/identity/viewer.h. Those of an item's files and sidecars are for items that item()
// gave.
class ItemQueries {
public:
    ItemQueries(core::db::Session& session, const Viewer& viewer)
        : session_(session), viewer_(viewer), user_(viewer.userId) {}

    // Invalid when the cursor was not made by this query.
    core::Result<ItemPage> page(const MediaQuery& query);
    // How many fit: of what is not kept counted up to kMostCounted, or kMostCountedByWords of words that very many
    // have, unless the query wants it exactly.
    struct Total {
        std::int64_t count = 0;
        bool more = false;  // at least so many
    };
    static constexpr std::int64_t kMostCounted = 10'000, kMostCountedByWords = 1'000;
    core::Result<Total> total(const MediaQuery& query);
    core::Result<std::vector<LetterPlace>> letters(const MediaQuery& query);  // in the order of the list
    // Rows of "SELECT <columns> FROM media_items i <joins> WHERE <what fits query> <tail>".
    struct Counted {
        std::string columns, joins, tail;
    };
    core::Result<void> counts(const MediaQuery& query, const Counted& what,
                              const std::function<void(const core::db::Row&)>& take);
    core::Result<std::optional<Item>> item(const core::Id& id);
    core::Result<std::vector<Item>> byNumbers(const std::vector<std::int64_t>& numbers);  // in their order
    core::Result<std::vector<ItemFile>> files(const core::Id& item);                      // present ones, best first
    core::Result<void> addSounds(const core::Id& item, std::vector<ItemFile>& files);     // what was measured of them
    core::Result<void> addRungs(const core::Id& item, std::vector<ItemFile>& files);
    core::Result<std::vector<Sidecar>> sidecars(const core::Id& item);
    // Names, as the files tell them: who directed it first, then who plays in it.
    core::Result<std::vector<std::string>> people(const core::Id& item);
    // Who made a track, an audiobook or an album's tracks.
    core::Result<std::vector<core::library::Credit>> credits(const Item& item);
    // The best `limit` items, best first. Where there are only a few, what was meant by other words of `spelling` (may
    // be null) comes after them.
    core::Result<SearchResult> search(std::string_view typed, const std::vector<std::string>& kinds, int limit,
                                      const core::library::Spelling* spelling);

    // Whether other words may have been meant, where that was found.
    static bool isFew(const SearchResult& found, int limit);

    core::db::Session& session() { return session_; }
    const Viewer& viewer() const { return viewer_; }

private:
    struct Hit {
        double score = 0;
        std::int64_t num = 0, row = 0;
    };
    core::Result<bool> hasAny(const std::vector<std::string>& kinds);  // for anybody; none named: yes
    core::Result<SearchResult> withPersons(const core::library::SearchQuery& query, SearchResult result);
    core::Result<std::vector<std::int64_t>> ranked(const core::library::SearchQuery& query,
                                                   const std::vector<std::string>& kinds, int limit);
    // Adds what matches, most popular first, until there are `most` hits.
    core::Result<void> candidates(const core::library::SearchQuery& query, const std::string& match,
                                  const std::vector<std::string>& kinds, std::size_t most, std::vector<Hit>& hits);
    core::Result<std::vector<Filter>> filters(const MediaQuery& query);
    core::Result<std::optional<std::size_t>> leading(const std::vector<Filter>& filters);
    core::Result<void> counts(const MediaQuery& query, const std::vector<Filter>& all, std::optional<std::size_t> first,
                              const Counted& what, const std::function<void(const core::db::Row&)>& take);
    core::Result<std::string> parentKind(const core::Id& id);  // empty without a parent

    core::db::Session& session_;
    const Viewer& viewer_;
    const core::Id& user_;
};

// The search in a transaction of its own. What words are spelled like is asked for where few titles have those that
// were typed, and only then: it takes a while to be known of a large catalogue. Outside of any transaction.
core::Result<SearchResult> searchItems(core::db::Database& database, const Viewer& viewer, std::string_view typed,
                                       const std::vector<std::string>& kinds, int limit,
                                       const std::function<std::shared_ptr<const core::library::Spelling>()>& spelling);

}  // namespace marea::server
