#include "server/apps/store/productstore.h"

#include <deque>

#include "core/library/searchquery.h"
#include "core/library/text.h"
#include "server/apps/identity/errorof.h"
#include "server/apps/store/storedlists.h"

namespace marea::server::store::productstore {

using core::ErrorCode;
using core::db::orNull;
using core::db::Row;

namespace {

constexpr std::string_view kColumns =
    "p.id, p.kind, p.title, p.overview, p.state, p.pricing, p.prices, p.sales, p.territories, p.release_at, "
    "p.max_devices, p.staff_pick, p.sold, p.created_at, p.updated_at, "
    "(SELECT json_group_array(media_id) FROM (SELECT media_id FROM product_items WHERE product_id = p.id ORDER BY "
    "rank)) ";

Product productOf(const Row& row) {
    Product product;
    product.id = row.string(0);
    product.kind = row.string(1);
    product.title = row.string(2);
    product.overview = row.string(3);
    product.state = row.string(4);
    product.offer.pricing = pricingNamed(row.text(5)).value_or(Pricing::Fixed);
    readPrices(row.text(6), product.offer);
    readSales(row.text(7), product.offer);
    product.offer.territories = listFrom(row.text(8));
    product.offer.releaseAt = row.optionalInteger(9);
    product.maxDevices = row.optionalInteger(10);
    product.staffPick = row.integer(11);
    product.sold = row.integer(12);
    product.createdAt = row.integer(13);
    product.updatedAt = row.integer(14);
    product.items = listFrom(row.text(15));
    return product;
}

// ?1 the shopper, ?2 their region. A title whose age is not known is for nobody with a limit, unless they may see
// those.
std::string seenBy(const Shopper& shopper) {
    std::string sql =
        " AND p.state = 'active' AND ?1 = ?1 AND (p.territories = '[]' OR EXISTS (SELECT 1 FROM "
        "json_each(p.territories) t WHERE t.value = ?2))";
    const std::string age = visibleAge(shopper.viewer);
    if (!age.empty()) {
        sql +=
            " AND NOT EXISTS (SELECT 1 FROM product_items x LEFT JOIN media_items i ON i.id = x.media_id WHERE "
            "x.product_id = p.id AND (i.num IS NOT NULL" +
            age + ") IS NOT 1)";
    }
    return sql;
}

// A statement that grows, and its values; ?1 and ?2 are taken. Texts live here.
struct Growing {
    std::string sql;
    std::vector<core::db::Value> values;
    std::deque<std::string> texts;

