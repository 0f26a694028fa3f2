#include "app/viewmodels/itemviewmodel.h"

#include <algorithm>

#include "app/viewmodels/episodes.h"
#include "app/viewmodels/texts.h"

namespace marea::app {

using L = QLatin1String;

namespace {
constexpr qsizetype kMostCollections = 3;

MediaQuery likeThis(const QString& id) {
    MediaQuery query;
    query.similarTo = id;
    query.limit = 24;
    return query;
}
}  // namespace

ItemViewModel::ItemViewModel(ApiClient& api, QString id, StreamWishes wishes, QObject* parent)
    : QObject(parent),
      api_(api),
      id_(std::move(id)),
      wishes_(std::move(wishes)),
      children_(api, {}),
      similar_(api, likeThis(id_)) {
    connect(&api_, &ApiClient::userChanged, this, &ItemViewModel::onUserChange);
    reload();
}

QString ItemViewModel::facts() const {
    return texts::facts(item_);
}
QString ItemViewModel::playsAs() const {
    return texts::playsAs(item_, plan_);
}
QString ItemViewModel::positionText() const {
    return texts::clock(item_.position);
}

void ItemViewModel::reload() {
    loading_ = true;
    failed_ = false;
    Q_EMIT changed();
    deliver(api_.item(id_), this, [this](const core::Result<MediaItem>& item) {
        loading_ = false;
        failed_ = !item && !takeKept();
        if (item)
            take(*item);
        else
            errorText_ = texts::error(item.error());
        Q_EMIT changed();
    });
}

void ItemViewModel::setOffline(const KeptTitles* kept, AwayChanges* away) {
    kept_ = kept;
    away_ = away;
}

// Its page without the server.
bool ItemViewModel::takeKept() {
    const auto title = kept_ && !kept_->reachable() ? kept_->kept(id_) : std::nullopt;
    if (title)
        item_ = title->item;
    return title.has_value();
}

void ItemViewModel::take(const MediaItem& item) {
    item_ = item;
    loadInside();
    askForPlan();
}

// Of what plays by itself and whose page shows it.
void ItemViewModel::askForPlan() {
    const bool picture = item_.kind == L("movie") || item_.kind == L("episode") || item_.kind == L("video");
    if (!picture || item_.broken())
        return;
    PlaybackRequest request{id_, {}, {}, {}, wishes_};
    if (audio_ >= 0)
        request.audio = audio_;
    deliver(api_.plan(request), this, [this, asked = ++plans_](const core::Result<PlaybackInfo>& plan) {
        if (asked != plans_)
            return;
        plan_ = plan ? *plan : PlaybackInfo();
        askForPictures();
        Q_EMIT changed();
    });
}

void ItemViewModel::setWishes(const StreamWishes& wishes) {
    wishes_ = wishes;
    askForPlan();
}

void ItemViewModel::loadInside() {
    if (item_.kind == L("series")) {
        seasonsKnown_ = episodesKnown_ = isSeasonShown_ = false;
        loadSeasons();
        return loadEpisodes();
    }
    MediaQuery query;
    query.parent = id_;
    query.limit = 200;
    if (item_.kind == L("album") || item_.kind == L("season"))
        query.sort = L("index");
    else if (item_.kind == L("artist")) {
        query.kind = L("album");
        query.sort = L("year");
        query.order = L("desc");
    } else
        return;
    children_.setQuery(query);
}

void ItemViewModel::loadSeasons() {
    MediaQuery query;
    query.kind = L("season");
    query.parent = id_;
    query.sort = L("index");
    deliver(api_.media(query, {}), this, [this](const core::Result<MediaPage>& page) {
        if (page)
            seasons_ = page->items;
        seasonsKnown_ = true;
        showFirstSeason();
    });
}

void ItemViewModel::loadEpisodes() {
    allEpisodes(api_, id_, this, [this](const QList<MediaItem>& episodes) {
        episodesKnown_ = true;
        takeEpisodes(episodes);
        showFirstSeason();
    });
}

void ItemViewModel::takeEpisodes(const QList<MediaItem>& episodes) {
    episodes_ = episodes;
    next_ = nextEpisode(episodes_);
    Q_EMIT changed();
}

// The one that somebody chose, or that one is at: only for that all episodes have to be there.
void ItemViewModel::showFirstSeason() {
    if (!seasonsKnown_ || isSeasonShown_)
        return;
    const auto known = [this](const QString& id) {
        return std::any_of(seasons_.begin(), seasons_.end(), [&](const MediaItem& s) { return s.id == id; });
    };
    if (known(season_))
        return showSeason(season_);
    if (!episodesKnown_)
        return Q_EMIT changed();  // by now somebody can choose one
    if (seasons_.isEmpty())
        return showSeason(id_);  // episodes straight below the series
    const QString at = next_ >= 0 ? episodes_[next_].seasonId : QString();
    showSeason(known(at) ? at : seasons_.first().id);
}

QString ItemViewModel::nextText() const {
    if (next_ < 0)
        return {};
    const auto& episode = episodes_[next_];
    const QString place = texts::episodePlace(episode);
    return isBegun(episode) ? tr("Resume %1").arg(place) : tr("Play %1").arg(place);
}

void ItemViewModel::follow(const QString& mediaId) {
    const auto known = std::any_of(episodes_.begin(), episodes_.end(), [&](const auto& e) { return e.id == mediaId; });
    if (!known)
        return;
    deliver(api_.item(mediaId), this, [this](const core::Result<MediaItem>& item) {
        if (!item)
            return;
        auto episodes = episodes_;
        std::replace_if(
            episodes.begin(), episodes.end(), [&](const auto& e) { return e.id == item->id; }, *item);
        takeEpisodes(episodes);
        UserChange now;
        now.watched = item->watched;
        now.position = item->position;
        children_.changeUser({}, item->id, now);
    });
}

void ItemViewModel::showSeason(const QString& id) {
    season_ = id;
    isSeasonShown_ = true;
    MediaQuery query;
    query.kind = L("episode");
    query.parent = id;
    query.sort = L("index");
    query.limit = 200;
    children_.setQuery(query);
    Q_EMIT changed();
}

QString ItemViewModel::title() const {
    return texts::title(item_);
}

QVariantList ItemViewModel::seasons() const {
    QVariantList list;
    for (const auto& season : seasons_)
        list << QVariantMap{{QStringLiteral("value"), season.id},
                            {QStringLiteral("text"), texts::title(season)},
                            {QStringLiteral("checked"), season.id == season_}};
    return list;
}

QList<StreamDetail> ItemViewModel::streams(QLatin1String kind) const {
    QList<StreamDetail> list;
    if (!item_.files.isEmpty())
        for (const auto& stream : item_.files.first().streams)
            if (stream.kind == kind)
                list << stream;
    return list;
}

QVariantList ItemViewModel::audioChoices() const {
    QVariantList list;
    const auto all = streams(L("audio"));
    for (const auto& s : all) {
        const bool chosen =
            audio_ == s.index || (audio_ < 0 && (s.isDefault || (all.first().index == s.index && list.isEmpty())));
        list << QVariantMap{{QStringLiteral("value"), s.index},
                            {QStringLiteral("text"), texts::trackName(s.language, s.title, s.codec, s.channels, false)},
                            {QStringLiteral("detail"),
                             texts::codecName(s.codec, s.profile) + QLatin1Char(' ') + texts::channelsName(s.channels)},
                            {QStringLiteral("checked"), chosen}};
    }
    return list;
}

QVariantList ItemViewModel::subtitleChoices() const {
    QVariantList list{QVariantMap{{QStringLiteral("value"), -2},
                                  {QStringLiteral("text"), tr("None")},
                                  {QStringLiteral("detail"), QString()},
                                  {QStringLiteral("checked"), subtitle_ < 0}}};
    for (const auto& s : streams(L("subtitle")))
        list << QVariantMap{{QStringLiteral("value"), s.index},
                            {QStringLiteral("text"), texts::trackName(s.language, s.title, s.codec, 0, s.forced)},
                            {QStringLiteral("detail"), texts::codecName(s.codec)},
                            {QStringLiteral("checked"), subtitle_ == s.index}};
    int sidecar = 1000;  // sidecars have no stream index; they follow the embedded ones in the player
    for (const auto& s : item_.sidecars) {
        if (s.kind != L("subtitle"))
            continue;
        list << QVariantMap{{QStringLiteral("value"), sidecar},
                            {QStringLiteral("text"), texts::trackName(s.language, {}, s.format, 0, s.forced)},
                            {QStringLiteral("detail"), s.format.toUpper()},
                            {QStringLiteral("checked"), subtitle_ == sidecar}};
        ++sidecar;
    }
    return list;
}

namespace {
QString checkedText(const QVariantList& choices) {
    for (const auto& choice : choices)
        if (choice.toMap().value(QStringLiteral("checked")).toBool())
            return choice.toMap().value(QStringLiteral("text")).toString();
    return {};
}
}  // namespace

QString ItemViewModel::audioText() const {
    return checkedText(audioChoices());
}
QString ItemViewModel::subtitleText() const {
    return checkedText(subtitleChoices());
}

void ItemViewModel::setAudio(int index) {
    audio_ = index;
    Q_EMIT changed();
    askForPlan();
}

void ItemViewModel::setSubtitle(int index) {
    subtitle_ = index;
    Q_EMIT changed();
}

void ItemViewModel::changeUser(const UserChange& change) {
    Q_EMIT changed();
    deliver(api_.change(id_, change), this, [this, change](const core::Result<bool>& done) {
        const bool away = !done && (done.error().code == core::ErrorCode::Unavailable ||
                                    done.error().code == core::ErrorCode::Timeout);
        if (away && away_)
            away_->put(id_, change);  // it is told when it is back
        else if (!done)
            reload();  // show what the server has
        else
            Q_EMIT userChanged();
    });
}

void ItemViewModel::onUserChange(const QString& id, const UserChange& change) {
    auto episodes = episodes_;
    for (auto& episode : episodes)
        if (episode.id == id)
            apply(change, episode);
    if (!episodes.isEmpty())
        takeEpisodes(episodes);
    if (id != id_)
        return;
    apply(change, item_);
    Q_EMIT changed();
}

void ItemViewModel::loadRelated() {
    similar_.ensure();
    deliver(api_.collectionsOf(id_), this, [this](const core::Result<QList<CollectionInfo>>& collections) {
        if (collections)
            takeCollections(*collections);
    });
}

void ItemViewModel::takeCollections(const QList<CollectionInfo>& collections) {
    for (auto* titles : collectionTitles_)
        titles->deleteLater();  // the page may be drawing them
    collectionTitles_.clear();
    collectionNames_.clear();
    for (const auto& collection : collections.mid(0, kMostCollections)) {
        MediaQuery query;
        query.collection = collection.id;
        collectionNames_ << collection.name;
        collectionTitles_ << new MediaModel(api_, query, this);
        collectionTitles_.last()->ensure();
    }
    Q_EMIT collectionsChanged();
}

QVariantList ItemViewModel::collections() const {
    QVariantList list;
    for (qsizetype i = 0; i < collectionTitles_.size(); ++i)
        list << QVariantMap{{QStringLiteral("name"), collectionNames_[i]},
                            {QStringLiteral("titles"), QVariant::fromValue(collectionTitles_[i])}};
    return list;
}

void ItemViewModel::setRating(int rating) {
    item_.rating = rating;
    UserChange change;
    change.rating = rating;
    changeUser(change);
}

void ItemViewModel::setFavourite(bool on) {
    item_.favourite = on;
    UserChange change;
    change.favourite = on;
    changeUser(change);
}

void ItemViewModel::setWatched(bool on) {
    item_.watched = on;
    UserChange change;
    change.watched = on;
    if (on) {
        item_.position = 0;
        change.position = 0;
    }
    changeUser(change);
}

void ItemViewModel::retranslate() {
    children_.retranslate();
    similar_.retranslate();
    Q_EMIT changed();
}

}  // namespace marea::app
