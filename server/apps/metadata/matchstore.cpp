#include "server/apps/metadata/matchstore.h"

namespace marea::server {

namespace json = core::json;
using core::Result;
using core::db::Row;
using core::db::Session;

namespace {

constexpr std::string_view kItem =
    "SELECT m.num, m.id, m.kind, m.title, coalesce(nullif(m.album_artist, ''), m.artist, ''), m.year, "
    "coalesce((SELECT t.id FROM media_items t WHERE t.album_id = m.id AND m.kind = 'album' LIMIT 1), "
    "(SELECT t.id FROM media_items t WHERE t.artist_id = m.id AND t.kind = 'track' AND m.kind = 'artist' LIMIT 1), '') "
    "FROM media_items m ";

LookupItem itemFrom(const Row& row) {
    LookupItem item;
    item.num = row.integer(0);
    item.id = row.string(1);
    item.wanted = {row.string(2), row.string(3), row.string(4), static_cast<int>(row.integer(5)), {}};
    item.track = row.string(6);
    return item;
}

std::string textOf(const std::vector<MatchCandidate>& candidates) {
    json::array list;
    for (const MatchCandidate& candidate : candidates) {
        list.push_back(toJson(candidate));
    }
    return json::serialize(list);
}

// "movie,series", to be looked for by instr.
std::string listOf(const std::vector<std::string>& kinds) {
    std::string list = ",";
    for (const std::string& kind : kinds) {
        list += kind + ",";
    }
    return list;
}

}  // namespace

Result<std::optional<LookupItem>> MatchStore::next(std::int64_t after, const std::vector<std::string>& kinds) {
    static const std::string kNext =
        std::string(kItem) +
        "WHERE m.num > ?1 AND m.status <> 'missing' AND instr(?2, ',' || m.kind || ',') > 0 AND NOT EXISTS "
        "(SELECT 1 FROM metadata_matches x WHERE x.item = m.num) ORDER BY m.num LIMIT 1";
    const std::string list = listOf(kinds);
    return database_.readValue<std::optional<LookupItem>>([&](Session& session) {
        return session.first(kNext, {after, list}, itemFrom);
    });
}

Result<std::optional<LookupItem>> MatchStore::item(const core::Id& id) {
    static const std::string kOne = std::string(kItem) + "WHERE m.id = ?1";
    return database_.readValue<std::optional<LookupItem>>(
        [&](Session& session) { return session.first(kOne, {id}, itemFrom); });
}

Result<std::optional<ItemMatch>> MatchStore::match(const core::Id& id) {
    return database_.readValue<std::optional<ItemMatch>>([&](Session& session) {
        return session.first(
            "SELECT x.provider, x.state, x.external_id, x.by_owner, x.candidates, x.looked_at FROM metadata_matches x "
            "JOIN media_items m ON m.num = x.item WHERE m.id = ?1",
            {id}, [](const Row& row) {
                return ItemMatch{
                    row.string(0), row.string(1), row.string(2), row.boolean(3), candidatesFromText(row.text(4)),
                    row.integer(5)};
            });
    });
}

// Nothing for an item that has gone meanwhile.
Result<void> MatchStore::save(const core::Id& id, const ItemMatch& match) {
    const std::string candidates = textOf(match.candidates);
    return database_.write([&](Session& session) {
        return session.run(
            "INSERT OR REPLACE INTO metadata_matches(item, provider, state, external_id, by_owner, candidates, "
            "looked_at) "
            "SELECT num, ?2, ?3, ?4, ?5, ?6, ?7 FROM media_items WHERE id = ?1",
            {id, std::string_view(match.provider), std::string_view(match.state), std::string_view(match.externalId),
             std::int64_t{match.byOwner}, std::string_view(candidates), match.lookedAt});
    });
}

Result<MatchCounts> MatchStore::counts() {
    return database_.readValue<MatchCounts>([](Session& session) -> Result<MatchCounts> {
        MatchCounts counts;
        auto done =
            session.each("SELECT state, count(*) FROM metadata_matches GROUP BY state", {}, [&](const Row& row) {
                const std::string_view state = row.text(0);
                (state == "matched"    ? counts.matched
                 : state == "none"     ? counts.none
                 : state == "doubtful" ? counts.doubtful
                                       : counts.ignored) = row.integer(1);
                return true;
            });
        return done ? Result<MatchCounts>(counts) : core::unexpected<core::Error>(done.error());
    });
}

Result<void> MatchStore::forget(bool matchedToo) {
    return database_.write([&](Session& session) {
        return session.run(
            "DELETE FROM metadata_matches WHERE state IN ('none', 'doubtful') OR (?1 AND state = 'matched' AND "
            "by_owner = 0)",
            {std::int64_t{matchedToo}});
    });
}

}  // namespace marea::server
