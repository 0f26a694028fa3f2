#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/id.h"
#include "core/db/database.h"
#include "server/apps/identity/viewer.h"

namespace marea::server {

// The lists of a first page. Each costs about as much as it has entries, however large the library: see HomeSql.
core::Result<std::vector<core::Id>> continueWatching(core::db::Session& session, const Viewer& viewer, int limit);
// The episodes that come after those seen last, one of each series, the latest seen series first. What was begun is
// among what is to be continued, and not here.
core::Result<std::vector<core::Id>> nextUp(core::db::Session& session, const Viewer& viewer, int limit);
core::Result<std::vector<core::Id>> recentlyAdded(core::db::Session& session, const Viewer& viewer, int limit);
core::Result<std::vector<core::Id>> popular(core::db::Session& session, const Viewer& viewer, int limit);

// Their SQL, ?1 being the user; for a look at how they run.
struct HomeSql {
    static constexpr std::string_view watchedEpisodes =
        "SELECT i.series_id, coalesce(i.season, 0), coalesce(i.episode, 0) FROM "
        "(SELECT media_id, updated_at FROM user_library WHERE user_id = ?1 AND watched = 1 "
        "ORDER BY updated_at DESC, media_id DESC LIMIT ?2) w CROSS JOIN media_items i ON i.id = w.media_id "
        "WHERE i.kind = 'episode' AND i.series_id IS NOT NULL ORDER BY w.updated_at DESC, w.media_id DESC";
    static std::string nextEpisode(const Viewer& viewer) {
        return "SELECT i.id, coalesce(r.position, 0) FROM media_items i "
               "LEFT JOIN user_library u ON u.user_id = ?1 AND u.media_id = i.id "
               "LEFT JOIN resume_positions r ON r.user_id = ?1 AND r.media_id = i.id "
               "WHERE i.series_id = ?2 AND i.kind = 'episode' AND i.status = 'ok' AND coalesce(u.watched, 0) = 0 "
               "AND (coalesce(i.season, 0), coalesce(i.episode, 0)) > (?3, ?4)" +
               visible(viewer) + " ORDER BY coalesce(i.season, 0), coalesce(i.episode, 0), i.num LIMIT 1";
    }
    static std::string recentOfKind(const Viewer& viewer) {
        return "SELECT i.id, i.added_at, i.num FROM media_items i WHERE i.kind = ?2 AND i.status <> 'missing'" +
               visible(viewer) + " ORDER BY i.added_at DESC, i.num DESC LIMIT ?3";
    }
    static std::string popularOfKind(const Viewer& viewer) {
        return "SELECT i.id, i.popularity, i.num FROM media_items i WHERE i.kind = ?2 AND i.status <> 'missing' "
               "AND i.popularity > 0" +
               visible(viewer) + " ORDER BY i.popularity DESC, i.num DESC LIMIT ?3";
    }
};

}  // namespace marea::server
