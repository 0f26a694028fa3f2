#include "server/apps/catalog/mediapages.h"

#include <algorithm>
#include <array>

#include "server/apps/catalog/itemcolumns.h"

namespace marea::server {

namespace {

struct Order {
    std::string_view sort, key, index;  // the index has (kind, key, num)
    std::string_view ofLibrary = {};    // and this one (library_id, kind, key, num), where there is one
    std::string_view among = {};        // what the index has rows of: a test that holds for all
};

// In the natural order of a parent: season, episode, disc, track, then by title.
constexpr std::string_view kIndexKey =
    "printf('%06d%06d%06d%06d', coalesce(i.season, 0), coalesce(i.episode, 0), coalesce(i.disc, 0), "
    "coalesce(i.track, 0))||i.sort_key";

constexpr std::array<Order, 8> kOrders = {
    {{"title", "i.sort_key", "media_items_by_title", "media_items_of_library_by_title"},
     {"artist", "i.by_artist", "media_items_by_artist", "", " AND i.by_artist<>''"},
     {"album", "i.by_album", "media_items_by_album", "", " AND i.by_album<>''"},
     {"added", "i.added_at", "media_items_by_added", "media_items_of_library_by_added"},
     {"year", "i.year", "media_items_by_year"},
     {"duration", "i.duration", "media_items_by_duration"},
     {"popular", "i.popularity", "media_items_by_popularity"},
     {"index", kIndexKey, ""}}};

const Order& orderOf(std::string_view sort) {
    const auto* found =
        std::find_if(kOrders.begin(), kOrders.end(), [&](const Order& order) { return order.sort == sort; });
    return found == kOrders.end() ? kOrders.front() : *found;
}

std::string bindKey(Sql& sql, const Cursor& cursor) {
    return std::visit([&](const auto& value) { return sql.bind(value); }, cursor.key);
}

std::string afterText(Sql& sql, const MediaQuery& query, const Order& order, const std::optional<Cursor>& after) {
    if (!after) {
        return {};
    }
    const std::string key = bindKey(sql, *after);
    return " AND (" + std::string(order.key) + ", i.num)" + (query.descending ? "<" : ">") + "(" + key + ", " +
           sql.bind(after->num) + ")";
}

std::string orderText(const MediaQuery& query, std::string_view key, std::string_view num) {
    const std::string direction = query.descending ? " DESC" : "";
    return " ORDER BY " + std::string(key) + direction + ", " + std::string(num) + direction;
}

// (num, sort_by) of the page's rows.
std::string ledSql(Sql& sql, const MediaQuery& query, const std::vector<Filter>& filters,
                   std::optional<std::size_t> leading, const std::optional<Cursor>& after) {
    const Order& order = orderOf(query.sort);
    std::string text = "SELECT i.num, " + std::string(order.key) + " AS sort_by FROM media_items i WHERE ";
    text += whereText(sql, query, filters, leading);
    text += afterText(sql, query, order, after) + orderText(query, "sort_by", "i.num");
    return text + " LIMIT " + sql.bind(std::int64_t{query.limit + 1});
}

std::string walkedSql(Sql& sql, const MediaQuery& query, const std::vector<Filter>& filters,
                      const std::optional<Cursor>& after) {
    const Order& order = orderOf(query.sort);
    const bool ofLibrary = !query.library.empty() && !order.ofLibrary.empty();
    const std::string head = "SELECT * FROM (SELECT i.num, " + std::string(order.key) +
                             " AS sort_by FROM media_items i INDEXED BY " +
                             std::string(ofLibrary ? order.ofLibrary : order.index) + " WHERE i.kind=";
    std::string tail = std::string(order.among) + " AND " + testsText(sql, query, filters, std::nullopt);
    tail += afterText(sql, query, order, after) + orderText(query, order.key, "i.num");
    const std::string limit = " LIMIT " + sql.bind(std::int64_t{query.limit + 1});
    std::string all;
    const auto add = [&](std::string_view kind) {
        all += (all.empty() ? "" : " UNION ALL ") + head + sql.bind(std::string(kind)) + tail + limit + ")";
    };
    if (query.kinds.empty()) {
        std::for_each(kItemKinds.begin(), kItemKinds.end(), add);
    } else {
        std::for_each(query.kinds.begin(), query.kinds.end(), add);
    }
    return query.kinds.size() == 1 ? all : all + orderText(query, "sort_by", "num") + limit;
}

}  // namespace

std::string pageSql(Sql& sql, const Viewer& viewer, const MediaQuery& query, const std::vector<Filter>& filters,
                    std::optional<std::size_t> leading, const std::optional<Cursor>& after) {
    const bool walks = !leading && !orderOf(query.sort).index.empty();
    const std::string rows =
        walks ? walkedSql(sql, query, filters, after) : ledSql(sql, query, filters, leading, after);
    // What is shown of the rows is read for those of the page alone.
    return "SELECT " + itemColumns(viewer) + ", k.sort_by FROM (" + rows +
           ") k CROSS JOIN media_items i ON i.num=k.num" + std::string(kItemJoins) +
           orderText(query, "k.sort_by", "k.num");
}

std::string_view orderKey(std::string_view sort) {
    return orderOf(sort).key;
}

Cursor cursorOf(const core::db::Row& row, std::string_view sort) {
    Cursor cursor;
    cursor.num = row.integer(0);
    if (isByNames(sort) || sort == "index") {
        cursor.key = row.string(kAfterItemColumns);
    } else if (sort == "duration") {
        cursor.key = row.real(kAfterItemColumns);
    } else {
        cursor.key = row.integer(kAfterItemColumns);
    }
    return cursor;
}

bool fitsSort(const Cursor& cursor, std::string_view sort) {
    if (isByNames(sort) || sort == "index") {
        return std::holds_alternative<std::string>(cursor.key);
    }
    return sort == "duration" ? std::holds_alternative<double>(cursor.key)
                              : std::holds_alternative<std::int64_t>(cursor.key);
}

}  // namespace marea::server
