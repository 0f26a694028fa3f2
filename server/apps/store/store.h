#pragma once

#include <atomic>
#include <functional>
#include <memory>

#include "core/base/clock.h"
#include "core/base/log.h"
#include "core/db/database.h"
#include "core/io/prober.h"
#include "server/apps/identity/viewerrights.h"
#include "server/apps/store/deliveries.h"
#include "server/apps/store/orders.h"
#include "server/apps/store/productjson.h"
#include "server/apps/store/voucherstore.h"
#include "server/gateway/router.h"
#include "server/gateway/workpool.h"

namespace marea::server {

// What of libraries is for sale, to whom, for how much, and what was bought: products, orders, wallets, vouchers.
// Titles of libraries that are for sale are seen by whoever bought them. Calls block; thread-safe.
class Store {
public:
    using Product = store::Product;
    struct Parts {
        core::db::Database& database;  // that tells of library events
        ViewerRights& viewers;
        KeyWrapper& master;
        WorkPool& pool;
        std::shared_ptr<const core::Clock> clock;
        std::shared_ptr<core::Logger> logger;
        // A title's picture, whoever may see it; `done` once, on any thread.
        std::function<void(const core::Id& media, int width, std::function<void(core::Result<core::Image>)> done)>
            picture;
        std::function<core::Result<bool>(const core::Id& media)> isProtected;
        std::string name;  // of the server, on receipts
        // Half a minute of a piece of music, whoever may hear it; `done` once, on any thread. May block.
        std::function<void(const Principal& who, const core::Id& media,
                           std::function<void(core::Result<Response>)> done)>
            preview;
        // Where a title's trailer is played, whoever may see it; null: it has none. May block.
        std::function<core::Result<core::json::value>(const Principal& who, const core::Id& media)> trailer;
    };
    Store(Parts parts, store::Orders::Providers providers, store::OrderOptions options);

    void addRoutes(Router& router);
    // Titles came or went: what was bought of them is looked at anew, soon. Any thread.
    void catalogueChanged() { catalogueChanged_ = true; }
    // Somebody takes a title's file to keep: it is used, and not given back by asking any more. Blocks.
    void taken(const core::Id& user, const core::Id& media);
    // To be told what of titles goes out.
    store::Deliveries& deliveries() { return deliveries_; }
    // Every few seconds.
    void maintain();
    // What went out up to now; at the end, too, when no request is under way any more.
    void writeDeliveries();
    store::Orders& orders() { return orders_; }

private:
    Response products(const Request& request);
    Response product(const Request& request);
    void artwork(const Request& request, Reply reply);
    void preview(const Request& request, Reply reply);
    Response trailer(const Request& request);
    core::Result<core::json::value> trailerOf(const Principal& who, const Product& product);
    void place(const Request& request, Reply reply);
    Response listOrders(const Request& request);
    Response order(const Request& request);
    void refund(const Request& request, Reply reply);
    Response webhook(const Request& request);
    Response wallet(const Request& request);
    Response redeemVoucher(const Request& request);
    Response purchases(const Request& request);
    Response about(const Request& request);

    // storepapers.cpp
    void addPaperRoutes(Router& router);
    Response reviews(const Request& request);
    Response review(const Request& request);
    Response removeReview(const Request& request);
    Response receipt(const Request& request);
    Response sales(const Request& request);

    void addOwnerRoutes(Router& router);
    Response listProducts(const Request& request);
    Response addProduct(const Request& request);
    Response showProduct(const Request& request);
    Response changeProduct(const Request& request);
    Response removeProduct(const Request& request);
    Response saveProduct(int status, Product product);
    Response listVouchers(const Request& request);
    Response addVouchers(const Request& request);
    Response cancelVouchers(const Request& request);
    Response librarySale(const Request& request);
    Response changeLibrarySale(const Request& request);
    Response changeRegion(const Request& request);
    void reconcile(const Request& request, Reply reply);

    core::Result<store::Shopper> shopper(const Principal& who);
    core::Result<core::json::object> shown(core::db::Session& session, const store::Shopper& shopper,
                                           const Product& product, bool whole);
    core::Result<bool> isProtected(const Product& product);
    core::Result<core::json::object> shownOrder(const store::Order& order, const std::string& checkout);
    core::Result<std::string> pictureOf(const store::Shopper& shopper, const core::Id& product);
    Response answered(int status, const store::Order& order, const std::string& checkout);

    Parts parts_;
    store::Deliveries deliveries_;
    store::Orders orders_;
    std::atomic<bool> catalogueChanged_ = true;
};

}  // namespace marea::server
