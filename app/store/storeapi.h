#pragma once

#include "app/api/apiclient.h"
#include "app/store/storetypes.h"

namespace marea::app {

// The routes of the server's store, for whoever buys. GUI thread.
class StoreApi {
public:
    explicit StoreApi(ApiClient& api) : api_(api) {}

    Reply<StoreAbout> about();
    Reply<StorePage> products(const StoreQuery& query, const QString& cursor);
    Reply<StoreProduct> product(const QString& id);
    // Half a minute of a track of it, as a file of sound.
    Reply<QByteArray> preview(const QString& id, const QString& mediaId);
    Reply<QList<StoreReview>> reviews(const QString& id);
    Reply<bool> review(const QString& id, int stars, const QString& text);
    Reply<bool> removeReview(const QString& id);

    // The same key again is the same order.
    Reply<StoreOrder> buy(const StoreOrderWish& wish, const QByteArray& key);
    Reply<StoreOrder> order(const QString& id);
    Reply<StoreOrders> orders(const QString& cursor);
    Reply<StoreOrder> refund(const QString& id);
    Reply<QByteArray> receipt(const QString& id, const QByteArray& language);  // a page to print

    Reply<QList<StoreMoney>> balances();
    Reply<StoreMoney> redeem(const QString& code);  // what it was worth

private:
    Reply<QByteArray> bytes(const ApiCall& call);

    ApiClient& api_;
};

}  // namespace marea::app
