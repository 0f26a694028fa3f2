#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/id.h"
#include "core/db/database.h"

namespace marea::server {

// The lists of a first page. Each costs about as much as it has entries, however large the library: see HomeSql.
core::Result<std::vector<core::Id>> continueWatching(core::db::Session& session, const core::Id& userId, int limit);
// The episodes that come after those seen last, one of each series, the latest seen series first. What was begun is
// among what is to be continued, and not here.
core::Result<std::vector<core::Id>> nextUp(core::db::Session& session, const core::Id& userId, int limit);
core::Result<std::vector<core::Id>> recentlyAdded(core::db::Session& session, const core::Id& userId, int limit);
core::Result<std::vector<core::Id>> popular(core::db::Session& session, const core::Id& userId, int limit);

// For a look at how they run.
struct HomeSql {
    static constexpr std::string_view watchedEpisodes =
        "SELECT i.series_id, coalesce(i.season, 0), coalesce(i.episode, 0) FROM "
        "(SELECT media_id, updated_at FROM user_library WHERE user_id = ?1 AND watched = 1 "
        "ORDER BY updated_at DESC, media_id DESC LIMIT ?2) w CROSS JOIN media_items i ON i.id = w.media_id "
        "WHERE i.kind = 'episode' AND i.series_id IS NOT NULL ORDER BY w.updated_at DESC, w.media_id DESC";
    static constexpr std::string_view nextEpisode =
        "SELECT i.id, coalesce(r.position, 0) FROM media_items i "
        "LEFT JOIN user_library u ON u.user_id = ?1 AND u.media_id = i.id "
        "LEFT JOIN resume_positions r ON r.user_id = ?1 AND r.media_id = i.id "
        "WHERE i.series_id = ?2 AND i.kind = 'episode' AND i.status = 'ok' AND coalesce(u.watched, 0) = 0 "
        "AND (coalesce(i.season, 0), coalesce(i.episode, 0)) > (?3, ?4) "
        "ORDER BY coalesce(i.season, 0), coalesce(i.episode, 0), i.num LIMIT 1";
    static constexpr std::string_view recentOfKind =
        "SELECT id, added_at, num FROM media_items WHERE kind = ?1 AND status <> 'missing' "
        "ORDER BY added_at DESC, num DESC LIMIT ?2";
    static constexpr std::string_view popularOfKind =
        "SELECT id, popularity, num FROM media_items WHERE kind = ?1 AND status <> 'missing' AND popularity > 0 "
        "ORDER BY popularity DESC, num DESC LIMIT ?2";
};

}  // namespace marea::server
