#include "app/store/productviewmodel.h"

#include <QLocale>

#include "app/store/storetexts.h"
#include "app/viewmodels/texts.h"
#include "app/viewmodels/times.h"

namespace marea::app {
namespace {

using core::Result;
using L = QLatin1String;

QString leadOf(const StorePart& part) {
    const int number = part.kind == L("episode") ? part.episode : part.track;
    return number > 0 ? QString::number(number) : QString();
}

// What a part's title does not say, and the product's own line neither.
QString detailOf(const StorePart& part, const StoreProduct& product) {
    if (part.kind == L("episode"))
        return part.season > 0 ? ProductViewModel::tr("Season %1").arg(part.season) : QString();
    return part.artist != product.artist ? part.artist : QString();
}

}  // namespace

ProductViewModel::ProductViewModel(ApiClient& api, QString id, QString currency, QObject* parent)
    : QObject(parent), store_(api), id_(std::move(id)), currency_(std::move(currency)) {
    reload();
}

void ProductViewModel::reload() {
    loading_ = true;
    Q_EMIT changed();
    deliver(store_.product(id_), this, [this](const Result<StoreProduct>& product) {
        loading_ = false;
        failed_ = !product;
        if (product)
            product_ = *product;
        else
            error_ = texts::error(product.error());
        Q_EMIT changed();
    });
    readReviews();
}

void ProductViewModel::readReviews() {
    deliver(store_.reviews(id_), this, [this](const Result<QList<StoreReview>>& reviews) {
        if (reviews)
            reviews_ = *reviews;
        reviewsLoaded_ = reviewsLoaded_ || reviews;
        reviewsError_ = reviews ? QString() : texts::error(reviews.error());
        Q_EMIT changed();
    });
}

QString ProductViewModel::kindText() const {
    return storetexts::kind(product_);
}

QString ProductViewModel::price() const {
    return storetexts::price(product_, currency_);
}

QString ProductViewModel::oldPrice() const {
    return storetexts::oldPrice(product_, currency_);
}

QString ProductViewModel::note() const {
    return storetexts::note(product_, currency_);
}

QString ProductViewModel::actionText() const {
    const auto* found = priceIn(product_, currency_);
    if (product_.preorder)
        return found ? tr("Order ahead for %1").arg(storetexts::money(found->now)) : tr("Order ahead");
    if (product_.choose())
        return tr("Buy");
    return product_.free() || !found || found->now.amount == 0 ? tr("Get it")
                                                               : tr("Buy for %1").arg(storetexts::money(found->now));
}

// A series is downloaded by episodes, and a bundle by its titles, each on its own page.
QString ProductViewModel::keepable() const {
    const QString& kind = product_.mediaKind;
    const bool one = product_.mediaIds.size() == 1 && kind != L("series") && kind != L("season");
    return here() && one ? product_.mediaIds.first() : QString();
}

QString ProductViewModel::withheldText() const {
    return storetexts::withheld(product_.withheld);
}

QVariantList ProductViewModel::parts() const {
    QVariantList list;
    for (const auto& part : product_.parts)
        list << QVariantMap{{L("mediaId"), part.mediaId},
                            {L("lead"), leadOf(part)},
                            {L("title"), part.title},
                            {L("detail"), detailOf(part, product_)},
                            {L("time"), part.duration > 0 ? texts::clock(part.duration) : QString()},
                            {L("preview"), part.preview}};
    return list;
}

QString ProductViewModel::starsText() const {
    if (product_.reviews == 0)
        return tr("No reviews yet");
    return tr("%1 of 5").arg(QLocale().toString(product_.stars, 'f', 1)) + QStringLiteral(" · ") +
           tr("%n review(s)", nullptr, product_.reviews);
}

QVariantList ProductViewModel::reviews() const {
    QVariantList list;
    for (const auto& review : reviews_)
        list << QVariantMap{{L("name"), review.own ? tr("You") : review.username},
                            {L("stars"), review.stars},
                            {L("text"), review.text},
                            {L("when"), times::ago(review.at)},
                            {L("own"), review.own}};
    return list;
}

const StoreReview* ProductViewModel::own() const {
    for (const auto& review : reviews_)
        if (review.own)
            return &review;
    return nullptr;
}

int ProductViewModel::ownStars() const {
    const auto* mine = own();
    return mine ? mine->stars : 0;
}

QString ProductViewModel::ownText() const {
    const auto* mine = own();
    return mine ? mine->text : QString();
}

void ProductViewModel::review(int stars, const QString& text) {
    deliver(store_.review(id_, stars, text.trimmed()), this, [this](const Result<bool>& done) { onReviewed(done); });
}

void ProductViewModel::removeReview() {
    deliver(store_.removeReview(id_), this, [this](const Result<bool>& done) { onReviewed(done); });
}

void ProductViewModel::onReviewed(const Result<bool>& done) {
    reviewError_ = done ? QString() : texts::error(done.error());
    Q_EMIT changed();
    if (!done)
        return;
    Q_EMIT reviewed();
    reload();
}

void ProductViewModel::setCurrency(const QString& currency) {
    currency_ = currency;
    Q_EMIT changed();
}

}  // namespace marea::app
