#include "app/viewmodels/titleactions.h"

#include <algorithm>
#include <QPointer>
#include <tuple>

#include "app/viewmodels/texts.h"
#include "app/viewmodels/titleref.h"

namespace marea::app {
namespace {

using core::Result;
using L = QLatin1String;

constexpr int kMostInside = 200;

QVariantMap choice(const QString& text, const char* icon, const char* value) {
    return {{L("text"), text}, {L("icon"), QLatin1String(icon)}, {L("value"), QLatin1String(value)}};
}

bool isContainer(const QString& kind) {
    return kind == L("album") || kind == L("audiobook") || kind == L("artist") || kind == L("series") ||
           kind == L("season");
}

// What is in it and plays, in its order.
MediaQuery inside(const MediaItem& item) {
    MediaQuery query;
    query.parent = item.id;
    query.sort = L("index");
    query.limit = kMostInside;
    if (item.kind == L("artist"))
        query.kind = L("track");
    if (item.kind == L("series") || item.kind == L("season"))
        query.kind = L("episode");
    return query;
}

// The server has tracks by their numbers: albums one after another.
void sortByAlbum(QList<MediaItem>& items) {
    std::stable_sort(items.begin(), items.end(), [](const MediaItem& a, const MediaItem& b) {
        return std::tie(a.year, a.album) < std::tie(b.year, b.album);
    });
}

}  // namespace

QList<player::PlayEntry> playable(const QList<MediaItem>& items) {
    QList<player::PlayEntry> entries;
    for (const auto& item : items)
        if (!item.broken())
            entries << toEntry(item);
    return entries;
}

TitleActions::TitleActions(ApiClient& api, PlayerViewModel& player, Navigator& navigator, Notices& notices,
                           QObject* parent)
    : QObject(parent), api_(api), player_(player), navigator_(navigator), notices_(notices) {}

QString TitleActions::title() const {
    return titles_.size() == 1 ? titles_.first().title : tr("%n title(s)", nullptr, static_cast<int>(titles_.size()));
}

bool TitleActions::single(const char* kinds) const {
    return titles_.size() == 1 && QString::fromLatin1(kinds).split(QLatin1Char(' ')).contains(titles_.first().kind);
}

bool TitleActions::allFavourite() const {
    return std::all_of(titles_.begin(), titles_.end(), [](const auto& item) { return item.favourite; });
}

QVariantList TitleActions::choices() const {
    if (titles_.isEmpty())
        return {};
    const auto& first = titles_.first();
    const bool whole = single("movie video episode track");
    QVariantList list;
    if (!whole || !first.broken())
        list << choice(tr("Play"), "play", "play") << choice(tr("Play next"), "list-start", "next")
             << choice(tr("Add to the queue"), "list-plus", "queue");
    list << choice(tr("Add to playlist…"), "list-music", "playlist");
    list << devices();
    list << (allFavourite() ? choice(tr("Remove from favourites"), "heart", "unlike")
                            : choice(tr("Add to favourites"), "heart", "like"));
    if (single("movie video episode"))
        list << (first.watched ? choice(tr("Mark as not watched"), "eye", "unwatched")
                               : choice(tr("Mark as watched"), "check", "watched"));
    if (single("track") && !first.albumId.isEmpty())
        list << choice(tr("Go to the album"), "disc-3", "album");
    if (single("track album") && !first.artistId.isEmpty())
        list << choice(tr("Go to the artist"), "mic-vocal", "artist");
    if (single("episode") && !first.seriesId.isEmpty())
        list << choice(tr("Go to the series"), "tv", "series");
    if (owner_ && single("movie series album artist"))
        list << choice(tr("Fix match…"), "search", "match");
    if (sells_ && first.place.isEmpty() && single("movie video episode season series track album audiobook"))
        list << choice(tr("Sell it…"), "tag", "sell");
    if (single("movie video episode track") && !first.entryId.isEmpty())
        list << choice(tr("Remove from this playlist"), "x", "remove");
    return whole ? list + places() : list;
}

QVariantList TitleActions::devices() const {
    QVariantList list;
    const bool here =
        std::all_of(titles_.begin(), titles_.end(), [](const auto& item) { return item.place.isEmpty(); });
    for (const auto& device : here&& devices_ ? devices_() : QList<Device>())
        list << QVariantMap{{L("text"), tr("Put on %1").arg(device.name)},
                            {L("icon"), device.icon},
                            {L("value"), QString(L("device:") + device.key)}};
    return list;
}

QVariantList TitleActions::places() const {
    if (places_.isEmpty())
        return {};
    QVariantList list{QVariantMap{{L("heading"), tr("Play from")}}, choice(copies_->nameHere(), "server", "from:")};
    for (const auto& copy : places_) {
        auto place = choice(copy.name, copy.nearness == Nearness::Here ? "monitor" : "server", "");
        place[L("value")] = QString(L("from:") + copy.address);
        list << place;
    }
    return list;
}

void TitleActions::learnPlaces(const QString& id) {
    places_.clear();
    if (!copies_)
        return;
    copies_->find(id, [self = QPointer(this), id](const MediaItem&, const QList<TitleCopy>& copies) {
        if (!self || self->titles_.size() != 1 || self->titles_.first().id != id || copies.isEmpty())
            return;
        self->places_ = copies;
        Q_EMIT self->changed();
    });
}

void TitleActions::playFrom(const QString& address) {
    if (const auto entries = playable(titles_); !entries.isEmpty())
        player_.playFrom(entries.first(), address);
}

void TitleActions::open(const QVariantMap& title, const QPointF& at) {
    MediaItem item;
    item.id = title[L("mediaId")].toString();
    item.kind = title[L("kind")].toString();
    item.title = title[L("title")].toString();
    item.entryId = title[L("entryId")].toString();
    if (item.id.isEmpty())
        return;
    titles_ = {item};
    places_.clear();
    Q_EMIT changed();
    Q_EMIT wanted(at);
    learn(item.id);
    learnPlaces(item.id);
}

void TitleActions::openRows(MediaModel* list, const QVariantList& rows, const QPointF& at) {
    if (!list)
        return;
    titles_.clear();
    for (const auto& row : rows)
        if (row.toInt() >= 0 && row.toInt() < list->count())
            titles_ << list->items()[row.toInt()];
    if (titles_.isEmpty())
        return;
    places_.clear();
    Q_EMIT changed();
    Q_EMIT wanted(at);
    if (titles_.size() == 1 && titles_.first().place.isEmpty())
        learnPlaces(titles_.first().id);
}

// The card has not all that the menu says: whether it is a favourite, whose album it is.
void TitleActions::learn(const QString& id) {
    deliver(api_.item(id), this, [this, id](const Result<MediaItem>& item) {
        if (!item || titles_.size() != 1 || titles_.first().id != id)
            return;
        const QString entry = titles_.first().entryId;
        titles_ = {*item};
        titles_.first().entryId = entry;
        Q_EMIT changed();
    });
}

void TitleActions::choose(const QString& value) {
    if (titles_.isEmpty())
        return;
    const auto first = titles_.first();
    UserChange wish;
    if (value.startsWith(L("from:")))
        playFrom(value.mid(5));
    else if (value.startsWith(L("device:")))
        withRefs([this, key = value.mid(7)](const QStringList& media) { Q_EMIT deviceWanted(key, media); });
    else if (value == L("play"))
        play();
    else if (value == L("next"))
        playNext();
    else if (value == L("queue"))
        enqueue();
    else if (value == L("playlist"))
        addToPlaylist();
    else if (value == L("like") || value == L("unlike")) {
        wish.favourite = value == L("like");
        change(wish);
    } else if (value == L("watched") || value == L("unwatched")) {
        wish.watched = value == L("watched");
        if (*wish.watched)
            wish.position = 0;
        change(wish);
    } else if (value == L("album"))
        go(first.albumId, "album");
    else if (value == L("artist"))
        go(first.artistId, "artist");
    else if (value == L("series"))
        go(first.seriesId, "series");
    else if (value == L("match"))
        Q_EMIT matchWanted(first.id, first.title);
    else if (value == L("sell"))
        navigator_.go(QStringLiteral("offer"), {{QStringLiteral("mediaId"), first.id}});
    else if (value == L("remove"))
        Q_EMIT removalWanted(first.entryId);
}

void TitleActions::go(const QString& id, const char* kind) {
    if (const QString place = titles_.first().place; !id.isEmpty() && !place.isEmpty())
        Q_EMIT wantedIn(place, id, L(kind));
    else if (!id.isEmpty())
        navigator_.open(id, L(kind));
}

void TitleActions::withInside(const MediaItem& item, const Titles& then) {
    deliver(api_.media(inside(item), {}), this,
            [this, then, byAlbum = item.kind == L("artist")](const Result<MediaPage>& page) {
                if (!page)
                    return notices_.warn(texts::error(page.error()));
                auto items = page->items;
                if (byAlbum)
                    sortByAlbum(items);
                then(items);
            });
}

void TitleActions::withPlayable(const Titles& then) {
    if (titles_.size() == 1 && isContainer(titles_.first().kind))
        return withInside(titles_.first(), then);
    then(titles_);
}

void TitleActions::play() {
    withPlayable([this](const QList<MediaItem>& items) {
        const auto entries = playable(items);
        if (entries.isEmpty())
            return notices_.warn(tr("There is nothing in it that can be played."));
        player_.setStart(std::nullopt);
        player_.play(entries, 0);
    });
}

void TitleActions::playNext() {
    withPlayable([this](const QList<MediaItem>& items) {
        player_.insertNext(playable(items));
        notices_.tell(tr("%n title(s) will play next.", nullptr, static_cast<int>(items.size())));
    });
}

void TitleActions::enqueue() {
    withPlayable([this](const QList<MediaItem>& items) {
        player_.append(playable(items));
        notices_.tell(tr("%n title(s) added to the queue.", nullptr, static_cast<int>(items.size())));
    });
}

void TitleActions::withRefs(const std::function<void(const QStringList&)>& then) {
    withPlayable([then](const QList<MediaItem>& items) {
        QStringList media;
        for (const auto& item : items)
            media << refOf(item);
        if (!media.isEmpty())
            then(media);
    });
}

void TitleActions::addToPlaylist() {
    withRefs([this](const QStringList& media) { Q_EMIT playlistWanted(media); });
}

void TitleActions::wantPlaylist(const QString& mediaId, const QString& kind) {
    MediaItem item;
    item.id = mediaId;
    item.kind = kind;
    titles_ = {item};
    addToPlaylist();
}

void TitleActions::change(const UserChange& change) {
    for (const auto& item : titles_)
        changeOne(item.id, item.place, change);
}

void TitleActions::changeOne(const QString& id, const QString& place, const UserChange& change) {
    const auto told = [this](const Result<bool>& done) {
        if (!done)
            notices_.warn(texts::error(done.error()));
    };
    if (place.isEmpty())
        return deliver(api_.change(id, change), this, told);
    if (auto* library = copies_ ? copies_->libraryAt(place) : nullptr)
        library->ask<bool>([id, change](ApiClient& api) { return api.change(id, change); }, this, told);
}

void TitleActions::rate(int rating) {
    UserChange wish;
    wish.rating = rating;
    for (auto& item : titles_)
        item.rating = rating;
    Q_EMIT changed();
    change(wish);
}

void TitleActions::setRating(const QString& mediaId, int rating, const QString& place) {
    UserChange wish;
    wish.rating = rating;
    changeOne(mediaId, place, wish);
}

void TitleActions::setFavourite(const QString& mediaId, bool on) {
    UserChange wish;
    wish.favourite = on;
    changeOne(mediaId, {}, wish);
}

}  // namespace marea::app
