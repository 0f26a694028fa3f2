#include "server/apps/library/librarylist.h"

#include <algorithm>
#include <array>

#include "server/apps/catalog/cursor.h"
#include "server/apps/catalog/mediaparams.h"

namespace marea::server {

namespace {

using core::Error;
using core::ErrorCode;
using core::fail;
using core::Id;
using core::Result;
using core::unexpected;
using core::db::Row;
using core::db::Session;
using core::db::Value;

template <class T>
struct Word {
    std::string_view word;
    T value;
};

constexpr std::array<Word<LibraryState>, 7> kStates = {{{"in_progress", LibraryState::InProgress},
                                                        {"watched", LibraryState::Watched},
                                                        {"unwatched", LibraryState::Unwatched},
                                                        {"favourite", LibraryState::Favourite},
                                                        {"rated", LibraryState::Rated},
                                                        {"played", LibraryState::Played},
                                                        {"owned", LibraryState::Owned}}};
constexpr std::array<Word<LibrarySort>, 6> kSorts = {{{"recent", LibrarySort::Recent},
                                                      {"played", LibrarySort::Played},
                                                      {"title", LibrarySort::Title},
                                                      {"rating", LibrarySort::Rating},
                                                      {"plays", LibrarySort::Plays},
                                                      {"added", LibrarySort::Added}}};

template <class T, std::size_t N>
std::optional<T> valueOf(const std::array<Word<T>, N>& words, std::string_view text) {
    const auto found = std::find_if(words.begin(), words.end(), [&](const auto& one) { return one.word == text; });
    return found == words.end() ? std::nullopt : std::optional(found->value);
}

Result<std::vector<LibraryState>> parseStates(std::string_view list) {
    std::vector<LibraryState> states;
    while (!list.empty()) {
        const std::size_t comma = std::min(list.find(','), list.size());
        const auto state = valueOf(kStates, list.substr(0, comma));
        if (!state) {
            return fail(ErrorCode::Invalid,
                        "state must be a list of in_progress, watched, unwatched, favourite, rated, played and owned.");
        }
        states.push_back(*state);
        list.remove_prefix(std::min(comma + 1, list.size()));
    }
    return states;
}

Result<void> parseOrder(const Request& request, LibraryQuery& query) {
    const auto sort = valueOf(kSorts, request.queryValue("sort").value_or("recent"));
    const std::string_view order = request.queryValue("order").value_or("");
    if (!sort) {
        return fail(ErrorCode::Invalid, "sort must be recent, played, title, rating, plays or added.");
    }
    if (!order.empty() && order != "asc" && order != "desc") {
        return fail(ErrorCode::Invalid, "order must be asc or desc.");
    }
    query.sort = *sort;
    query.descending = order.empty() ? *sort != LibrarySort::Title : order == "desc";
    return {};
}

std::string_view keyOf(const LibraryQuery& query) {
    const bool progress = query.has(LibraryState::InProgress);
    switch (query.sort) {
        case LibrarySort::Recent:
            return query.has(LibraryState::Owned)    ? "o.owned_at"
                   : progress                        ? "r.updated_at"
                   : query.has(LibraryState::Played) ? "u.last_played_at"
                                                     : "u.updated_at";
        case LibrarySort::Played:
            return progress ? "r.updated_at" : "u.last_played_at";
        case LibrarySort::Title:
            return "i.sort_key";
        case LibrarySort::Rating:
            return "coalesce(u.rating, 0)";
        case LibrarySort::Plays:
            return "coalesce(u.play_count, 0)";
        case LibrarySort::Added:
            break;
    }
    return "i.added_at";
}

std::string_view conditionOf(LibraryState state) {
    switch (state) {
        case LibraryState::InProgress:
            return " AND r.position > 0";
        case LibraryState::Watched:
            return " AND u.watched = 1";
        case LibraryState::Unwatched:
            return " AND coalesce(u.watched, 0) = 0";
        case LibraryState::Favourite:
            return " AND u.favourite = 1";
        case LibraryState::Rated:
            return " AND u.rating IS NOT NULL";
        case LibraryState::Owned:
            return "";  // by the rows that are gone through
        case LibraryState::Played:
            break;
    }
    return " AND u.last_played_at IS NOT NULL";
}

Cursor cursorOf(const Row& row, LibrarySort sort) {
    // Two parts: what is sorted by and the item. A number has its own place.
    return sort == LibrarySort::Title ? Cursor{row.string(0) + " " + row.string(1), 0}
                                      : Cursor{row.string(0), row.integer(1)};
}

constexpr std::size_t kIdLength = 36;

Result<std::optional<Cursor>> parsedCursor(const LibraryQuery& query) {
    if (query.cursor.empty()) {
        return std::optional<Cursor>();
    }
    const auto cursor = decodeCursor(query.cursor, query.filterKey());
    const auto* text = cursor ? std::get_if<std::string>(&cursor->key) : nullptr;
    const bool fits = text && core::isId(std::string_view(*text).substr(0, kIdLength)) &&
                      (query.sort == LibrarySort::Title ? text->size() > kIdLength : text->size() == kIdLength);
    return fits ? Result<std::optional<Cursor>>(cursor) : wrongCursor();
}

void bindCursor(const Cursor& cursor, LibrarySort sort, std::vector<Value>& values) {
    const std::string_view text = std::get<std::string>(cursor.key);
    values.emplace_back(sort == LibrarySort::Title ? Value(text.substr(kIdLength + 1)) : Value(cursor.num));
    values.emplace_back(text.substr(0, kIdLength));
}

}  // namespace

bool LibraryQuery::has(LibraryState state) const {
    return std::find(states.begin(), states.end(), state) != states.end();
}

std::string LibraryQuery::filterKey() const {
    std::string key = "library";
    for (const LibraryState state : states) {
        key += '\n' + std::to_string(static_cast<int>(state));
    }
    for (const std::string& kind : kinds) {
        key += '\n' + kind;
    }
    return key + '\n' + std::to_string(static_cast<int>(sort)) + (descending ? "desc" : "asc");
}

Result<LibraryQuery> parseLibraryQuery(const Request& request) {
    LibraryQuery query;
    auto states = parseStates(request.queryValue("state").value_or("in_progress"));
    auto kinds = parseKinds(request.queryValue("kind").value_or(""));
    const auto limit = listLimit(request);
    if (!states || !kinds || !limit) {
        return unexpected<Error>(!states ? states.error() : !kinds ? kinds.error() : limit.error());
    }
    if (auto done = parseOrder(request, query); !done) {
        return unexpected<Error>(done.error());
    }
    query.states = std::move(*states);
    query.kinds = std::move(*kinds);
    query.limit = *limit;
    query.cursor = std::string(request.queryValue("cursor").value_or(""));
    return query;
}

namespace {

// CROSS: from the user's own rows to the catalogue, never the other way.
std::string_view rowsOf(const LibraryQuery& query) {
    if (query.has(LibraryState::Owned)) {
        return " FROM (SELECT media_id, max(owned_at) AS owned_at FROM owned_titles WHERE user_id = ?1 GROUP BY "
               "media_id) o CROSS JOIN media_items i ON i.id = o.media_id LEFT JOIN user_library u ON u.user_id = ?1 "
               "AND u.media_id = o.media_id LEFT JOIN resume_positions r ON r.user_id = ?1 AND r.media_id = o.media_id "
               "WHERE 1";
    }
    return query.has(LibraryState::InProgress)
               ? " FROM resume_positions r CROSS JOIN media_items i ON i.id = r.media_id LEFT JOIN user_library u ON "
                 "u.user_id = ?1 AND u.media_id = r.media_id WHERE r.user_id = ?1"
               : " FROM user_library u CROSS JOIN media_items i ON i.id = u.media_id WHERE u.user_id = ?1";
}

}  // namespace

// ?1 the user, ?2 how many; then the kinds, and where to go on.
std::string librarySql(const Viewer& viewer, const LibraryQuery& query, bool after) {
    const bool progress = query.has(LibraryState::InProgress);
    const std::string key(keyOf(query));
    const std::string id = query.has(LibraryState::Owned) ? "o.media_id" : progress ? "r.media_id" : "u.media_id";
    std::string sql =
        "SELECT " + id + ", " + key + std::string(rowsOf(query)) + " AND i.status <> 'missing'" + visible(viewer);
    for (const LibraryState state : query.states) {
        sql += conditionOf(state);
    }
    if (query.sort == LibrarySort::Played && !progress) {  // what was never played has no place in such a list
        sql += conditionOf(LibraryState::Played);
    }
    std::string list;
    for (std::size_t i = 0; i < query.kinds.size(); ++i) {
        list += (i ? ", ?" : "?") + std::to_string(i + 3);
    }
    sql += list.empty() ? "" : " AND i.kind IN (" + list + ")";
    if (after) {
        const std::size_t first = query.kinds.size() + 3;
        sql += " AND (" + key + ", " + id + ") " + (query.descending ? "<" : ">") + " (?" + std::to_string(first) +
               ", ?" + std::to_string(first + 1) + ")";
    }
    const std::string order = query.descending ? " DESC" : "";
    return sql + " ORDER BY " + key + order + ", " + id + order + " LIMIT ?2";
}

Result<LibraryPage> libraryPage(Session& session, const Viewer& viewer, const LibraryQuery& query) {
    const auto after = parsedCursor(query);
    if (!after) {
        return unexpected<Error>(after.error());
    }
    std::vector<Value> values = {viewer.userId, std::int64_t{query.limit + 1}};
    values.insert(values.end(), query.kinds.begin(), query.kinds.end());
    if (*after) {
        bindCursor(**after, query.sort, values);
    }
    LibraryPage page;
    Cursor last;
    auto done = session.each(librarySql(viewer, query, after->has_value()), values, [&](const Row& row) {
        if (page.ids.size() == static_cast<std::size_t>(query.limit)) {
            page.nextCursor = encodeCursor(last, query.filterKey());
            return false;
        }
        page.ids.push_back(row.string(0));
        last = cursorOf(row, query.sort);
        return true;
    });
    return done ? Result<LibraryPage>(std::move(page)) : unexpected<Error>(done.error());
}

}  // namespace marea::server
