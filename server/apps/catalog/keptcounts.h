#pragma once

#include <optional>
#include <vector>

#include "core/db/database.h"
#include "server/apps/catalog/facets.h"
#include "server/apps/catalog/itemqueries.h"
#include "server/apps/catalog/mediaquery.h"
#include "server/apps/identity/viewer.h"

namespace marea::server {

// What the database keeps counted (item_counts, genre_counts, genre_heads): totals of lists that ask for kinds, a
// library and one genre at most, for who sees titles of every age. Their cost does not grow with the number of titles.
class KeptCounts {
public:
    KeptCounts(core::db::Session& session, const Viewer& viewer) : session_(session), viewer_(viewer) {}

    // Whether that is kept: of `query` in any order, with or without the genre.
    static bool has(const Viewer& viewer, const MediaQuery& query);
    core::Result<std::int64_t> total(const MediaQuery& query);
    core::Result<std::vector<LetterPlace>> letters(const MediaQuery& query);  // of a list by title
    // This of queries without a genre.
    core::Result<std::vector<FacetValue>> kinds(const MediaQuery& query, int most);
    // (folded, count), the most first.
    core::Result<std::vector<FacetValue>> genres(const MediaQuery& query, int most);

    core::Result<std::int64_t> sampleOf(const std::string& genre);  // the number of an item that has it

private:
    core::Result<std::vector<FacetValue>> values(const MediaQuery& query, const std::string& column,
                                                 const std::string& table, int most);

    core::db::Session& session_;
    const Viewer& viewer_;
};

}  // namespace marea::server
