#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>

#include "core/base/log.h"
#include "server/apps/licence/keywrapper.h"
#include "server/apps/store/books.h"
#include "server/apps/store/orderstore.h"
#include "server/apps/store/paymentprovider.h"
#include "server/apps/store/productstore.h"
#include "server/apps/store/refundrules.h"
#include "server/gateway/workpool.h"

namespace marea::server::store {

struct OrderOptions {
    std::string region;  // where the store is
    RefundRule refunds;
    TimeMs payWithin = TimeMs{3600} * 1000;  // an order that nobody paid is given up then
    TimeMs askAfter = TimeMs{60} * 1000;     // its provider is asked when nothing was heard for so long
};

// Somebody's wish for a product.
struct OrderWish {
    Id product;
    std::string currency, provider, giftTo;  // giftTo: a person's name; empty: for themselves
    std::optional<std::int64_t> amount;      // where people choose what they pay
    bool operator==(const OrderWish&) const = default;
};

// Orders from beginning to end. What money does is decided in books.h, in one transaction each; what providers say
// comes in there, and what they are asked goes out from here. Calls that block say so; thread-safe.
class Orders {
public:
    struct Parts {
        core::db::Database& database;  // that tells of library events
        KeyWrapper& master;
        WorkPool& pool;
        std::shared_ptr<const core::Clock> clock;
        std::shared_ptr<core::Logger> logger;
        std::function<void()> accessChanged;  // somebody sees more, or less, than before; any thread
    };
    using Providers = std::vector<std::unique_ptr<PaymentProvider>>;
    Orders(Parts parts, Providers providers, OrderOptions options);

    struct Placed {
        Order order;
        std::string checkout;  // where it is paid; empty: nowhere (more)
        bool isNew = true;
    };
    using PlacedDone = std::function<void(core::Result<Placed>)>;
    // The same key again: the same order. Blocks until it is written; `done` once, here or on the pool. Conflict: the
    // key was used for another wish, or they have it. Unprocessable: it cannot be sold so. Unavailable: the provider is
    // down; the same request may be made again.
    void place(const Shopper& buyer, const OrderWish& wish, const std::string& key, PlacedDone done);

    using OrderDone = std::function<void(core::Result<Order>)>;
    // As its buyer by the rule, or an owner. NotFound: not theirs. Unprocessable: the rule says no. Conflict: it is in
    // no state for that. Blocks; `done` once, here or on the pool.
    void refund(const Id& order, const Id& asker, bool owner, OrderDone done);

    // What a provider said by itself. Unauthorized: it was not them. Blocks.
    core::Result<void> told(std::string_view provider, const Request& request);

    // Delivers what was ordered ahead, gives up what nobody paid, asks about what was not heard of. Blocks on the
    // database alone.
    void maintain();

    // Compares what the providers say with the books, and takes it in: how many were asked, what differed. Blocks.
    struct Reconciled {
        std::size_t asked = 0, changed = 0;
        std::vector<std::string> problems;
    };
    void reconcile(std::function<void(Reconciled)> done);

    PaymentProvider* provider(std::string_view name) const;
    std::vector<std::string> providerNames() const;
    core::Result<std::string> checkoutOf(const Order& order);  // blocks
    const OrderOptions& options() const { return options_; }

private:
    core::Result<Placed> write(const Shopper& buyer, const OrderWish& wish, const std::string& key);
    core::Result<Order> newOrder(core::db::Session& session, const Shopper& buyer, const OrderWish& wish,
                                 const std::string& key);
    core::Result<Id> recipientOf(core::db::Session& session, const Shopper& buyer, const OrderWish& wish);
    core::Result<void> mayHave(core::db::Session& session, const Shopper& buyer, const OrderWish& wish,
                               const Id& recipient);
    void beginElsewhere(const Order& order, bool isNew, PlacedDone done);
    core::Result<Placed> begun(const Id& order, const PaymentPlace& place, bool isNew);
    core::Result<SealedPlace> sealed(core::db::Session& session, const Id& order, const PaymentPlace& place);
    core::Result<PaymentPlace> placeOf(const Id& order);
    core::Result<Order> giveBack(core::db::Session& session, Order order, TimeMs now);
    core::Result<Order> giveBackSecond(core::db::Session& session, Order order, TimeMs now);
    core::Result<Order> refundWanted(const Id& order, const Id& asker, bool owner);
    void refundElsewhere(const Order& order, OrderDone done);
    core::Result<Order> refunded(const Id& order, const core::Result<PaymentNews>& news);
    core::Result<bool> take(core::db::Session& session, const Id& order, const PaymentNews& news);
    core::Result<bool> takeFrom(core::db::Session& session, std::string_view provider, const Id& order,
                                const PaymentNews& news);
    core::Result<bool> takeDispute(core::db::Session& session, std::string_view provider, const Dispute& dispute);
    core::Result<bool> takeNews(const Id& order, const PaymentNews& news);
    void deliver();
    void closeNeedless();
    bool close(const Order& order);  // false: it cannot be asked for now
    void askUnpaid(const PaymentProvider& provider);
    void askAbout(const Order& order);
    void refundAgain();
    bool isTimeToAsk(const std::string& what);
    void changed();
    void failed(const char* what, const core::Error& error) const;
    struct Reconciling;
    void reconcileNext(const std::shared_ptr<Reconciling>& all);

    Parts parts_;
    Providers providers_;
    OrderOptions options_;
    std::mutex mutex_;
    orderstore::OrderMark closedUpTo_;       // where the look for needless orders goes on
    std::map<std::string, TimeMs> askedAt_;  // when a provider was last asked about an order; kMost of them
};

}  // namespace marea::server::store
