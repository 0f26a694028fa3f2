#include "app/viewmodels/facetsviewmodel.h"

#include <QLocale>

#include "app/viewmodels/mergedfacets.h"
#include "app/viewmodels/texts.h"
#include "app/viewmodels/titlemerge.h"

namespace marea::app {
namespace {

using core::Result;
using L = QLatin1String;

constexpr int kDecade = 10;

QVariantMap choice(const QString& text, const QString& detail, const QVariant& value, bool checked) {
    return {{L("text"), text}, {L("detail"), detail}, {L("value"), value}, {L("checked"), checked}};
}

// None where it would count twice what several libraries have.
QString number(const FacetValue& value) {
    return value.atMost ? QString() : QLocale().toString(value.count);
}

}  // namespace

FacetsViewModel::FacetsViewModel(ApiClient& api, QObject* parent) : QObject(parent), api_(api) {}

void FacetsViewModel::setModel(MediaModel* model) {
    if (model_ == model)
        return;
    if (model_)
        model_->disconnect(this);
    model_ = model;
    loaded_ = false;
    if (model_) {
        connect(model_, &MediaModel::queryChanged, this, &FacetsViewModel::onQuery);
        connect(model_, &MediaModel::modelReset, this, &FacetsViewModel::changed);
    }
    Q_EMIT changed();
}

void FacetsViewModel::onQuery() {
    Q_EMIT changed();
    if (wanted_)
        load();
}

void FacetsViewModel::load() {
    if (!model_)
        return;
    wanted_ = true;
    told_.clear();
    missing_.clear();
    error_.clear();
    open_ = 1;
    loadElsewhere(++asked_);
    deliver(api_.facets(model_->query()), this,
            [this, asked = asked_](const Result<Facets>& facets) { onAnswer(asked, {}, facets); });
}

void FacetsViewModel::loadElsewhere(int asked) {
    const auto query = model_->query();
    if (!elsewhere_ || !elsewhere_->once() || !TitleMerge::canMerge(query))
        return;
    for (auto* object : elsewhere_->places()) {
        auto* place = qobject_cast<LibraryElsewhere*>(object);
        ++open_;
        place->ask<Facets>([query](ApiClient& api) { return api.facets(query); }, this,
                           [this, asked, address = place->address()](const Result<Facets>& facets) {
                               onAnswer(asked, address, facets);
                           });
    }
}

// Of whichever library; who does not answer has nothing to add. `place`: as a title's.
void FacetsViewModel::onAnswer(int asked, const QString& place, const Result<Facets>& facets) {
    if (asked != asked_)
        return;
    --open_;
    if (facets) {
        told_ << *facets;
        facets_ = mergedFacets(told_);
        loaded_ = true;
    } else {
        if (isMissed(facets.error()))
            missing_ << place;
        if (error_.isEmpty() || place.isEmpty())
            error_ = texts::error(facets.error());
    }
    Q_EMIT changed();
}

void FacetsViewModel::setElsewhere(Elsewhere* elsewhere) {
    elsewhere_ = elsewhere;
    const auto anew = [this] {
        if (wanted_)
            load();
    };
    connect(elsewhere, &Elsewhere::placesChanged, this, anew);
    connect(elsewhere, &Elsewhere::onceChanged, this, anew);
}

QVariantList FacetsViewModel::genres() const {
    QVariantList list;
    const auto chosen = model_ ? model_->genres() : QStringList();
    for (const auto& genre : facets_.genres)
        list << choice(genre.value, number(genre), genre.value, chosen.contains(genre.value));
    return list;
}

QVariantList FacetsViewModel::decades() const {
    const int from = model_ ? model_->yearFrom() : 0;
    QVariantList list{choice(tr("Any year"), {}, 0, from == 0)};
    for (const auto& decade : facets_.decades) {
        const int year = decade.value.left(4).toInt();
        list << choice(tr("%1–%2").arg(year).arg(year + kDecade - 1), number(decade), year, from == year);
    }
    return list;
}

QVariantList FacetsViewModel::ratings() const {
    const int from = model_ ? model_->ratingFrom() : 0;
    QVariantList list{choice(tr("Any rating"), {}, 0, from == 0)};
    for (const int stars : {5, 4, 3, 2, 1})
        list << choice(stars == 5 ? tr("%n star(s)", nullptr, stars) : tr("%n star(s) or more", nullptr, stars), {},
                       stars * 2, from == stars * 2);
    return list;
}

void FacetsViewModel::toggleGenre(const QString& genre) {
    if (!model_)
        return;
    auto genres = model_->genres();
    if (!genres.removeOne(genre))
        genres << genre;
    model_->setGenres(genres);
}

void FacetsViewModel::setDecade(int year) {
    if (model_)
        model_->setYears(year, year > 0 ? year + kDecade - 1 : 0);
}

}  // namespace marea::app
