#pragma once

#include "core/db/database.h"
#include "server/apps/identity/viewer.h"
#include "server/apps/store/product.h"

namespace marea::server::store {

// Who looks at what is sold: ages hold, and where they buy.
struct Shopper {
    Viewer viewer;
    std::string region;  // empty: not known
};

struct ProductQuery {
    std::vector<std::string> kinds;           // empty: all
    std::string shelf;                        // "new", "best", "staff"; empty: none
    std::string sort = "new";                 // "new", "title", "best"
    std::string genre, artist, words, state;  // of its titles; of the product itself; empty: any. `state` for owners
    std::string currency;                     // sold for it; empty: any
    std::optional<std::int64_t> year, mostPrice;
    int limit = 50;
    std::string cursor;
};

struct ProductPage {
    std::vector<Product> products;
    std::string nextCursor;  // empty: no more
};

// The statements over products and what they consist of; each is one part of the caller's transaction.
namespace productstore {

using core::Result;
using core::db::Session;

Result<void> save(Session& session, const Product& product);  // with its items; a new one, or in place of the old
Result<std::optional<Product>> find(Session& session, const Id& id);
// As somebody may see it: active, sold where they are, and for their age. NotFound else.
Result<Product> seen(Session& session, const Shopper& shopper, const Id& id);
// What `query` asks for; `shopper` null: an owner looks, whatever its state.
Result<ProductPage> page(Session& session, const Shopper* shopper, const ProductQuery& query);
Result<bool> ordered(Session& session, const Id& id);  // somebody ordered it, ever
Result<void> remove(Session& session, const Id& id);
Result<std::vector<ProductTitle>> titles(Session& session, const Id& id);
// What is played of it, in order: the tracks of an album, the episodes of a season. The first thousand.
Result<std::vector<ProductPart>> parts(Session& session, const Id& id);
// The track of it with that id, empty: the first. NotFound: there is none.
Result<Id> audible(Session& session, const Id& product, const Id& track);
// What is in it that is not for sale: unknown, or of a library that everybody sees anyway.
Result<std::vector<Id>> notForSale(Session& session, const std::vector<Id>& media);

Result<std::string> regionOf(Session& session, const Id& user, const std::string& usual);
Result<void> setRegion(Session& session, const Id& user, const std::string& region);  // empty: the usual one
// NotFound: there is no such library.
Result<void> setForSale(Session& session, const Id& library, bool forSale);
Result<std::vector<Id>> librariesForSale(Session& session);

}  // namespace productstore

}  // namespace marea::server::store
