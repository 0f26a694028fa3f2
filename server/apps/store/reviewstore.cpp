#include "server/apps/store/reviewstore.h"

#include "server/apps/identity/errorof.h"

namespace marea::server::store::reviewstore {

using core::db::Row;

namespace {

// Times have as many digits for two hundred years to come, so that texts sort as they do.
constexpr std::string_view kPlace = "(r.updated_at || ' ' || r.user_id)";

}  // namespace

Result<Stars> stars(Session& session, const Id& product) {
    auto found = session.first("SELECT count(*), coalesce(avg(stars), 0) FROM product_reviews WHERE product_id = ?1",
                               {product}, [](const Row& row) {
                                   return Stars{row.integer(0), row.real(1)};
                               });
    return found ? Result<Stars>(found->value_or(Stars{})) : errorOf(found);
}

std::string placeOf(const Review& review) {
    return std::to_string(review.updatedAt) + " " + review.user;
}

Result<std::vector<Review>> ofProduct(Session& session, const Id& product, const std::string& after, int limit) {
    static const std::string kSql =
        "SELECT r.user_id, u.username, r.words, r.stars, r.created_at, r.updated_at FROM product_reviews r JOIN users "
        "u ON "
        "u.id = r.user_id WHERE r.product_id = ?1 AND (?2 = '' OR " +
        std::string(kPlace) + " < ?2) ORDER BY " + std::string(kPlace) + " DESC LIMIT ?3";
    return session.all(kSql, {product, after, std::int64_t{limit}}, [](const Row& row) {
        return Review{row.string(0), row.string(1), row.string(2), row.integer(3), row.integer(4), row.integer(5)};
    });
}

Result<bool> save(Session& session, const Id& product, const Review& review) {
    auto done = session.run(
        "INSERT INTO product_reviews(product_id, user_id, stars, words, created_at, updated_at) SELECT ?1, ?2, ?3, ?4, "
        "?5, "
        "?5 WHERE EXISTS (SELECT 1 FROM entitlements WHERE user_id = ?2 AND product_id = ?1 AND revoked_at IS NULL) ON "
        "CONFLICT(product_id, user_id) DO UPDATE SET stars = excluded.stars, words = excluded.words, updated_at = "
        "excluded.updated_at",
        {product, review.user, review.stars, review.words, review.updatedAt});
    return done ? Result<bool>(session.changes() > 0) : errorOf(done);
}

Result<bool> remove(Session& session, const Id& product, const Id& user) {
    auto done = session.run("DELETE FROM product_reviews WHERE product_id = ?1 AND user_id = ?2", {product, user});
    return done ? Result<bool>(session.changes() > 0) : errorOf(done);
}

}  // namespace marea::server::store::reviewstore
