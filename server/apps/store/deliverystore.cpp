#include "server/apps/store/deliverystore.h"

#include <algorithm>

#include "server/apps/identity/errorof.h"

namespace marea::server::store::deliverystore {

using core::db::Row;

Result<std::vector<Holder>> holders(Session& session, const Id& user, const Id& media, bool shares) {
    auto all = session.all(
        "SELECT DISTINCT e.user_id, e.used_at IS NULL, coalesce(d.parts, 0) FROM media_items i JOIN entitlement_items "
        "x "
        "ON x.media_id IN (i.id, i.album_id, i.season_id, i.series_id) JOIN entitlements e ON e.order_id = x.order_id "
        "LEFT JOIN deliveries d ON d.user_id = e.user_id AND d.media_id = i.id WHERE i.id = ?2 AND e.revoked_at IS "
        "NULL AND (?3 OR e.user_id = ?1)",
        {user, media, std::int64_t{shares}}, [](const Row& row) {
            return std::pair(Holder{row.string(0), static_cast<std::uint64_t>(row.integer(2))}, row.boolean(1));
        });
    if (!all) {
        return errorOf(all);
    }
    const bool own = std::any_of(all->begin(), all->end(), [&](const auto& one) { return one.first.user == user; });
    std::vector<Holder> found;
    for (auto& [holder, unused] : *all) {
        if (unused && (!own || holder.user == user)) {
            found.push_back(std::move(holder));
        }
    }
    return found;
}

Result<void> add(Session& session, const Id& user, const Id& media, std::uint64_t parts) {
    return session.run(
        "INSERT INTO deliveries(user_id, media_id, parts) SELECT id, ?2, ?3 FROM users WHERE id = ?1 ON "
        "CONFLICT(user_id, media_id) DO UPDATE SET parts = parts | excluded.parts",
        {user, media, static_cast<std::int64_t>(parts)});
}

}  // namespace marea::server::store::deliverystore
