#include "server/apps/catalog/mediafilters.h"

#include <algorithm>
#include <limits>

#include "core/base/id.h"
#include "core/library/searchquery.h"
#include "core/library/text.h"

namespace marea::server {

namespace {

// A query outlives its filters.
using Text = std::function<std::string(Sql&)>;

template <class T>
std::string between(Sql& sql, const Range<T>& range, T lowest, T highest) {
    const std::string least = sql.bind(range.least.value_or(lowest));
    return " BETWEEN " + least + " AND " + sql.bind(range.most.value_or(highest));
}

std::string kindsIn(Sql& sql, const std::vector<std::string>& kinds) {
    return "kind IN (" +
           sql.bindAll(kinds.empty() ? std::vector<std::string>(kItemKinds.begin(), kItemKinds.end()) : kinds) + ")";
}

// A range over a column; `index` has (kind, column).
template <class T>
Filter rangeFilter(const MediaQuery& query, const std::string& column, const std::string& index, const Range<T>& range,
                   T lowest, T highest) {
    return {[=, &range](Sql& sql) { return "i." + column + between(sql, range, lowest, highest); },
            [=, &query, &range](Sql& sql) {
                return "SELECT num FROM media_items INDEXED BY " + index + " WHERE " + kindsIn(sql, query.kinds) +
                       " AND status<>'missing' AND " + column + between(sql, range, lowest, highest);
            }};
}

// Ids as they are, names by what they sort by.
std::string groupIds(Sql& sql, const char* kind, const std::vector<std::string>& groups) {
    std::string ids;
    for (const std::string& group : groups) {
        const bool isName = !core::isId(group);
        ids += ids.empty() ? "" : " UNION ALL ";
        ids += !isName ? "SELECT " + sql.bind(group)
                       : std::string("SELECT id FROM media_items WHERE status<>'missing' AND kind='") + kind +
                             "' AND sort_key=" + sql.bind(core::library::sortKey(core::library::sortTitle(group)));
    }
    return ids;
}

std::string artistIds(Sql& sql, const std::vector<std::string>& artists) {
    std::string ids;
    for (const std::string& artist : artists) {
        ids += ids.empty() ? "" : " UNION ALL ";
        ids += core::isId(artist) ? "SELECT " + sql.bind(artist)
                                  : "SELECT id FROM media_items WHERE kind='artist' AND identity=" +
                                        sql.bind("artist|" + core::library::searchText(artist));
    }
    return ids;
}

Filter groupFilter(const std::string& name, const Text& ids) {
    return {[=](Sql& sql) { return "i." + name + "_id IN (" + ids(sql) + ")"; },
            [=](Sql& sql) {
                return "SELECT num FROM media_items INDEXED BY media_items_of_" + name + " WHERE " + name + "_id IN (" +
                       ids(sql) + ")";
            }};
}

Filter genreFilter(const MediaQuery& query) {
    const auto folded = [&query](Sql& sql) {
        std::vector<std::string> genres;
        for (const std::string& genre : query.genres) {
            genres.push_back(core::library::searchText(genre));
        }
        return "genre IN (" + sql.bindAll(genres) + ")";
    };
    return {
        [=](Sql& sql) { return "EXISTS (SELECT 1 FROM item_genres g WHERE g.item=i.num AND g." + folded(sql) + ")"; },
        [=](Sql& sql) { return "SELECT item FROM item_genres WHERE " + folded(sql); }, false, true};
}

Filter resolutionFilter(const MediaQuery& query) {
    const auto list = [&query](Sql& sql) {
        std::vector<std::int64_t> numbers;
        for (const Resolution one : query.resolutions) {
            numbers.push_back(static_cast<std::int64_t>(one));
        }
        return "resolution IN (" + sql.bindAll(numbers) + ")";
    };
    return {[=](Sql& sql) { return "i." + list(sql); },
            [=](Sql& sql) {
                return "SELECT num FROM media_items INDEXED BY media_items_by_resolution WHERE resolution>0 AND "
                       "status<>'missing' AND " +
                       list(sql);
            }};
}

// 1 and 2 are HDR10 and HDR10+, 3 HLG, 4 Dolby Vision (core::HdrKind).
std::vector<std::int64_t> hdrNumbers(const std::vector<std::string>& names) {
    std::vector<std::int64_t> numbers;
    for (const std::string& name : names) {
        const std::vector<std::int64_t> more = name == "hdr10"          ? std::vector<std::int64_t>{1, 2}
                                               : name == "hlg"          ? std::vector<std::int64_t>{3}
                                               : name == "dolby_vision" ? std::vector<std::int64_t>{4}
                                               : name == "any"          ? std::vector<std::int64_t>{1, 2, 3, 4}
                                                                        : std::vector<std::int64_t>{0};
        numbers.insert(numbers.end(), more.begin(), more.end());
    }
    return numbers;
}

Filter hdrFilter(const MediaQuery& query) {
    const auto list = [&query](Sql& sql) { return "hdr IN (" + sql.bindAll(hdrNumbers(query.hdr)) + ")"; };
    const bool none = std::find(query.hdr.begin(), query.hdr.end(), "none") != query.hdr.end();
    const Text source = [=](Sql& sql) {
        return "SELECT num FROM media_items INDEXED BY media_items_by_hdr WHERE hdr>0 AND status<>'missing' AND " +
               list(sql);
    };
    return {[=](Sql& sql) { return "i.width>0 AND i." + list(sql); }, none ? Text() : source};
}

// Of what the user did: `rows` is the condition on a row s of `table`.
Filter userFilter(const std::string& table, const Text& rows) {
    return {[=](Sql& sql) {
                return "EXISTS (SELECT 1 FROM " + table + " s WHERE s.user_id=?1 AND s.media_id=i.id AND " + rows(sql) +
                       ")";
            },
            [=](Sql& sql) {
                return "SELECT m.num FROM " + table +
                       " s CROSS JOIN media_items m ON m.id=s.media_id WHERE s.user_id=?1 AND " + rows(sql);
            }};
}

Filter userFilter(const std::string& table, const std::string& rows) {
    return userFilter(table, [rows](Sql&) { return rows; });
}

Filter stateFilter(const std::string& state) {
    if (state == "in_progress") {
        return userFilter("resume_positions", "s.position>0");
    }
    if (state == "unwatched") {
        Filter filter = userFilter("user_library", "s.watched=1");
        return {[watched = filter.test](Sql& sql) { return "NOT " + watched(sql); }, nullptr};
    }
    return userFilter("user_library", state == "watched"     ? "s.watched=1"
                                      : state == "favourite" ? "s.favourite=1"
                                      : state == "rated"     ? "s.rating IS NOT NULL"
                                                             : "s.last_played_at IS NOT NULL");
}

Filter ratingFilter(const MediaQuery& query) {
    return userFilter("user_library", [&query](Sql& sql) {
        return "s.rating IS NOT NULL AND s.rating" + between<std::int64_t>(sql, query.ratings, 1, 10);
    });
}

// The folded texts of the search are words between single blanks: a word begins as it was typed behind a blank.
std::string hasWords(Sql& sql, const std::vector<std::string>& words) {
    std::string text = "EXISTS (SELECT 1 FROM search s WHERE s.rowid=i.search_row";
    for (const std::string& word : words) {
        text += " AND instr(' '||s.title||' '||s.people||' '||s.more, " + sql.bind(" " + word) + ")>0";
    }
    return text + ")";
}

// The number of an item is the lower part of its rowid in the search. A row that something else found is looked at by
// itself: what begins with two letters may be a fifth of everything.
Filter textFilter(const MediaQuery& query) {
    const auto search = core::library::searchQuery(query.text);
    if (!search) {
        return {[](Sql&) { return std::string("0"); }, [](Sql&) { return std::string("SELECT 0 WHERE 0"); }};
    }
    const Text source = [match = search->match](Sql& sql) {
        return "SELECT rowid & 0xFFFFFFFFFF FROM search WHERE search MATCH " + sql.bind(match);
    };
    return {[words = search->words](Sql& sql) { return hasWords(sql, words); }, source};
}

// What a series, an album or an artist has below it.
Filter parentFilter(const MediaQuery& query, const std::string& kind) {
    const auto column = [&](const std::string& name, const std::string& more) {
        return [=, &query](Sql& sql) {
            return "SELECT num FROM media_items INDEXED BY media_items_of_" + name + " WHERE " + name +
                   "_id=" + sql.bind(query.parent) + more;
        };
    };
    Text source = [](Sql&) { return std::string("SELECT 0 WHERE 0"); };
    if (kind == "album" || kind == "season") {
        source = column(kind, "");
    } else if (kind == "series") {
        source = column(kind, query.kinds.empty() ? " AND kind='season'" : "");
    } else if (kind == "artist" && query.kinds.empty()) {
        source = column(kind, " AND kind IN ('album', 'audiobook')");
    } else if (kind == "artist") {
        source = [&query, own = column(kind, "")](Sql& sql) {
            return own(sql) +
                   " UNION SELECT t.num FROM media_items a INDEXED BY media_items_of_artist CROSS JOIN media_items t "
                   "INDEXED BY media_items_of_album ON t.album_id=a.id WHERE a.kind='album' AND a.artist_id=" +
                   sql.bind(query.parent);
        };
    }
    return {[source](Sql& sql) { return "i.num IN (" + source(sql) + ")"; }, source, true};
}

Filter libraryFilter(const MediaQuery& query) {
    return {[&query](Sql& sql) { return "i.library_id=" + sql.bind(query.library); },
            [&query](Sql& sql) {
                return "SELECT num FROM media_items INDEXED BY media_items_by_library WHERE library_id=" +
                       sql.bind(query.library) + " AND " + kindsIn(sql, query.kinds);
            }};
}

Filter collectionFilter(const MediaQuery& query) {
    const Text source = [&query](Sql& sql) {
        return "SELECT item FROM collection_members WHERE collection_id=" + sql.bind(query.collection);
    };
    return {[source](Sql& sql) { return "i.num IN (" + source(sql) + ")"; }, source};
}

// The indexes of orders do not hold what is missing.
Filter statusFilter(const MediaQuery& query) {
    if (query.status == "ok") {
        return {[](Sql&) { return std::string("i.status='ok'"); }, nullptr};
    }
    return {[&query](Sql& sql) { return "i.status=" + sql.bind(query.status); },
            [&query](Sql& sql) {
                return "SELECT num FROM media_items INDEXED BY media_items_not_ok WHERE status<>'ok' AND status=" +
                       sql.bind(query.status) + " AND " + kindsIn(sql, query.kinds);
            },
            query.status == "missing"};
}

// What was granted may be little, and is found by its libraries then.
Filter viewerFilter(const Viewer& viewer, const MediaQuery& query) {
    const Text source = [&query, granted = visible(viewer, "m")](Sql& sql) {
        return "SELECT m.num FROM media_items m INDEXED BY media_items_by_library WHERE m." +
               kindsIn(sql, query.kinds) + granted;
    };
    return {[seen = "(1" + visible(viewer) + ")"](Sql&) { return seen; }, viewer.allLibraries ? Text() : source};
}

}  // namespace

std::vector<Filter> filtersOf(const Viewer& viewer, const MediaQuery& query, const std::string& parentKind) {
    constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
    std::vector<Filter> filters;
    const auto add = [&](bool asked, auto&& make) {
        if (asked) {
            filters.push_back(make());
        }
    };
    add(!viewer.seesAll(), [&] { return viewerFilter(viewer, query); });
    add(!query.parent.empty(), [&] { return parentFilter(query, parentKind); });
    add(!query.status.empty(), [&] { return statusFilter(query); });
    add(!query.library.empty(), [&] { return libraryFilter(query); });
    add(!query.collection.empty(), [&] { return collectionFilter(query); });
    add(!query.genres.empty(), [&] { return genreFilter(query); });
    add(!query.artists.empty(),
        [&] { return groupFilter("artist", [&query](Sql& sql) { return artistIds(sql, query.artists); }); });
    add(!query.albums.empty(),
        [&] { return groupFilter("album", [&query](Sql& sql) { return groupIds(sql, "album", query.albums); }); });
    add(!query.series.empty(),
        [&] { return groupFilter("series", [&query](Sql& sql) { return groupIds(sql, "series", query.series); }); });
    // A year, a length of 0 is one that is not known.
    add(!query.years.isOpen(),
        [&] { return rangeFilter<std::int64_t>(query, "year", "media_items_by_year", query.years, 1, kMost); });
    add(!query.added.isOpen(),
        [&] { return rangeFilter<core::TimeMs>(query, "added_at", "media_items_by_added", query.added, 0, kMost); });
    add(!query.durations.isOpen(), [&] {
        return rangeFilter<double>(query, "duration", "media_items_by_duration", query.durations, 0.001, 1e12);
    });
    add(!query.ratings.isOpen(), [&] { return ratingFilter(query); });
    add(!query.resolutions.empty(), [&] { return resolutionFilter(query); });
    add(!query.hdr.empty(), [&] { return hdrFilter(query); });
    for (const std::string& state : query.states) {
        filters.push_back(stateFilter(state));
    }
    add(!query.text.empty(), [&] { return textFilter(query); });
    return filters;
}

std::optional<std::size_t> leadingFilter(std::span<const std::optional<std::int64_t>> rows) {
    std::optional<std::size_t> best;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i] && (!best || *rows[i] < *rows[*best])) {
            best = i;
        }
    }
    return best;
}

std::string testsText(Sql& sql, const MediaQuery& query, const std::vector<Filter>& filters,
                      std::optional<std::size_t> leading) {
    std::string text = query.status == "missing" ? "i.status='missing'" : "i.status<>'missing'";
    for (std::size_t i = 0; i < filters.size(); ++i) {
        if (i != leading) {
            text += " AND " + filters[i].test(sql);
        }
    }
    return text;
}

std::string whereText(Sql& sql, const MediaQuery& query, const std::vector<Filter>& filters,
                      std::optional<std::size_t> leading) {
    std::string text = testsText(sql, query, filters, leading);
    if (leading) {
        text += " AND i.num IN (" + filters[*leading].source(sql) + ")";
    }
    // The plus keeps an index of kinds from being taken in place of the numbers.
    return query.kinds.empty() ? text : text + (leading ? " AND +i." : " AND i.") + kindsIn(sql, query.kinds);
}

}  // namespace marea::server
