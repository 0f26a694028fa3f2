#include "server/apps/catalog/facets.h"

#include <algorithm>
#include <map>

#include "core/library/text.h"
#include "server/apps/catalog/keptcounts.h"

namespace marea::server {

using core::Result;
using core::db::Row;
using Values = std::vector<FacetValue>;
using Counted = ItemQueries::Counted;

namespace {

MediaQuery without(MediaQuery query, std::string_view facet) {
    if (facet == "kind") {
        query.kinds.clear();
    } else if (facet == "genre") {
        query.genres.clear();
    } else if (facet == "year" || facet == "decade") {
        query.years = {};
    } else if (facet == "artist") {
        query.artists.clear();
    } else if (facet == "series") {
        query.series.clear();
    } else if (facet == "resolution") {
        query.resolutions.clear();
    } else {
        query.hdr.clear();
    }
    return query;
}

std::string limited(int most) {
    return " ORDER BY 2 DESC, 1 LIMIT " + std::to_string(most);
}

// Rows of (number, count) in the order of the numbers, the highest first, 0 left out.
Result<std::map<std::int64_t, std::int64_t, std::greater<>>> numbers(ItemQueries& queries, const MediaQuery& query,
                                                                     const std::string& column) {
    std::map<std::int64_t, std::int64_t, std::greater<>> counts;
    auto done = queries.counts(query, {column + ", count(*)", "", " GROUP BY " + column}, [&](const Row& row) {
        if (row.integer(0) > 0) {
            counts[row.integer(0)] += row.integer(1);
        }
    });
    return done ? Result<std::map<std::int64_t, std::int64_t, std::greater<>>>(std::move(counts))
                : core::unexpected(done.error());
}

Result<Values> years(ItemQueries& queries, const MediaQuery& query, int span, int most) {
    const auto counts = numbers(queries, query, "i.year");
    if (!counts) {
        return core::unexpected(counts.error());
    }
    Values values;
    for (const auto& [year, count] : *counts) {
        const std::string from = std::to_string(year / span * span);
        if (!values.empty() && values.back().value == from) {
            values.back().count += count;
        } else if (values.size() < static_cast<std::size_t>(most)) {
            values.push_back({from, {}, count});
        }
    }
    return values;
}

Result<Values> resolutions(ItemQueries& queries, const MediaQuery& query) {
    const auto counts = numbers(queries, query, "i.resolution");
    if (!counts) {
        return core::unexpected(counts.error());
    }
    Values values;
    for (const auto& [number, count] : *counts) {
        values.push_back({std::string(resolutionName(static_cast<Resolution>(number))), {}, count});
    }
    return values;
}

std::string hdrValue(std::int64_t number) {
    return number == 0 ? "none" : number == 3 ? "hlg" : number == 4 ? "dolby_vision" : "hdr10";
}

Result<Values> hdrKinds(ItemQueries& queries, const MediaQuery& query) {
    std::map<std::string, std::int64_t> counts;
    const Counted what{"i.hdr, count(*)", "", " AND i.width>0 GROUP BY i.hdr"};
    auto done =
        queries.counts(query, what, [&](const Row& row) { counts[hdrValue(row.integer(0))] += row.integer(1); });
    if (!done) {
        return core::unexpected(done.error());
    }
    Values values;
    for (const auto& [value, count] : counts) {
        values.push_back({value, {}, count});
    }
    std::stable_sort(values.begin(), values.end(), [](const auto& a, const auto& b) { return a.count > b.count; });
    return values;
}

Result<Values> kinds(ItemQueries& queries, const MediaQuery& query, int most) {
    if (query.genres.empty() && KeptCounts::has(queries.viewer(), query)) {
        return KeptCounts(queries.session(), queries.viewer()).kinds(query, most);
    }
    Values values;
    auto done =
        queries.counts(query, {"i.kind, count(*)", "", " GROUP BY i.kind" + limited(most)}, [&](const Row& row) {
            values.push_back({row.string(0), {}, row.integer(1)});
        });
    return done ? Result<Values>(std::move(values)) : core::unexpected(done.error());
}

// Folded, and an item of each.
Result<void> keptGenres(ItemQueries& queries, const MediaQuery& query, int most, Values& values,
                        std::vector<std::int64_t>& samples) {
    KeptCounts kept(queries.session(), queries.viewer());
    auto counted = kept.genres(query, most);
    if (!counted) {
        return core::unexpected(counted.error());
    }
    values = std::move(*counted);
    for (const FacetValue& genre : values) {
        const auto sample = kept.sampleOf(genre.value);
        if (!sample) {
            return core::unexpected(sample.error());
        }
        samples.push_back(*sample);
    }
    return {};
}

Result<void> countedGenres(ItemQueries& queries, const MediaQuery& query, int most, Values& values,
                           std::vector<std::int64_t>& samples) {
    const Counted what{"g.genre, count(*), max(i.num)", " JOIN item_genres g ON g.item=i.num",
                       " GROUP BY g.genre" + limited(most)};
    return queries.counts(query, what, [&](const Row& row) {
        values.push_back({row.string(0), {}, row.integer(1)});
        samples.push_back(row.integer(2));
    });
}

// Genres count by what they fold to, and are called as one of the items spells them.
Result<Values> genres(ItemQueries& queries, const MediaQuery& query, int most) {
    Values values;
    std::vector<std::int64_t> samples;
    const bool kept = KeptCounts::has(queries.viewer(), query);
    const auto done = (kept ? keptGenres : countedGenres)(queries, query, most, values, samples);
    const auto items = done ? queries.byNumbers(samples) : core::unexpected(done.error());
    if (!items) {
        return core::unexpected(items.error());
    }
    for (std::size_t i = 0; i < values.size() && items->size() == values.size(); ++i) {
        const auto& spelled = (*items)[i].genres;
        const auto found = std::find_if(spelled.begin(), spelled.end(), [&](const std::string& genre) {
            return core::library::searchText(genre) == values[i].value;
        });
        values[i].value = found == spelled.end() ? values[i].value : *found;
    }
    return values;
}

Result<Values> groups(ItemQueries& queries, const MediaQuery& query, const std::string& column, int most) {
    Values values;
    const Counted what{column + ", count(*)", "", " AND " + column + " IS NOT NULL GROUP BY " + column + limited(most)};
    auto done = queries.counts(query, what, [&](const Row& row) {
        values.push_back({row.string(0), {}, row.integer(1)});
    });
    if (!done) {
        return core::unexpected(done.error());
    }
    for (FacetValue& value : values) {
        auto group = queries.item(value.value);
        if (!group) {
            return core::unexpected(group.error());
        }
        value.label = *group ? (*group)->title : std::string();
    }
    std::erase_if(values, [](const FacetValue& value) { return value.label.empty(); });
    return values;
}

}  // namespace

bool isFacet(std::string_view name) {
    return std::find(kFacets.begin(), kFacets.end(), name) != kFacets.end();
}

Result<Values> facetValues(ItemQueries& queries, const MediaQuery& query, std::string_view facet, int most) {
    const MediaQuery rest = without(query, facet);
    if (facet == "kind") {
        return kinds(queries, rest, most);
    }
    if (facet == "genre") {
        return genres(queries, rest, most);
    }
    if (facet == "year" || facet == "decade") {
        return years(queries, rest, facet == "year" ? 1 : 10, most);
    }
    if (facet == "artist" || facet == "series") {
        return groups(queries, rest, "i." + std::string(facet) + "_id", most);
    }
    return facet == "resolution" ? resolutions(queries, rest) : hdrKinds(queries, rest);
}

}  // namespace marea::server
