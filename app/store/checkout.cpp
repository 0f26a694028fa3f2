#include "app/store/checkout.h"

#include <QDesktopServices>
#include <QUuid>

#include "app/store/storetexts.h"
#include "app/viewmodels/texts.h"

namespace marea::app {
namespace {

using core::ErrorCode;
using core::Result;
using L = QLatin1String;

constexpr int kLookMs = 5000;  // events are told at once; this is for those that were missed

QVariantMap choiceOf(const QString& value, const QString& text) {
    return {{L("value"), value}, {L("text"), text}};
}

}  // namespace

Bill billOf(const StoreProduct& product, const QString& currency, const QString& typed) {
    if (product.free())
        return {{0, currency}, true, {}};
    const auto* price = priceIn(product, currency);
    if (!price)
        return {{}, false, Checkout::tr("This is not sold.")};
    if (!product.choose())
        return {price->now, true, {}};
    const auto chosen = storetexts::minorOf(typed, price->now.currency);
    if (!chosen)
        return {{}, false, typed.isEmpty() ? QString() : Checkout::tr("That is no amount.")};
    if (*chosen < price->now.amount)
        return {{}, false, Checkout::tr("It is %1 at least.").arg(storetexts::money(price->now))};
    return {{*chosen, price->now.currency}, true, {}};
}

Checkout::Checkout(ApiClient& api, EventChannel& channel, Wallet& wallet, QObject* parent)
    : QObject(parent), store_(api), wallet_(wallet), browser_(&QDesktopServices::openUrl) {
    again_.setSingleShot(true);
    again_.setInterval(kLookMs);
    connect(&again_, &QTimer::timeout, this, &Checkout::look);
    connect(&channel, &EventChannel::message, this, &Checkout::onMessage);
    connect(&channel, &EventChannel::connected, this, &Checkout::look);
    connect(&wallet_, &Wallet::changed, this, &Checkout::changed);
}

void Checkout::set(Step step, const QString& problem) {
    step_ = step;
    problem_ = problem;
    Q_EMIT changed();
}

Bill Checkout::bill() const {
    return billOf(product_, currency_, amount_);
}

StoreOrderWish Checkout::wish() const {
    StoreOrderWish wish{product_.id,
                        product_.free() ? QString() : bill().total.currency,
                        isFree() ? QStringLiteral("wallet") : provider(),
                        gift_ ? giftTo_.trimmed() : QString(),
                        {}};
    if (product_.choose())
        wish.amount = bill().total.amount;
    return wish;
}

void Checkout::open(const QString& productId, const QString& currency) {
    again_.stop();
    product_ = {};
    order_ = {};
    amount_.clear();
    giftTo_.clear();
    provider_.clear();
    gift_ = false;
    currency_ = currency;
    set(Step::Loading);
    wallet_.forget();
    wallet_.reload();
    const int asked = ++generation_;
    deliver(store_.about(), this, [this](const Result<StoreAbout>& about) {
        if (about)
            about_ = *about;
        Q_EMIT changed();
    });
    deliver(store_.product(productId), this, [this, asked](const Result<StoreProduct>& product) {
        if (asked != generation_)
            return;
        if (!product)
            return set(Step::Asking, texts::error(product.error()));
        product_ = *product;
        if (const auto* price = priceIn(product_, currency_)) {
            currency_ = price->now.currency;
            amount_ = storetexts::typed(price->now);
        }
        set(Step::Asking);
    });
}

QString Checkout::kindText() const {
    return storetexts::kind(product_);
}

QString Checkout::leastText() const {
    const auto* price = priceIn(product_, currency_);
    return product_.choose() && price ? tr("At least %1").arg(storetexts::money(price->now)) : QString();
}

QString Checkout::totalText() const {
    const Bill due = bill();
    return !due.fits ? QString() : due.total.amount == 0 ? tr("Free") : storetexts::money(due.total);
}

QVariantList Checkout::currencies() const {
    QVariantList list;
    for (const auto& price : product_.prices)
        list << choiceOf(price.now.currency, price.now.currency);
    return list;
}

QVariantList Checkout::providers() const {
    QVariantList list;
    for (const auto& name : about_.providers)
        list << choiceOf(name, storetexts::provider(name));
    return list;
}

// Credit where there is enough of it, else what else there is.
QString Checkout::provider() const {
    if (!provider_.isEmpty())
        return provider_;
    const Bill due = bill();
    const bool enough = due.fits && wallet_.in(due.total.currency) >= due.total.amount;
    for (const auto& name : about_.providers)
        if (name != L("wallet") && !enough)
            return name;
    return QStringLiteral("wallet");
}

QString Checkout::balanceText() const {
    return tr("You have %1.").arg(storetexts::money({wallet_.in(currency_), currency_}));
}

bool Checkout::lacksCredit() const {
    const Bill due = bill();
    return due.fits && provider() == L("wallet") && wallet_.in(due.total.currency) < due.total.amount;
}

bool Checkout::ready() const {
    return step_ == Step::Asking && !product_.id.isEmpty() && bill().fits && !lacksCredit() &&
           (!gift_ || !giftTo_.trimmed().isEmpty());
}

QString Checkout::rule() const {
    return about_.refundDays <= 0 ? QString()
                                  : tr("You can give it back for %n day(s), while nothing of it was downloaded and no "
                                       "more than a quarter of it "
                                       "was played.",
                                       nullptr, about_.refundDays);
}

QString Checkout::note() const {
    return storetexts::note(product_, currency_);
}

void Checkout::setAmount(const QString& typed) {
    amount_ = typed;
    set(step_, bill().problem);
}

void Checkout::setCurrency(const QString& currency) {
    currency_ = currency;
    if (const auto* price = priceIn(product_, currency_))
        amount_ = storetexts::typed(price->now);
    set(step_);
}

void Checkout::setProvider(const QString& provider) {
    provider_ = provider;
    set(step_);
}

void Checkout::setGift(bool on, const QString& name) {
    gift_ = on;
    giftTo_ = name;
    set(step_);
}

// What may have reached the server is asked again with the same key: it is one order, however often it was tried.
void Checkout::confirm() {
    if (!ready())
        return;
    const StoreOrderWish wanted = wish();
    if (key_.isEmpty() || !(wanted == keyed_)) {
        keyed_ = wanted;
        key_ = QUuid::createUuid().toByteArray(QUuid::WithoutBraces);
    }
    set(Step::Buying);
    deliver(store_.buy(wanted, key_), this, [this, asked = ++generation_](const Result<StoreOrder>& order) {
        if (asked == generation_)
            onOrder(order);
    });
}

void Checkout::onOrder(const Result<StoreOrder>& order) {
    if (!order) {
        const auto code = order.error().code;
        const bool unsure = code == ErrorCode::Unavailable || code == ErrorCode::Timeout;
        return set(Step::Asking, unsure ? tr("The server did not answer. Try again: it is bought once.")
                                        : texts::error(order.error()));
    }
    follow(*order);
    if (step_ == Step::Pending)
        openPage();
}

void Checkout::follow(const StoreOrder& order) {
    order_ = order;
    if (order.waits()) {
        again_.start();
        return set(Step::Pending, step_ == Step::Pending ? problem_ : QString());
    }
    again_.stop();
    key_.clear();  // what is bought next is another order
    wallet_.reload();
    if (!order.held())
        return set(Step::Asking,
                   order.state == L("refunded") ? tr("This was refunded.") : tr("It was not paid. Nothing was taken."));
    set(Step::Done);
    Q_EMIT bought(product_.id);
}

void Checkout::look() {
    if (step_ != Step::Pending)
        return;
    deliver(store_.order(order_.id), this, [this, asked = generation_](const Result<StoreOrder>& order) {
        if (asked != generation_ || step_ != Step::Pending)
            return;
        if (order)
            return follow(*order);
        again_.start();
    });
}

void Checkout::onMessage(const QJsonObject& message) {
    if (message[L("type")].toString() == L("library") && message[L("event")][L("type")].toString() == L("PURCHASED"))
        look();
}

// Only a page that cannot be read on its way.
void Checkout::openPage() {
    const QUrl page(order_.checkoutUrl, QUrl::StrictMode);
    const bool opened = page.scheme() == L("https") && browser_(page);
    set(step_, opened ? QString() : tr("The page for paying could not be opened in a browser."));
}

QString Checkout::doneText() const {
    if (gift_)
        return tr("%1 has it now.").arg(giftTo_.trimmed());
    return order_.state == L("paid") ? tr("It is yours, and comes on %1.").arg(storetexts::day(order_.startsAt))
                                     : tr("It is in your library.");
}

bool Checkout::playable() const {
    return step_ == Step::Done && !gift_ && order_.state == L("fulfilled");
}

// An order that waits stays one: it is among one's purchases.
void Checkout::close() {
    ++generation_;
    again_.stop();
    set(Step::Closed);
}

}  // namespace marea::app
