#include "server/apps/catalog/groupages.h"

#include "core/library/contentrating.h"

namespace marea::server {

using core::Error;
using core::Result;
using core::unexpected;
using core::db::orNull;
using core::db::Row;

namespace {

struct Ages {
    std::optional<std::int64_t> age;
    bool unrated = true;
};

}  // namespace

Result<void> GroupAges::rateEpisodes(const core::Id& series) {
    const auto rating = session_.first("SELECT content_rating FROM media_items WHERE id=?1", {series},
                                       [](const Row& row) { return row.string(0); });
    if (!rating) {
        return unexpected<Error>(rating.error());
    }
    const std::string text = rating->value_or("");
    const auto years = core::library::ageOfRating(text);
    const core::db::Value age = years ? core::db::Value(std::int64_t{*years}) : core::db::Value(nullptr);
    return session_.run(
        "UPDATE media_items SET series_rating=?2, age=?3, unrated=?3 IS NULL WHERE series_id=?1 AND kind='episode' AND "
        "content_rating IS NULL AND (series_rating IS NOT ?2 OR age IS NOT ?3 OR unrated IS NOT (?3 IS NULL))",
        {series, core::db::textOrNull(text), age});
}

Result<void> GroupAges::sum(const std::set<core::Id>& ids, std::string_view ofParts) {
    for (const core::Id& id : ids) {
        const auto ages = session_.first(ofParts, {id}, [](const Row& row) {
            return Ages{row.optionalInteger(0), row.isNull(1) || row.boolean(1)};
        });
        if (!ages) {
            return unexpected<Error>(ages.error());
        }
        const Ages now = ages->value_or(Ages{});
        auto done = session_.run(
            "UPDATE media_items SET age=?2, unrated=?3 WHERE id=?1 AND (age IS NOT ?2 OR unrated IS NOT ?3)",
            {id, orNull(now.age), std::int64_t{now.unrated}});
        if (!done) {
            return done;
        }
    }
    return {};
}

// The indexes are named, since without statistics SQLite may prefer to go through all of the kind.
Result<void> GroupAges::series(const std::set<core::Id>& ids) {
    for (const core::Id& id : ids) {
        if (auto done = rateEpisodes(id); !done) {
            return done;
        }
    }
    return sum(ids,
               "SELECT min(age), max(unrated) FROM media_items INDEXED BY media_items_of_series "
               "WHERE series_id=?1 AND kind='episode' AND status<>'missing'");
}

Result<void> GroupAges::seasons(const std::set<core::Id>& ids) {
    return sum(ids,
               "SELECT min(age), max(unrated) FROM media_items INDEXED BY media_items_of_season "
               "WHERE season_id=?1 AND kind='episode' AND status<>'missing'");
}

Result<void> GroupAges::albums(const std::set<core::Id>& ids) {
    return sum(ids,
               "SELECT min(age), max(unrated) FROM media_items INDEXED BY media_items_of_album "
               "WHERE album_id=?1 AND kind='track' AND status<>'missing'");
}

Result<void> GroupAges::artists(const std::set<core::Id>& ids) {
    return sum(ids,
               "SELECT min(age), max(unrated) FROM media_items INDEXED BY media_items_of_artist "
               "WHERE artist_id=?1 AND kind IN ('album', 'track', 'audiobook') AND status<>'missing'");
}

}  // namespace marea::server
