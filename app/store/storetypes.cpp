#include "app/store/storetypes.h"

#include "app/api/jsonlists.h"

namespace marea::app {
namespace {

using L = QLatin1String;

StorePrice parsePrice(const QJsonObject& json) {
    return {parseStoreMoney(json), json[L("list_amount")].toInteger(), json[L("percent_off")].toInt(),
            json[L("sale_until")].toInteger()};
}

StorePart parsePart(const QJsonObject& json) {
    StorePart part;
    part.mediaId = json[L("media_id")].toString();
    part.kind = json[L("kind")].toString();
    part.title = json[L("title")].toString();
    part.artist = json[L("artist")].toString();
    part.album = json[L("album")].toString();
    part.season = json[L("season")].toInt();
    part.episode = json[L("episode")].toInt();
    part.disc = json[L("disc")].toInt();
    part.track = json[L("track")].toInt();
    part.duration = json[L("duration")].toDouble();
    part.preview = json[L("preview")].toBool();
    return part;
}

void readTitles(StoreProduct& product, const QJsonArray& titles) {
    for (const auto& value : titles)
        for (const auto& genre : stringsOf(value[L("genres")]))
            if (!product.genres.contains(genre))
                product.genres << genre;
    const auto first = titles.at(0).toObject();
    product.artist = first[L("artist")].toString();
    product.mediaKind = first[L("kind")].toString();
    product.year = first[L("year")].toInt();
    product.count = titles.size() == 1 ? first[L("parts")].toInt() : static_cast<int>(titles.size());
    if (product.overview.isEmpty())
        product.overview = first[L("overview")].toString();
}

StoreReview parseReview(const QJsonObject& json) {
    return {json[L("user_id")].toString(), json[L("username")].toString(),    json[L("text")].toString(),
            json[L("stars")].toInt(),      json[L("updated_at")].toInteger(), json[L("own")].toBool()};
}

}  // namespace

StoreMoney parseStoreMoney(const QJsonObject& json) {
    return {json[L("amount")].toInteger(), json[L("currency")].toString()};
}

QJsonObject toJson(const StoreOrderWish& wish) {
    QJsonObject json{{L("product_id"), wish.productId}, {L("provider"), wish.provider}};
    if (!wish.currency.isEmpty())
        json[L("currency")] = wish.currency;
    if (!wish.giftTo.isEmpty())
        json[L("gift_to")] = wish.giftTo;
    if (wish.amount)
        json[L("amount")] = *wish.amount;
    return json;
}

StoreProduct parseStoreProduct(const QJsonObject& json) {
    StoreProduct product;
    product.id = json[L("id")].toString();
    product.kind = json[L("kind")].toString();
    product.title = json[L("title")].toString();
    product.overview = json[L("overview")].toString();
    product.pricing = json[L("pricing")].toString();
    product.artworkUrl = json[L("artwork_url")].toString();
    product.mediaIds = stringsOf(json[L("media_ids")]);
    product.prices = listOf<StorePrice>(json[L("prices")], parsePrice);
    product.parts = listOf<StorePart>(json[L("parts")], parsePart);
    product.releaseAt = json[L("release_at")].toInteger();
    product.stars = json[L("stars")].toDouble();
    product.reviews = json[L("reviews")].toInt();
    product.preorder = json[L("preorder")].toBool();
    product.owned = json[L("owned")].toBool();
    product.withheld = json[L("withheld")].toString();
    product.isProtected = json[L("protected")].toBool();
    product.trailer = json[L("trailer")].toBool();
    readTitles(product, json[L("titles")].toArray());
    return product;
}

StorePage parseStorePage(const QJsonObject& json) {
    return {listOf<StoreProduct>(json[L("items")], parseStoreProduct), json[L("next_cursor")].toString()};
}

StoreAbout parseStoreAbout(const QJsonObject& json) {
    return {stringsOf(json[L("providers")]), json[L("refund_days")].toInt()};
}

StoreOrder parseStoreOrder(const QJsonObject& json) {
    StoreOrder order;
    order.id = json[L("id")].toString();
    order.state = json[L("state")].toString();
    order.productId = json[L("product_id")].toString();
    order.title = json[L("title")].toString();
    order.provider = json[L("provider")].toString();
    order.checkoutUrl = json[L("checkout_url")].toString();
    order.artworkUrl = json[L("artwork_url")].toString();
    order.mediaIds = stringsOf(json[L("media_ids")]);
    order.price = parseStoreMoney(json[L("price")].toObject());
    order.startsAt = json[L("starts_at")].toInteger();
    order.createdAt = json[L("created_at")].toInteger();
    order.paidAt = json[L("paid_at")].toInteger();
    order.receipt = json[L("receipt")].toInt();
    order.gift = json[L("gift")].toBool();
    order.refundPending = json[L("refund_pending")].toBool();
    order.refunded = json[L("refunded")].toInteger();
    order.disputed = json[L("disputed")].toBool();
    for (const auto& event : json[L("history")].toArray())
        order.disputeLost = order.disputeLost || event[L("event")].toString() == L("dispute_lost");
    return order;
}

StoreOrders parseStoreOrders(const QJsonObject& json) {
    return {listOf<StoreOrder>(json[L("items")], parseStoreOrder), json[L("next_cursor")].toString()};
}

QList<StoreReview> parseStoreReviews(const QJsonObject& json) {
    return listOf<StoreReview>(json[L("items")], parseReview);
}

QList<StoreMoney> parseBalances(const QJsonObject& json) {
    return listOf<StoreMoney>(json[L("balances")], parseStoreMoney);
}

const StorePrice* priceIn(const StoreProduct& product, const QString& currency) {
    for (const auto& price : product.prices)
        if (price.now.currency == currency)
            return &price;
    return product.prices.isEmpty() ? nullptr : &product.prices.first();
}

}  // namespace marea::app
