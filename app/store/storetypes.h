#pragma once

#include <optional>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

// What the server's store says, as the application understands it. Money is a whole number of minor units with an
// ISO 4217 code; times are UTC milliseconds, 0 for none. Pure.
namespace marea::app {

struct StoreMoney {
    qint64 amount = 0;
    QString currency;
    bool operator==(const StoreMoney&) const = default;
};

// What it costs in one currency, just now.
struct StorePrice {
    StoreMoney now;
    qint64 list = 0;     // without the sale
    int percentOff = 0;  // 0: no sale
    qint64 saleUntil = 0;
};

// What is played of a product.
struct StorePart {
    QString mediaId, kind, title, artist, album;
    int season = 0, episode = 0, disc = 0, track = 0;
    double duration = 0;  // seconds
    bool preview = false;
};

struct StoreProduct {
    QString id, kind, title, overview, pricing, artworkUrl;  // pricing: "fixed", "free", "choose"
    QString artist, mediaKind;                               // of its first title
    QStringList genres, mediaIds;
    QList<StorePrice> prices;
    QList<StorePart> parts;  // of one product alone
    qint64 releaseAt = 0;
    double stars = 0;
    QString withheld;  // why somebody who bought it has not got it now: "refunded", "disputed" …; empty: they have
    int year = 0, count = 0, reviews = 0;  // count: of its titles, or of what is on its album
    bool preorder = false, owned = false, isProtected = false;
    bool trailer = false;  // known of one product alone

    bool free() const { return pricing == QLatin1String("free"); }
    bool choose() const { return pricing == QLatin1String("choose"); }
};

template <class Item>
struct StorePageOf {
    QList<Item> items;
    QString nextCursor;
};
using StorePage = StorePageOf<StoreProduct>;

struct StoreQuery {
    QString kinds, shelf, sort, genre, words, currency;  // empty: any
    qint64 priceTo = -1;                                 // minor units of currency; -1: any
    int limit = 50;
    bool narrowed() const {
        return !kinds.isEmpty() || !genre.isEmpty() || !words.isEmpty() || !sort.isEmpty() || priceTo >= 0;
    }
};

struct StoreAbout {
    QStringList providers;  // "wallet", "stripe"
    int refundDays = 0;
};

struct StoreReview {
    QString userId, username, text;
    int stars = 0;  // 1 to 5
    qint64 at = 0;
    bool own = false;
};

struct StoreOrder {
    QString id, state, productId, title, provider, checkoutUrl, artworkUrl;
    QStringList mediaIds;
    StoreMoney price;
    qint64 startsAt = 0, createdAt = 0, paidAt = 0;
    int receipt = 0;      // its number; 0: none yet
    qint64 refunded = 0;  // of the price, by now
    bool gift = false, refundPending = false;
    bool disputed = false;     // the bank took the payment back until it is decided whose it is
    bool disputeLost = false;  // and that was decided against it

    bool partlyRefunded() const { return refunded > 0 && held(); }
    bool withheld() const { return held() && (refundPending || disputed); }
    bool waits() const { return state == QLatin1String("created") || state == QLatin1String("pending"); }
    bool held() const { return state == QLatin1String("paid") || state == QLatin1String("fulfilled"); }
};

using StoreOrders = StorePageOf<StoreOrder>;

struct StoreOrderWish {
    QString productId, currency, provider, giftTo;
    std::optional<qint64> amount;  // where people choose
    bool operator==(const StoreOrderWish&) const = default;
};
QJsonObject toJson(const StoreOrderWish& wish);

StoreProduct parseStoreProduct(const QJsonObject& json);
StorePage parseStorePage(const QJsonObject& json);
StoreAbout parseStoreAbout(const QJsonObject& json);
StoreOrder parseStoreOrder(const QJsonObject& json);
StoreOrders parseStoreOrders(const QJsonObject& json);
QList<StoreReview> parseStoreReviews(const QJsonObject& json);
QList<StoreMoney> parseBalances(const QJsonObject& json);
StoreMoney parseStoreMoney(const QJsonObject& json);

// The price to be shown: in the wished currency, else the first there is. Null for what is free.
const StorePrice* priceIn(const StoreProduct& product, const QString& currency);

}  // namespace marea::app
