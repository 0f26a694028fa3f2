#include "app/store/storeviewmodel.h"

#include <QLocale>
#include <QQmlEngine>

#include "app/store/storetexts.h"
#include "core/store/money.h"

namespace marea::app {
namespace {

using L = QLatin1String;

constexpr int kTypingMs = 250, kOwnedMs = 150, kShelf = 24;
const QString kCurrencyKey = QStringLiteral("store/currency");

StoreQuery shelf(const char* name) {
    StoreQuery query;
    query.shelf = L(name);
    query.limit = kShelf;
    return query;
}

QVariantMap choice(const QVariant& value, const QString& text, bool checked) {
    return {{L("value"), value}, {L("text"), text}, {L("checked"), checked}};
}

}  // namespace

StoreViewModel::StoreViewModel(ApiClient& api, EventChannel& channel, PlayerViewModel& player, QSettings& settings,
                               Notices& notices, QObject* parent)
    : QObject(parent),
      api_(api),
      store_(api),
      settings_(settings),
      notices_(notices),
      wallet_(api),
      checkout_(api, channel, wallet_),
      orders_(api, notices),
      samples_(api, player),
      selling_(api, notices),
      newest_(api, shelf("new")),
      best_(api, shelf("best")),
      staff_(api, shelf("staff")),
      found_(api, {}) {
    soon_.setSingleShot(true);
    soon_.setInterval(kTypingMs);
    ownedSoon_.setSingleShot(true);
    ownedSoon_.setInterval(kOwnedMs);
    connect(&soon_, &QTimer::timeout, this, &StoreViewModel::ask);
    connect(&ownedSoon_, &QTimer::timeout, this, &StoreViewModel::onOwned);
    connect(&channel, &EventChannel::message, this, &StoreViewModel::onMessage);
    connect(&channel, &EventChannel::outdated, this, [this] { ownedSoon_.start(); });
    connect(&checkout_, &Checkout::bought, this, [this] { ownedSoon_.start(); });
    connect(&orders_, &OrdersModel::refunded, this, [this] { ownedSoon_.start(); });
    connect(&selling_, &SellingViewModel::shelvesChanged, this, &StoreViewModel::reload);
    connect(&wallet_, &Wallet::changed, this, &StoreViewModel::passCurrency);
    for (auto* model : models())
        connect(model, &ProductsModel::changed, this, [this] {
            passCurrency();
            Q_EMIT queryChanged();  // genres are those that were seen
        });
}

void StoreViewModel::enter(bool owner, bool here) {
    owner_ = owner;
    inside_ = !here;
    if (inside_) {
        reload();
        wallet_.reload();
    }
    Q_EMIT changed();
}

void StoreViewModel::clear() {
    inside_ = owner_ = false;
    checkout_.close();
    samples_.stop();
    wallet_.clear();
    orders_.clear();
    selling_.clear();
    query_ = {};
    for (auto* model : models())
        model->clear();
    Q_EMIT queryChanged();
    Q_EMIT changed();
}

void StoreViewModel::retranslate() {
    for (auto* model : models())
        model->retranslate();
    orders_.retranslate();
    selling_.retranslate();
    for (const auto& page : pages_)
        if (page)
            page->retranslate();
    Q_EMIT queryChanged();
    Q_EMIT checkout_.changed();
    Q_EMIT wallet_.changed();
}

void StoreViewModel::reload() {
    if (!inside_)
        return;
    for (auto* model : {&newest_, &best_, &staff_})
        model->reload();
    if (searching())
        found_.reload();
}

// What was bought by the person, on whichever device, and what was given back.
void StoreViewModel::onMessage(const QJsonObject& message) {
    const auto kind = message[L("event")][L("type")].toString();
    if (message[L("type")].toString() == L("library") && kind.startsWith(L("PURCHASE"))) {
        ownedSoon_.start();
        if (kind == L("PURCHASE_REVOKED"))
            sayLost(message[L("event")][L("media_id")].toString());
    } else if (message[L("type")].toString() == L("catalogue"))
        soon_.start();
}

// Of whatever device it was given back: it would be gone from the lists without a word.
void StoreViewModel::sayLost(const QString& mediaId) {
    if (!inside_ || mediaId.isEmpty())
        return;
    deliver(store_.orders({}), this, [this, mediaId](const core::Result<StoreOrders>& orders) {
        for (const auto& order : orders ? orders->items : QList<StoreOrder>())
            if (order.mediaIds.contains(mediaId)) {
                const QString fate = storetexts::fate(order);
                if (!fate.isEmpty())
                    notices_.tell(order.title + QStringLiteral(": ") + fate);
                return;
            }
    });
}

void StoreViewModel::onOwned() {
    if (!inside_)
        return;
    reload();
    wallet_.reload();
    if (orders_.loaded())
        orders_.reload();
    for (const auto& page : pages_)
        if (page)
            page->reload();
    Q_EMIT ownedChanged();
}

void StoreViewModel::ask() {
    if (!inside_)
        return;
    if (searching())
        found_.setQuery(query_);
    else
        reload();
}

void StoreViewModel::setWords(const QString& words) {
    if (words.trimmed() == query_.words)
        return;
    query_.words = words.trimmed();
    soon_.start();
    Q_EMIT queryChanged();
}

void StoreViewModel::setKind(const QString& kind) {
    query_.kinds = kind;
    ask();
    Q_EMIT queryChanged();
}

void StoreViewModel::setGenre(const QString& genre) {
    query_.genre = genre;
    ask();
    Q_EMIT queryChanged();
}

void StoreViewModel::setPriceTo(double minor) {
    query_.priceTo = static_cast<qint64>(minor);
    query_.currency = currency();
    ask();
    Q_EMIT queryChanged();
}

void StoreViewModel::setSort(const QString& sort) {
    query_.sort = sort;
    ask();
    Q_EMIT queryChanged();
}

void StoreViewModel::clearFilters() {
    query_ = {};
    soon_.stop();
    Q_EMIT queryChanged();
}

QVariantList StoreViewModel::kinds() const {
    const QList<std::pair<QString, QString>> all{{{}, tr("Everything")},
                                                 {QStringLiteral("album"), tr("Albums")},
                                                 {QStringLiteral("single"), tr("Films and tracks")},
                                                 {QStringLiteral("series,season"), tr("Series")},
                                                 {QStringLiteral("bundle"), tr("Bundles")}};
    QVariantList list;
    for (const auto& [value, text] : all)
        list << choice(value, text, value == query_.kinds);
    return list;
}

QVariantList StoreViewModel::genres() const {
    QStringList seen;
    for (const auto* model : {&newest_, &best_, &staff_, &found_})
        for (const auto& product : model->items())
            seen << product.genres;
    if (!query_.genre.isEmpty())
        seen << query_.genre;
    seen.removeDuplicates();
    seen.sort(Qt::CaseInsensitive);
    QVariantList list{choice(QString(), tr("Any genre"), query_.genre.isEmpty())};
    for (const auto& genre : seen)
        list << choice(genre, genre, genre == query_.genre);
    return list;
}

QVariantList StoreViewModel::prices() const {
    QVariantList list{choice(-1.0, tr("Any price"), query_.priceTo < 0)};
    const QString code = currency();
    if (code.isEmpty())  // all of it is free, and the server takes no price without a currency
        return list;
    list << choice(0.0, tr("Free"), query_.priceTo == 0);
    qint64 unit = 1;
    for (int digit = 0; digit < core::store::minorDigits(code.toStdString()); ++digit)
        unit *= 10;
    if (unit == 1)
        unit = 100;  // what costs a euro costs about a hundred of these
    for (const int many : {5, 10, 20}) {
        const qint64 most = many * unit;
        list << choice(static_cast<double>(most), tr("Up to %1").arg(storetexts::money({most, code})),
                       query_.priceTo == most);
    }
    return list;
}

QVariantList StoreViewModel::sorts() const {
    QVariantList list;
    const QList<std::pair<QString, QString>> all{{QStringLiteral("new"), tr("Newest first")},
                                                 {QStringLiteral("best"), tr("Best-selling first")},
                                                 {QStringLiteral("title"), tr("By title")}};
    for (const auto& [value, text] : all)
        list << choice(value, text, value == query_.sort);
    return list;
}

// What somebody chose, else what they have credit in, else what something is sold for.
QString StoreViewModel::currency() const {
    const QString chosen = settings_.value(kCurrencyKey).toString();
    if (!chosen.isEmpty())
        return chosen;
    for (const auto& money : wallet_.balances())
        if (money.amount > 0)
            return money.currency;
    for (const auto& product : newest_.items())
        if (!product.prices.isEmpty())
            return product.prices.first().now.currency;
    return {};
}

QVariantList StoreViewModel::currencies() const {
    QStringList seen;
    for (const auto* model : {&newest_, &best_, &staff_, &found_})
        for (const auto& product : model->items())
            for (const auto& price : product.prices)
                seen << price.now.currency;
    seen.removeDuplicates();
    seen.sort();
    QVariantList list;
    for (const auto& code : seen)
        list << choice(code, code, code == currency());
    return list;
}

void StoreViewModel::setCurrency(const QString& currency) {
    settings_.setValue(kCurrencyKey, currency);
    if (query_.priceTo > 0)  // so much is something else there
        setPriceTo(-1);
    passCurrency();
    for (const auto& page : pages_)
        if (page)
            page->setCurrency(currency);
}

void StoreViewModel::passCurrency() {
    for (auto* model : models())
        model->setCurrency(currency());
    Q_EMIT changed();
}

ProductViewModel* StoreViewModel::product(const QString& id) {
    pages_.removeIf([](const auto& page) { return page.isNull(); });
    auto* page = new ProductViewModel(api_, id, currency());
    QQmlEngine::setObjectOwnership(page, QQmlEngine::JavaScriptOwnership);
    pages_ << page;
    return page;
}

OfferViewModel* StoreViewModel::offer(const QString& productId, const QString& mediaId) {
    auto* page = new OfferViewModel(api_, productId, mediaId);
    QQmlEngine::setObjectOwnership(page, QQmlEngine::JavaScriptOwnership);
    return page;
}

}  // namespace marea::app
