#include "server/apps/identity/viewer.h"

namespace marea::server {

std::string visible(const Viewer& viewer, std::string_view item) {
    const std::string of(item);
    std::string sql;
    if (!viewer.allLibraries) {
        sql += " AND " + of + ".library_id IN (SELECT library_id FROM library_grants WHERE user_id=?1)";
    }
    if (!viewer.allAges) {
        const std::string rated = of + ".age<=" + std::to_string(viewer.ageLimit);
        sql += viewer.unrated ? " AND (" + rated + " OR " + of + ".unrated)" : " AND " + rated;
    }
    return sql;
}

std::string visibleItem(const Viewer& viewer, std::string_view id) {
    return viewer.seesAll() ? std::string()
                            : " AND EXISTS (SELECT 1 FROM media_items seen WHERE seen.id=" + std::string(id) +
                                  visible(viewer, "seen") + ")";
}

}  // namespace marea::server
