#include "app/store/offerviewmodel.h"

#include "app/viewmodels/texts.h"

namespace marea::app {
namespace {

using core::Result;
using L = QLatin1String;

const QString kOffers = QStringLiteral("/api/v1/admin/products");
constexpr int kFound = 8;

OfferTitle titleOf(const MediaItem& item) {
    return {item.id, item.kind, item.title, texts::subtitle(item)};
}

QVariantList rows(const QList<OfferTitle>& titles) {
    QVariantList list;
    for (const auto& title : titles)
        list << QVariantMap{{L("id"), title.id}, {L("title"), title.title}, {L("detail"), title.detail}};
    return list;
}

}  // namespace

OfferViewModel::OfferViewModel(ApiClient& api, const QString& productId, const QString& mediaId, QObject* parent)
    : QObject(parent), api_(api) {
    draft_.id = productId;
    draft_.prices << OfferPrice{QStringLiteral("EUR"), {}};
    loaded_ = productId.isEmpty();
    if (!productId.isEmpty())
        load();
    else if (!mediaId.isEmpty())
        add(mediaId);
}

void OfferViewModel::load() {
    if (loaded_)
        return;
    problem_.clear();
    Q_EMIT changed();
    deliver(api_.json({"GET", kOffers + QLatin1Char('/') + draft_.id}), this, [this](const Result<QJsonObject>& json) {
        if (!json)
            return fail(texts::error(json.error()));
        draft_ = offerFrom(*json);
        loaded_ = true;
        for (const auto& title : draft_.titles)
            learn(title.id, false);
        Q_EMIT changed();
    });
}

// What it is called; `names`: so the product is called, too, unless it has a name.
void OfferViewModel::learn(const QString& mediaId, bool names) {
    deliver(api_.item(mediaId), this, [this, mediaId, names](const Result<MediaItem>& item) {
        for (auto& title : draft_.titles)
            if (item && title.id == mediaId)
                title = titleOf(*item);
        if (item && names && draft_.title.isEmpty() && draft_.titles.size() == 1)
            draft_.title = item->title;
        Q_EMIT changed();
    });
}

void OfferViewModel::put(QString& field, const QString& text) {
    if (field == text)
        return;
    field = text;
    problem_.clear();
    Q_EMIT changed();
}

void OfferViewModel::setStaffPick(bool on) {
    draft_.staffPick = on;
    Q_EMIT changed();
}

QString OfferViewModel::kindText() const {
    if (draft_.titles.isEmpty())
        return {};
    const QString kind = offerKind(draft_.titles);
    return kind == L("bundle")   ? tr("A bundle")
           : kind == L("album")  ? tr("An album, with what is added to it later")
           : kind == L("season") ? tr("A season, with what is added to it later")
           : kind == L("series") ? tr("A series, with what is added to it later")
                                 : tr("One title");
}

QVariantList OfferViewModel::titles() const {
    return rows(draft_.titles);
}

QVariantList OfferViewModel::found() const {
    return rows(found_);
}

QVariantList OfferViewModel::prices() const {
    QVariantList list;
    for (const auto& price : draft_.prices)
        list << QVariantMap{{L("currency"), price.currency}, {L("amount"), price.amount}};
    return list;
}

// Without a signal: whoever types has it already.
void OfferViewModel::setPrice(int row, const QString& currency, const QString& amount) {
    if (row >= 0 && row < draft_.prices.size())
        draft_.prices[row] = {currency, amount};
}

void OfferViewModel::addPrice() {
    draft_.prices << OfferPrice{};
    Q_EMIT changed();
}

void OfferViewModel::removePrice(int row) {
    if (row >= 0 && row < draft_.prices.size())
        draft_.prices.removeAt(row);
    Q_EMIT changed();
}

void OfferViewModel::look(const QString& words) {
    const int asked = ++looked_;
    if (words.trimmed().isEmpty()) {
        found_.clear();
        Q_EMIT foundChanged();
        return;
    }
    MediaQuery query;
    query.search = words.trimmed();
    query.kind = QStringLiteral("movie,video,episode,season,series,album,track,audiobook");
    query.limit = kFound;
    deliver(api_.media(query, {}), this, [this, asked](const Result<MediaPage>& page) {
        if (asked != looked_ || !page)
            return;
        found_.clear();
        for (const auto& item : page->items)
            found_ << titleOf(item);
        Q_EMIT foundChanged();
    });
}

void OfferViewModel::add(const QString& mediaId) {
    for (const auto& title : draft_.titles)
        if (title.id == mediaId)
            return;
    draft_.titles << OfferTitle{mediaId, {}, {}, {}};
    learn(mediaId, true);
    Q_EMIT changed();
}

void OfferViewModel::drop(const QString& mediaId) {
    draft_.titles.removeIf([&](const OfferTitle& title) { return title.id == mediaId; });
    Q_EMIT changed();
}

void OfferViewModel::save(const QString& state) {
    if (busy_)
        return;
    OfferDraft wished = draft_;
    wished.state = state;
    const auto json = offerJson(wished);
    if (!json)
        return fail(QString::fromStdString(json.error().text));
    busy_ = true;
    problem_.clear();
    Q_EMIT changed();
    const ApiCall call = isNew() ? ApiCall{"POST", kOffers, {}, *json}
                                 : ApiCall{"PUT", kOffers + QLatin1Char('/') + draft_.id, {}, *json};
    deliver(api_.json(call), this, [this](const Result<QJsonObject>& done) {
        busy_ = false;
        if (!done)
            return fail(texts::error(done.error()));
        draft_.id = (*done)[L("id")].toString();
        draft_.state = (*done)[L("state")].toString();
        Q_EMIT changed();
        Q_EMIT saved();
    });
}

void OfferViewModel::fail(const QString& text) {
    problem_ = text;
    Q_EMIT changed();
}

}  // namespace marea::app
