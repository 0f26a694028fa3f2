// How often items are played, as far as what is shown first follows from it.
#include "server/apps/catalog/scanstore.h"

namespace marea::server {

using core::Result;

// `sql` is how popular ?1 is.
Result<void> ScanStore::setPopularity(const core::Id& id, std::string_view sql) {
    auto before = id.empty() ? Result<std::optional<ItemRow>>() : item(id);
    if (!before || !*before) {
        return before ? Result<void>() : core::unexpected<core::Error>(before.error());
    }
    const auto plays =
        session_.first(sql, {std::string_view(id)}, [](const core::db::Row& row) { return row.integer(0); });
    if (!plays) {
        return core::unexpected<core::Error>(plays.error());
    }
    ItemRow changed = **before;
    changed.popularity = plays->value_or(0);
    return updateItem(**before, changed);
}

Result<void> ScanStore::countPlays(const core::Id& id) {
    const auto played = item(id);
    if (!played || !*played) {
        return played ? Result<void>() : core::unexpected<core::Error>(played.error());
    }
    const ItemRow& one = **played;
    const auto album = one.albumId.empty() ? Result<std::optional<ItemRow>>() : item(one.albumId);
    if (!album) {
        return core::unexpected<core::Error>(album.error());
    }
    const core::Id artist = *album ? (*album)->artistId : one.artistId;
    return setPopularity(id, "SELECT coalesce(sum(play_count), 0) FROM user_library WHERE media_id=?1")
        .and_then(
            [&] { return setPopularity(one.albumId, "SELECT sum(popularity) FROM media_items WHERE album_id=?1"); })
        .and_then([&] {
            return setPopularity(artist, "SELECT sum(popularity) FROM media_items WHERE artist_id=?1 AND kind='album'");
        })
        .and_then(
            [&] { return setPopularity(one.seasonId, "SELECT sum(popularity) FROM media_items WHERE season_id=?1"); })
        .and_then([&] {
            return setPopularity(one.seriesId,
                                 "SELECT sum(popularity) FROM media_items WHERE series_id=?1 AND kind='season'");
        });
}

}  // namespace marea::server
