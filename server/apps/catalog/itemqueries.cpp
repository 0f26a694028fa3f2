#include "server/apps/catalog/itemqueries.h"

#include <algorithm>

#include "server/apps/catalog/cursor.h"
#include "server/apps/catalog/itemcolumns.h"
#include "server/apps/catalog/keptcounts.h"
#include "server/apps/catalog/mediapages.h"

namespace marea::server {

using core::Result;
using core::db::Row;

namespace {

Result<std::optional<Cursor>> parsedCursor(const MediaQuery& query) {
    if (query.cursor.empty()) {
        return std::optional<Cursor>();
    }
    auto cursor = decodeCursor(query.cursor, query.filterKey());
    if (!cursor || !fitsSort(*cursor, query.sort)) {
        return core::fail(core::ErrorCode::Invalid, "The cursor does not belong to this list.");
    }
    return cursor;
}

}  // namespace

Result<ItemPage> ItemQueries::page(const MediaQuery& query) {
    const auto after = parsedCursor(query);
    const auto all = after ? filters(query) : core::unexpected(after.error());
    const auto first = all ? leading(*all) : core::unexpected(all.error());
    if (!first) {
        return core::unexpected(first.error());
    }
    Sql sql(user_);
    const std::string text = pageSql(sql, viewer_, query, *all, *first, *after);
    ItemPage page;
    Cursor last;
    auto done = session_.each(text, sql.values(), [&](const Row& row) {
        if (page.items.size() == static_cast<std::size_t>(query.limit)) {
            page.nextCursor = encodeCursor(last, query.filterKey());
            return false;
        }
        page.items.push_back(itemOf(row));
        last = cursorOf(row, query.sort);
        if (query.sort == "artist" || query.sort == "album") {
            page.items.back().orderKey = std::get<std::string>(last.key);
        }
        return true;
    });
    return done ? Result<ItemPage>(std::move(page)) : core::unexpected(done.error());
}

Result<std::vector<Filter>> ItemQueries::filters(const MediaQuery& query) {
    const auto kind = parentKind(query.parent);
    return kind ? Result<std::vector<Filter>>(filtersOf(viewer_, query, *kind)) : core::unexpected(kind.error());
}

// Each is counted no further than to where it would not lead.
Result<std::optional<std::size_t>> ItemQueries::leading(const std::vector<Filter>& filters) {
    std::vector<std::optional<std::int64_t>> rows;
    for (std::size_t i = 0; i < filters.size(); ++i) {
        if (filters[i].leads) {
            return std::optional(i);
        }
        rows.emplace_back();
        if (!filters[i].source) {
            continue;
        }
        Sql sql(user_);
        const std::string source = filters[i].source(sql);
        const std::string text = "SELECT count(*) FROM (SELECT 1 FROM (" + source + ") LIMIT " +
                                 sql.bind(std::int64_t{kMostLeading + 1}) + ")";
        std::int64_t count = 0;
        auto done = session_.each(text, sql.values(), [&](const Row& row) {
            count = row.integer(0);
            return false;
        });
        if (!done) {
            return core::unexpected(done.error());
        }
        rows.back() = count <= kMostLeading ? std::optional(count) : std::nullopt;
    }
    return leadingFilter(rows);
}

Result<std::string> ItemQueries::parentKind(const core::Id& id) {
    if (id.empty()) {
        return std::string();
    }
    auto parent = item(id);
    return parent ? Result<std::string>(*parent ? (*parent)->kind : std::string()) : core::unexpected(parent.error());
}

Result<ItemQueries::Total> ItemQueries::total(const MediaQuery& query) {
    if (KeptCounts::has(viewer_, query)) {
        return KeptCounts(session_, viewer_).total(query).map([](std::int64_t count) { return Total{count, false}; });
    }
    Total total;
    if (query.exactTotal) {
        auto done = counts(query, {"count(*)", "", ""}, [&](const Row& row) { total.count = row.integer(0); });
        return done ? Result<Total>(total) : core::unexpected(done.error());
    }
    const auto all = filters(query);
    const auto first = all ? leading(*all) : core::unexpected(all.error());
    if (!first) {
        return core::unexpected(first.error());
    }
    const std::int64_t most = query.text.empty() || *first ? kMostCounted : kMostCountedByWords;
    auto done = counts(query, *all, *first, {"1", "", " LIMIT " + std::to_string(most + 1)},
                       [&](const Row&) { ++total.count; });
    total.more = total.count > most;
    total.count = std::min(total.count, most);
    return done ? Result<Total>(total) : core::unexpected(done.error());
}

Result<std::vector<LetterPlace>> ItemQueries::letters(const MediaQuery& query) {
    if (query.sort == "title" && KeptCounts::has(viewer_, query)) {
        return KeptCounts(session_, viewer_).letters(query);
    }
    LetterPlaces letters(query.descending);
    const std::string order = query.descending ? " GROUP BY head ORDER BY head DESC" : " GROUP BY head ORDER BY head";
    const std::string head = "substr(" + std::string(orderKey(query.sort)) + ", 1, 2) AS head, count(*)";
    const Counted what{head, "", order};
    auto done = counts(query, what, [&](const Row& row) { letters.add(row.text(0), row.integer(1)); });
    return done ? Result<std::vector<LetterPlace>>(letters.take()) : core::unexpected(done.error());
}

Result<void> ItemQueries::counts(const MediaQuery& query, const Counted& what,
                                 const std::function<void(const Row&)>& take) {
    const auto all = filters(query);
    const auto first = all ? leading(*all) : core::unexpected(all.error());
    return first ? counts(query, *all, *first, what, take) : core::unexpected(first.error());
}

Result<void> ItemQueries::counts(const MediaQuery& query, const std::vector<Filter>& all,
                                 std::optional<std::size_t> first, const Counted& what,
                                 const std::function<void(const Row&)>& take) {
    const auto sooner = std::find_if(all.begin(), all.end(), [](const Filter& filter) { return filter.counts; });
    const auto by = first || sooner == all.end() ? first : std::optional<std::size_t>(sooner - all.begin());
    Sql sql(user_);
    const std::string text = "SELECT " + what.columns + " FROM media_items i" + what.joins + " WHERE ?1=?1 AND " +
                             whereText(sql, query, all, by) + what.tail;
    return session_.each(text, sql.values(), [&](const Row& row) {
        take(row);
        return true;
    });
}

Result<std::optional<Item>> ItemQueries::item(const core::Id& id) {
    const std::string sql = "SELECT " + itemColumns(viewer_) + " FROM media_items i" + std::string(kItemJoins) +
                            "WHERE i.id=?2" + visible(viewer_);
    return session_.first(sql, {std::string_view(user_), std::string_view(id)}, itemOf);
}

Result<std::vector<Item>> ItemQueries::byNumbers(const std::vector<std::int64_t>& numbers) {
    const std::string sql = "SELECT " + itemColumns(viewer_) + " FROM media_items i" + std::string(kItemJoins) +
                            "WHERE i.num=?2 AND i.status<>'missing'" + visible(viewer_);
    std::vector<Item> items;
    for (const std::int64_t num : numbers) {
        auto found = session_.first(sql, {std::string_view(user_), num}, itemOf);
        if (!found) {
            return core::unexpected(found.error());
        }
        if (*found) {
            items.push_back(std::move(**found));
        }
    }
    return items;
}

}  // namespace marea::server
