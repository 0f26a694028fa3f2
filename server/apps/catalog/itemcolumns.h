#pragma once

#include <string>
#include <string_view>

#include "core/db/database.h"
#include "server/apps/catalog/item.h"
#include "server/apps/identity/viewer.h"

namespace marea::server {

// What an Item is read from: the columns of media_items i, and of what is joined to it by kItemJoins; take them from
// itemColumns().
constexpr std::string_view kItemColumns =
    "i.num, i.id, i.library_id, i.kind, i.title, i.sort_title, i.duration, i.added_at, i.status, i.problem, i.year, "
    "i.genres, i.overview, i.series, i.artist, i.album_artist, i.album, i.series_id, i.season_id, i.artist_id, "
    "i.album_id, i.season, i.episode, i.disc, i.track, i.child_count, i.width, i.height, i.hdr, i.artwork_version, "
    "u.rating, u.favourite, u.watched, p.position, coalesce(p.updated_at, u.last_played_at), u.play_count, "
    "l.source, l.loudness, l.range, l.peak, al.source, al.loudness, al.peak, "
    "coalesce(i.content_rating, i.series_rating), i.popularity";
constexpr int kAfterItemColumns = 45;  // the number of the column that follows them

// As the viewer may know them: to a child a group has as many parts as it sees.
std::string itemColumns(const Viewer& viewer);

// ?1 is the asking user.
constexpr std::string_view kItemJoins =
    " LEFT JOIN user_library u ON u.media_id=i.id AND u.user_id=?1 "
    "LEFT JOIN resume_positions p ON p.media_id=i.id AND p.user_id=?1 "
    "LEFT JOIN item_loudness l ON l.item_id=i.id LEFT JOIN item_loudness al ON al.item_id=i.album_id ";

Item itemOf(const core::db::Row& row);

std::optional<int> optionalInt(const core::db::Row& row, int column);
std::optional<double> optionalReal(const core::db::Row& row, int column);

}  // namespace marea::server
