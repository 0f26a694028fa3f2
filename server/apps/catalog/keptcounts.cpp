#include "server/apps/catalog/keptcounts.h"

#include "core/library/text.h"
#include "server/apps/catalog/sqltext.h"

namespace marea::server {

using core::Result;
using core::db::Row;

namespace {

// What narrows the counts of a table.
std::string narrowed(Sql& sql, const Viewer& viewer, const MediaQuery& query) {
    std::string text = "?1=?1 AND items>0";
    if (!query.kinds.empty()) {
        text += " AND kind IN (" + sql.bindAll(query.kinds) + ")";
    }
    if (!query.library.empty()) {
        text += " AND library_id=" + sql.bind(query.library);
    }
    if (!viewer.allLibraries) {
        text += " AND library_id IN (SELECT library_id FROM library_grants WHERE user_id=?1)";
    }
    return text;
}

MediaQuery plain(const MediaQuery& query) {
    MediaQuery rest;
    rest.kinds = query.kinds;
    rest.library = query.library;
    rest.genres = query.genres;
    rest.sort = query.sort;
    rest.descending = query.descending;
    return rest;
}

}  // namespace

bool KeptCounts::has(const Viewer& viewer, const MediaQuery& query) {
    return viewer.seesWholes() && query.genres.size() <= 1 && plain(query).filterKey() == query.filterKey();
}

Result<std::int64_t> KeptCounts::total(const MediaQuery& query) {
    Sql sql(viewer_.userId);
    std::string text = "SELECT coalesce(sum(items), 0) FROM ";
    if (query.genres.empty()) {
        text += "item_counts WHERE " + narrowed(sql, viewer_, query);
    } else {
        text += "genre_counts WHERE " + narrowed(sql, viewer_, query) +
                " AND genre=" + sql.bind(core::library::searchText(query.genres.front()));
    }
    std::int64_t total = 0;
    auto done = session_.each(text, sql.values(), [&](const Row& row) {
        total = row.integer(0);
        return false;
    });
    return done ? Result<std::int64_t>(total) : core::unexpected<core::Error>(done.error());
}

Result<std::vector<LetterPlace>> KeptCounts::letters(const MediaQuery& query) {
    Sql sql(viewer_.userId);
    std::string text = query.genres.empty() ? "SELECT head, sum(items) FROM item_counts WHERE "
                                            : "SELECT head, sum(items) FROM genre_heads WHERE genre=" +
                                                  sql.bind(core::library::searchText(query.genres.front())) + " AND ";
    text += narrowed(sql, viewer_, query) + " GROUP BY head ORDER BY head" + (query.descending ? " DESC" : "");
    LetterPlaces letters(query.descending);
    auto done = session_.each(text, sql.values(), [&](const Row& row) {
        letters.add(row.text(0), row.integer(1));
        return true;
    });
    return done ? Result<std::vector<LetterPlace>>(letters.take()) : core::unexpected<core::Error>(done.error());
}

Result<std::vector<FacetValue>> KeptCounts::values(const MediaQuery& query, const std::string& column,
                                                   const std::string& table, int most) {
    Sql sql(viewer_.userId);
    const std::string text = "SELECT " + column + ", sum(items) FROM " + table + " WHERE " +
                             narrowed(sql, viewer_, query) + " GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT " +
                             std::to_string(most);
    std::vector<FacetValue> values;
    auto done = session_.each(text, sql.values(), [&](const Row& row) {
        values.push_back({row.string(0), {}, row.integer(1)});
        return true;
    });
    return done ? Result<std::vector<FacetValue>>(std::move(values)) : core::unexpected<core::Error>(done.error());
}

Result<std::vector<FacetValue>> KeptCounts::kinds(const MediaQuery& query, int most) {
    return values(query, "kind", "item_counts", most);
}

Result<std::int64_t> KeptCounts::sampleOf(const std::string& genre) {
    auto found = session_.first(
        "SELECT i.num FROM item_genres g CROSS JOIN media_items i ON i.num=g.item WHERE ?1=?1 AND g.genre=?2 AND "
        "i.status<>'missing'" +
            visible(viewer_) + " ORDER BY g.item DESC LIMIT 1",
        {std::string_view(viewer_.userId), std::string_view(genre)}, [](const Row& row) { return row.integer(0); });
    return found ? Result<std::int64_t>(found->value_or(0)) : core::unexpected<core::Error>(found.error());
}

Result<std::vector<FacetValue>> KeptCounts::genres(const MediaQuery& query, int most) {
    return values(query, "genre", "genre_counts", most);
}

}  // namespace marea::server