    std::string bind(std::string text) {
        values.emplace_back(std::string_view(texts.emplace_back(std::move(text))));
        return "?" + std::to_string(values.size());
    }
    std::string bind(std::int64_t number) {
        values.emplace_back(number);
        return "?" + std::to_string(values.size());
    }
};

void narrowByTitles(Growing& growing, const ProductQuery& query) {
    const auto some = [&](const std::string& condition) {
        growing.sql +=
            " AND EXISTS (SELECT 1 FROM product_items x JOIN media_items i ON i.id = x.media_id WHERE x.product_id = "
            "p.id AND " +
            condition + ")";
    };
    if (!query.genre.empty()) {
        some("i.num IN (SELECT item FROM item_genres WHERE genre = " +
             growing.bind(core::library::searchText(query.genre)) + ")");
    }
    if (!query.artist.empty()) {
        const std::string artist = growing.bind(query.artist);
        some("(i.artist_id = " + artist + " OR i.artist = " + artist + " OR i.album_artist = " + artist + ")");
    }
    if (query.year) {
        some("i.year = " + growing.bind(*query.year));
    }
}

void narrow(Growing& growing, const ProductQuery& query) {
    std::string kinds;
    for (const std::string& kind : query.kinds) {
        kinds += (kinds.empty() ? "" : ", ") + growing.bind(kind);
    }
    growing.sql += kinds.empty() ? "" : " AND p.kind IN (" + kinds + ")";
    growing.sql += query.state.empty() ? "" : " AND p.state = " + growing.bind(query.state);
    growing.sql += query.shelf == "staff" ? " AND p.staff_pick > 0" : query.shelf == "best" ? " AND p.sold > 0" : "";
    if (!query.currency.empty()) {
        const std::string price = "json_extract(p.prices, '$.' || " + growing.bind(query.currency) + ")";
        growing.sql += " AND (p.pricing = 'free' OR " + price + " IS NOT NULL)";
        growing.sql += query.mostPrice
                           ? " AND (p.pricing = 'free' OR " + price + " <= " + growing.bind(*query.mostPrice) + ")"
                           : "";
    }
    narrowByTitles(growing, query);
    if (const auto search = core::library::searchQuery(query.words)) {
        const std::string match = growing.bind(search->match);
        const std::string key = growing.bind(core::library::sortKey(query.words));
        growing.sql += " AND (instr(p.sort_key, " + key +
                       ") OR EXISTS (SELECT 1 FROM product_items x JOIN media_items i ON i.id = x.media_id WHERE "
                       "x.product_id = p.id AND i.search_row IN (SELECT rowid FROM search WHERE search MATCH " +
                       match + ")))";
    } else if (!query.words.empty()) {
        growing.sql += " AND 0";
    }
}

struct Order {
    std::string key;
    bool descending;
};

Order orderOf(const ProductQuery& query) {
    if (query.shelf == "staff") {
        return {"p.staff_pick", false};
    }
    if (query.shelf == "best" || query.sort == "best") {
        return {"p.sold", true};
    }
    if (query.sort == "title" && query.shelf.empty()) {
        return {"p.sort_key", false};
    }
    return {"p.created_at", true};
}

// "<key> <id>", where a list goes on.
std::optional<std::pair<std::string, Id>> parsedCursor(const std::string& cursor) {
    const auto space = cursor.rfind(' ');
    if (space == std::string::npos || !core::isId(cursor.substr(space + 1))) {
        return std::nullopt;
    }
    return std::pair(cursor.substr(0, space), cursor.substr(space + 1));
}

Result<void> goOn(Growing& growing, const ProductQuery& query, const Order& order) {
    if (query.cursor.empty()) {
        return {};
    }
    const auto at = parsedCursor(query.cursor);
    if (!at) {
        return core::fail(ErrorCode::Invalid, "cursor is none that was given.");
    }
    const std::string key =
        order.key == "p.sort_key" ? growing.bind(at->first) : "CAST(" + growing.bind(at->first) + " AS INTEGER)";
    growing.sql += " AND (" + order.key + ", p.id) " + (order.descending ? "<" : ">") + " (" + key + ", " +
                   growing.bind(at->second) + ")";
    return {};
}

}  // namespace

Result<void> save(Session& session, const Product& product) {
    const std::string sortKey = core::library::sortKey(core::library::sortTitle(product.title));
    const std::string prices = pricesText(product.offer), sales = salesText(product.offer);
    const std::string territories = listText(product.offer.territories);
    auto done = session.run(
        "INSERT INTO products(id, kind, title, sort_key, overview, state, pricing, prices, sales, territories, "
        "release_at, max_devices, staff_pick, created_at, updated_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, "
        "?11, ?12, ?13, ?14, ?15) ON CONFLICT(id) DO UPDATE SET kind = excluded.kind, title = excluded.title, sort_key "
        "= excluded.sort_key, overview = excluded.overview, state = excluded.state, pricing = excluded.pricing, prices "
        "= excluded.prices, sales = excluded.sales, territories = excluded.territories, release_at = "
        "excluded.release_at, max_devices = excluded.max_devices, staff_pick = excluded.staff_pick, updated_at = "
        "excluded.updated_at",
        {product.id, product.kind, product.title, sortKey, product.overview, product.state, name(product.offer.pricing),
         prices, sales, territories, orNull(product.offer.releaseAt), orNull(product.maxDevices), product.staffPick,
         product.createdAt, product.updatedAt});
    done = done ? session.run("DELETE FROM product_items WHERE product_id = ?1", {product.id}) : done;
    for (std::size_t i = 0; done && i < product.items.size(); ++i) {
        done = session.run("INSERT INTO product_items(product_id, media_id, rank) VALUES (?1, ?2, ?3)",
                           {product.id, product.items[i], static_cast<std::int64_t>(i)});
    }
    return done;
}

Result<std::optional<Product>> find(Session& session, const Id& id) {
    return session.first("SELECT " + std::string(kColumns) + "FROM products p WHERE p.id = ?1", {id}, productOf);
}

Result<Product> seen(Session& session, const Shopper& shopper, const Id& id) {
    auto found = session.first(
        "SELECT " + std::string(kColumns) + "FROM products p WHERE p.id = ?3" + seenBy(shopper),
        {std::string_view(shopper.viewer.userId), std::string_view(shopper.region), std::string_view(id)}, productOf);
    if (!found) {
        return errorOf(found);
    }
    return *found ? Result<Product>(std::move(**found)) : core::fail(ErrorCode::NotFound, "There is no such product.");
}

Result<ProductPage> page(Session& session, const Shopper* shopper, const ProductQuery& query) {
    Growing growing;
    growing.bind(shopper ? shopper->viewer.userId : Id());
    growing.bind(shopper ? shopper->region : std::string());
    const Order order = orderOf(query);
    growing.sql = "SELECT " + std::string(kColumns) + ", " + order.key + " FROM products p WHERE ?1 = ?1 AND ?2 = ?2" +
                  (shopper ? seenBy(*shopper) : std::string());
    narrow(growing, query);
    if (auto fits = goOn(growing, query, order); !fits) {
        return errorOf(fits);
    }
    const std::string direction = order.descending ? " DESC" : "";
    growing.sql += " ORDER BY " + order.key + direction + ", p.id" + direction + " LIMIT " +
                   growing.bind(std::int64_t{query.limit} + 1);
    ProductPage page;
    std::string last;
    auto done = session.each(growing.sql, growing.values, [&](const Row& row) {
        if (page.products.size() == static_cast<std::size_t>(query.limit)) {
            page.nextCursor = last;
            return false;
        }
        page.products.push_back(productOf(row));
        last = row.string(16) + " " + page.products.back().id;
        return true;
    });
    return done ? Result<ProductPage>(std::move(page)) : errorOf(done);
}

Result<bool> ordered(Session& session, const Id& id) {
    auto found = session.first("SELECT 1 FROM orders WHERE product_id = ?1", {id}, [](const Row&) { return true; });
    return found ? Result<bool>(found->has_value()) : errorOf(found);
}

Result<void> remove(Session& session, const Id& id) {
    return session.run("DELETE FROM products WHERE id = ?1", {id});
}

Result<std::vector<ProductTitle>> titles(Session& session, const Id& id) {
    return session.all(
        "SELECT i.id, i.kind, i.title, i.artist, i.album, i.series, i.genres, i.overview, i.year, i.child_count, "
        "i.season, i.episode, i.duration, i.artwork_kind IS NOT NULL, coalesce(i.artwork_version, '') FROM "
        "product_items x "
        "JOIN media_items i ON i.id = x.media_id WHERE x.product_id = ?1 ORDER BY x.rank",
        {id}, [](const Row& row) {
            ProductTitle title;
            title.id = row.string(0);
            title.kind = row.string(1);
            title.title = row.string(2);
            title.artist = row.string(3);
            title.album = row.string(4);
            title.series = row.string(5);
            title.genres = row.string(6);
            title.overview = row.string(7);
            title.year = row.integer(8);
            title.parts = row.integer(9);
            title.season = row.optionalInteger(10);
            title.episode = row.optionalInteger(11);
            title.duration = row.real(12);
            title.hasPicture = row.boolean(13);
            title.pictureVersion = row.string(14);
            return title;
        });
}

Result<std::vector<ProductPart>> parts(Session& session, const Id& id) {
    return session.all(
        "SELECT t.id, t.kind, t.title, t.artist, t.album, t.series, t.season, t.episode, t.disc, t.track, t.duration "
        "FROM product_items x JOIN media_items t ON t.id = x.media_id OR t.album_id = x.media_id OR t.season_id = "
        "x.media_id OR t.series_id = x.media_id WHERE x.product_id = ?1 AND t.kind IN ('movie', 'video', 'episode', "
        "'track', 'audiobook') AND t.status = 'ok' GROUP BY t.id ORDER BY min(x.rank), t.season, t.episode, t.disc, "
        "t.track, t.sort_key LIMIT 1000",
        {id}, [](const Row& row) {
            ProductPart part;
            part.id = row.string(0);
            part.kind = row.string(1);
            part.title = row.string(2);
            part.artist = row.string(3);
            part.album = row.string(4);
            part.series = row.string(5);
            part.season = row.optionalInteger(6);
            part.episode = row.optionalInteger(7);
            part.disc = row.optionalInteger(8);
            part.track = row.optionalInteger(9);
            part.duration = row.real(10);
            return part;
        });
}

Result<Id> audible(Session& session, const Id& product, const Id& track) {
    auto found = session.first(
        "SELECT t.id FROM product_items x JOIN media_items t ON t.id = x.media_id OR t.album_id = x.media_id WHERE "
        "x.product_id = ?1 AND t.kind IN ('track', 'audiobook') AND t.status = 'ok' AND (?2 = '' OR t.id = ?2) ORDER "
        "BY "
        "x.rank, t.disc, t.track LIMIT 1",
        {product, track}, [](const Row& row) { return row.string(0); });
    if (!found) {
        return errorOf(found);
    }
    return *found ? Result<Id>(std::move(**found))
                  : core::fail(ErrorCode::NotFound, "There is nothing to be heard of it.");
}

Result<std::vector<Id>> notForSale(Session& session, const std::vector<Id>& media) {
    const std::string list = listText(media);
    return session.all(
        "SELECT m.value FROM json_each(?1) m WHERE NOT EXISTS (SELECT 1 FROM media_items i JOIN sale_libraries s ON "
        "s.library_id = i.library_id WHERE i.id = m.value AND i.kind <> 'artist')",
        {list}, [](const Row& row) { return row.string(0); });
}

Result<std::string> regionOf(Session& session, const Id& user, const std::string& usual) {
    auto found = session.first("SELECT region FROM store_regions WHERE user_id = ?1", {user},
                               [](const Row& row) { return row.string(0); });
    return found ? Result<std::string>(found->value_or(usual)) : errorOf(found);
}

Result<void> setRegion(Session& session, const Id& user, const std::string& region) {
    auto there = session.first("SELECT 1 FROM users WHERE id = ?1", {user}, [](const Row&) { return true; });
    if (!there || !*there) {
        return there ? core::fail(ErrorCode::NotFound, "There is no such person.") : Result<void>(errorOf(there));
    }
    return region.empty()
               ? session.run("DELETE FROM store_regions WHERE user_id = ?1", {user})
               : session.run("INSERT OR REPLACE INTO store_regions(user_id, region) VALUES (?1, ?2)", {user, region});
}

Result<void> setForSale(Session& session, const Id& library, bool forSale) {
    auto there = session.first("SELECT 1 FROM libraries WHERE id = ?1", {library}, [](const Row&) { return true; });
    if (!there || !*there) {
        return there ? core::fail(ErrorCode::NotFound, "There is no such library.") : Result<void>(errorOf(there));
    }
    return session.run(forSale ? "INSERT OR IGNORE INTO sale_libraries(library_id) VALUES (?1)"
                               : "DELETE FROM sale_libraries WHERE library_id = ?1",
                       {library});
}

Result<std::vector<Id>> librariesForSale(Session& session) {
    return session.all("SELECT library_id FROM sale_libraries ORDER BY library_id", {},
                       [](const Row& row) { return row.string(0); });
}

}  // namespace marea::server::store::productstore
