#include "server/apps/identity/viewer.h"

namespace marea::server {

namespace {

constexpr std::string_view kGranted = "(SELECT library_id FROM library_grants WHERE user_id=?1)";
constexpr std::string_view kForSale = "(SELECT library_id FROM sale_libraries)";

std::string boughtBy(const Viewer& viewer) {
    return viewer.shares ? "(SELECT item FROM store_access)" : "(SELECT item FROM store_access WHERE user_id=?1)";
}

// Where everything is seen that is there, whoever bought what.
std::string openTo(const Viewer& viewer, const std::string& library) {
    std::string sql;
    if (!viewer.allLibraries) {
        sql = library + " IN " + std::string(kGranted);
    }
    if (viewer.sales) {
        sql += (sql.empty() ? "" : " AND ") + library + " NOT IN " + std::string(kForSale);
    }
    return sql;
}

}  // namespace

std::string visible(const Viewer& viewer, std::string_view item) {
    const std::string of(item), open = openTo(viewer, of + ".library_id");
    std::string sql;
    if (viewer.sales) {
        sql = " AND ((" + open + ") OR " + of + ".num IN " + boughtBy(viewer) + ")";
    } else if (!open.empty()) {
        sql = " AND " + open;
    }
    return sql + visibleAge(viewer, item);
}

std::string visibleAge(const Viewer& viewer, std::string_view item) {
    if (viewer.allAges) {
        return {};
    }
    const std::string of(item), rated = of + ".age<=" + std::to_string(viewer.ageLimit);
    return viewer.unrated ? " AND (" + rated + " OR " + of + ".unrated)" : " AND " + rated;
}

std::string visibleLibrary(const Viewer& viewer, std::string_view column) {
    const std::string of(column), open = openTo(viewer, of);
    if (!viewer.sales) {
        return open.empty() ? std::string() : " AND " + open;
    }
    return " AND ((" + open + ") OR EXISTS (SELECT 1 FROM media_items own WHERE own.library_id=" + of +
           " AND own.num IN " + boughtBy(viewer) + "))";
}

std::string visibleItem(const Viewer& viewer, std::string_view id) {
    return viewer.seesAll() ? std::string()
                            : " AND EXISTS (SELECT 1 FROM media_items seen WHERE seen.id=" + std::string(id) +
                                  visible(viewer, "seen") + ")";
}

}  // namespace marea::server
