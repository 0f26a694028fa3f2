#include "app/store/storeapi.h"

#include "app/api/calls.h"

namespace marea::app {
namespace {

using core::Result;
using L = QLatin1String;

const QString kStore = QStringLiteral("/api/v1/store");
const QString kOrders = QStringLiteral("/api/v1/store/orders");

QString productPath(const QString& id) {
    return QStringLiteral("/api/v1/store/products/") + id;
}

QString orderPath(const QString& id) {
    return kOrders + QLatin1Char('/') + id;
}

QUrlQuery urlQuery(const StoreQuery& wish, const QString& cursor) {
    QUrlQuery query;
    add(query, L("kind"), wish.kinds);
    add(query, L("shelf"), wish.shelf);
    add(query, L("sort"), wish.sort);
    add(query, L("genre"), wish.genre);
    add(query, L("q"), wish.words);
    if (wish.priceTo >= 0) {
        add(query, L("currency"), wish.currency);
        add(query, L("price_to"), QString::number(wish.priceTo));
    }
    add(query, L("limit"), QString::number(wish.limit));
    add(query, L("cursor"), cursor);
    return query;
}

}  // namespace

Reply<StoreAbout> StoreApi::about() {
    return mapped<StoreAbout>(api_.json({"GET", kStore}), parseStoreAbout);
}

Reply<StorePage> StoreApi::products(const StoreQuery& query, const QString& cursor) {
    return mapped<StorePage>(api_.json({"GET", kStore + QStringLiteral("/products"), urlQuery(query, cursor)}),
                             parseStorePage);
}

Reply<StoreProduct> StoreApi::product(const QString& id) {
    return mapped<StoreProduct>(api_.json({"GET", productPath(id)}), parseStoreProduct);
}

Reply<QByteArray> StoreApi::preview(const QString& id, const QString& mediaId) {
    QUrlQuery query;
    add(query, L("media_id"), mediaId);
    return bytes({"GET", productPath(id) + QStringLiteral("/preview"), query});
}

Reply<QList<StoreReview>> StoreApi::reviews(const QString& id) {
    return mapped<QList<StoreReview>>(api_.json({"GET", productPath(id) + QStringLiteral("/reviews")}),
                                      parseStoreReviews);
}

Reply<bool> StoreApi::review(const QString& id, int stars, const QString& text) {
    return done(api_.json(
        {"PUT", productPath(id) + QStringLiteral("/review"), {}, QJsonObject{{L("stars"), stars}, {L("text"), text}}}));
}

Reply<bool> StoreApi::removeReview(const QString& id) {
    return done(api_.json({"DELETE", productPath(id) + QStringLiteral("/review")}));
}

Reply<StoreOrder> StoreApi::buy(const StoreOrderWish& wish, const QByteArray& key) {
    return mapped<StoreOrder>(api_.json({"POST", kOrders, {}, toJson(wish), {{"Idempotency-Key", key}}}),
                              parseStoreOrder);
}

Reply<StoreOrder> StoreApi::order(const QString& id) {
    return mapped<StoreOrder>(api_.json({"GET", orderPath(id)}), parseStoreOrder);
}

Reply<StoreOrders> StoreApi::orders(const QString& cursor) {
    QUrlQuery query;
    add(query, L("cursor"), cursor);
    return mapped<StoreOrders>(api_.json({"GET", kOrders, query}), parseStoreOrders);
}

Reply<StoreOrder> StoreApi::refund(const QString& id) {
    return mapped<StoreOrder>(api_.json({"POST", orderPath(id) + QStringLiteral("/refund")}), parseStoreOrder);
}

Reply<QByteArray> StoreApi::receipt(const QString& id, const QByteArray& language) {
    return bytes({"GET", orderPath(id) + QStringLiteral("/receipt"), {}, {}, {{"Accept-Language", language}}});
}

Reply<QList<StoreMoney>> StoreApi::balances() {
    QUrlQuery query;
    query.addQueryItem(L("limit"), QStringLiteral("1"));
    return mapped<QList<StoreMoney>>(api_.json({"GET", kStore + QStringLiteral("/wallet"), query}), parseBalances);
}

Reply<StoreMoney> StoreApi::redeem(const QString& code) {
    return mapped<StoreMoney>(
        api_.json({"POST", kStore + QStringLiteral("/vouchers/redeem"), {}, QJsonObject{{L("code"), code}}}),
        [](const QJsonObject& json) { return parseStoreMoney(json[L("credited")].toObject()); });
}

Reply<QByteArray> StoreApi::bytes(const ApiCall& call) {
    return api_.answer(call).then([](const Result<core::HttpResponse>& answer) -> Result<QByteArray> {
        if (!answer)
            return tl::make_unexpected(answer.error());
        if (!answer->ok())
            return tl::make_unexpected(core::errorOf(*answer));
        return answer->body;
    });
}

}  // namespace marea::app
