#include "server/apps/catalog/collections.h"

#include "core/library/text.h"

namespace marea::server {

namespace {

using core::Result;
using core::db::Row;

constexpr const char* kColumns =
    "SELECT c.id, c.name, c.overview, c.sort_key, c.identity IS NOT NULL, c.created_at, "
    "c.updated_at FROM collections c ";

CollectionRow collectionOf(const Row& row) {
    return {row.string(0), row.string(1), row.string(2), row.string(3), row.boolean(4), row.integer(5), row.integer(6)};
}

std::string sortKeyOf(const std::string& name) {
    return core::library::sortKey(core::library::sortTitle(name));
}

}  // namespace

Result<std::vector<CollectionRow>> Collections::after(const std::string& sortKey, const core::Id& id, int limit) {
    static const std::string kSql =
        std::string(kColumns) + "WHERE (c.sort_key, c.id)>(?1, ?2) ORDER BY c.sort_key, c.id LIMIT ?3";
    return session_.all(kSql, {std::string_view(sortKey), std::string_view(id), std::int64_t{limit}}, collectionOf);
}

Result<std::optional<CollectionRow>> Collections::read(const core::Id& id) {
    static const std::string kSql = std::string(kColumns) + "WHERE c.id=?1";
    return session_.first(kSql, {std::string_view(id)}, collectionOf);
}

Result<std::vector<CollectionRow>> Collections::ofItem(const core::Id& item) {
    static const std::string kSql = std::string(kColumns) +
                                    "JOIN collection_members m ON m.collection_id=c.id WHERE m.item=(SELECT num FROM "
                                    "media_items WHERE id=?1) ORDER BY c.sort_key, c.id LIMIT 50";
    return session_.all(kSql, {std::string_view(item)}, collectionOf);
}

Result<std::vector<std::int64_t>> Collections::members(const core::Id& id, int limit) {
    return session_.all(
        "SELECT m.item FROM collection_members m CROSS JOIN media_items i ON i.num=m.item WHERE m.collection_id=?1 AND "
        "i.status<>'missing' ORDER BY m.rank, i.year, i.sort_key, i.num LIMIT ?2",
        {std::string_view(id), std::int64_t{limit}}, [](const Row& row) { return row.integer(0); });
}

Result<core::Id> Collections::create(const CollectionChange& change, core::TimeMs now) {
    const core::Id id = core::newId(now);
    const std::string name = change.name.value_or(""), overview = change.overview.value_or(""), key = sortKeyOf(name);
    auto done = session_.run(
        "INSERT INTO collections(id, name, sort_key, overview, created_at, updated_at) VALUES (?1, ?2, ?3, ?4, ?5, ?5)",
        {std::string_view(id), std::string_view(name), std::string_view(key), std::string_view(overview), now});
    done = done && change.items ? putItems(id, *change.items) : done;
    return done ? Result<core::Id>(id) : core::unexpected(done.error());
}

Result<void> Collections::change(const CollectionRow& before, const CollectionChange& change, core::TimeMs now) {
    const std::string name = change.name.value_or(before.name), overview = change.overview.value_or(before.overview);
    const std::string key = sortKeyOf(name);
    auto done = session_.run(
        "UPDATE collections SET name=?2, sort_key=?3, overview=?4, updated_at=?5 WHERE id=?1",
        {std::string_view(before.id), std::string_view(name), std::string_view(key), std::string_view(overview), now});
    return done && change.items ? putItems(before.id, *change.items) : done;
}

Result<void> Collections::putItems(const core::Id& id, const std::vector<core::Id>& items) {
    auto done = session_.run("DELETE FROM collection_members WHERE collection_id=?1", {std::string_view(id)});
    std::int64_t rank = 0;
    for (const core::Id& item : items) {
        done = done ? session_.run(
                          "INSERT OR IGNORE INTO collection_members(collection_id, item, rank) SELECT ?1, num, ?3 FROM "
                          "media_items WHERE id=?2",
                          {std::string_view(id), std::string_view(item), ++rank})
                    : done;
        if (!done) {
            return done;
        }
        const auto known = session_.first("SELECT 1 FROM media_items WHERE id=?1", {std::string_view(item)},
                                          [](const Row& row) { return row.boolean(0); });
        if (!known || !*known) {
            return known ? core::fail(core::ErrorCode::Unprocessable, "There is no item “" + item + "”.")
                         : core::unexpected(known.error());
        }
    }
    return done;
}

Result<void> Collections::remove(const core::Id& id) {
    return session_.run("DELETE FROM collections WHERE id=?1", {std::string_view(id)});
}

Result<core::Id> Collections::ofSet(const std::string& set, const std::string& overview, core::TimeMs now) {
    const std::string folded = core::library::searchText(set), identity = folded.empty() ? set : folded;
    const std::string key = sortKeyOf(set);
    auto row = session_.first(
        "INSERT INTO collections(id, name, sort_key, overview, identity, created_at, updated_at) VALUES (?1, ?2, ?3, "
        "?4, "
        "?5, ?6, ?6) ON CONFLICT(identity) DO UPDATE SET overview=CASE excluded.overview WHEN '' THEN "
        "collections.overview ELSE excluded.overview END RETURNING id",
        {std::string_view(core::newId(now)), std::string_view(set), std::string_view(key), std::string_view(overview),
         std::string_view(identity), now},
        [](const Row& r) { return r.string(0); });
    return row ? Result<core::Id>(row->value_or("")) : core::unexpected(row.error());
}

Result<void> Collections::follow(std::int64_t item, const std::string& set, const std::string& overview,
                                 core::TimeMs now) {
    auto id = set.empty() ? Result<core::Id>(core::Id()) : ofSet(set, overview, now);
    if (!id) {
        return core::unexpected(id.error());
    }
    auto done = session_.run(
        "DELETE FROM collection_members WHERE item=?1 AND collection_id<>?2 AND collection_id IN (SELECT id FROM "
        "collections WHERE identity IS NOT NULL)",
        {item, std::string_view(*id)});
    return done && !id->empty()
               ? session_.run("INSERT OR IGNORE INTO collection_members(collection_id, item, rank) VALUES (?1, ?2, 0)",
                              {std::string_view(*id), item})
               : done;
}

}  // namespace marea::server
