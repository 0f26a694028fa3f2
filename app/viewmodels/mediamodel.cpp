#include "app/viewmodels/mediamodel.h"

#include <algorithm>
#include <QLocale>
#include <utility>

#include "app/viewmodels/texts.h"

namespace marea::app {
namespace {

constexpr int kMostOfAPage = 200;  // the server's limit

const QString kLetters = QStringLiteral("letters");

// Latin letters in their order. Spanish has one more, which others see only where a title begins with it.
QStringList alphabet(const QList<LetterPlace>& present) {
    QStringList letters{QStringLiteral("#")};
    for (char c = 'A'; c <= 'Z'; ++c)
        letters << QString(QLatin1Char(c));
    const auto enye = QStringLiteral("Ñ");
    const bool used = std::any_of(present.begin(), present.end(), [&](const auto& p) { return p.letter == enye; });
    if (used || QLocale().language() == QLocale::Spanish)
        letters.insert(letters.indexOf(QStringLiteral("O")), enye);
    for (const auto& place : present)
        if (!letters.contains(place.letter))
            letters << place.letter;
    return letters;
}

}  // namespace

MediaModel::MediaModel(ApiClient& api, MediaQuery query, QObject* parent)
    : QAbstractListModel(parent), api_(api), query_(std::move(query)) {}

int MediaModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : count();
}

QHash<int, QByteArray> MediaModel::roleNames() const {
    return {{MediaIdRole, "mediaId"}, {KindRole, "kind"},
            {TitleRole, "title"},     {SubtitleRole, "subtitle"},
            {ArtworkRole, "artwork"}, {ProgressRole, "progress"},
            {WatchedRole, "watched"}, {BrokenRole, "broken"},
            {ProblemRole, "problem"}, {DurationTextRole, "durationText"},
            {LeadRole, "lead"},       {ArtistRole, "artist"},
            {AlbumRole, "album"},     {OverviewRole, "overview"},
            {DiscRole, "disc"},       {FileNameRole, "fileName"}};
}

QString MediaModel::lead(const MediaItem& item) const {
    const int number = item.kind == QLatin1String("episode") ? item.episode : item.track;
    return number > 0 ? QString::number(number) : QString();
}

QVariant MediaModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= count())
        return {};
    const auto& item = items_[index.row()];
    switch (role) {
        case MediaIdRole:
            return item.id;
        case KindRole:
            return item.kind;
        case TitleRole:
            return item.title;
        case SubtitleRole:
            return texts::subtitle(item);
        case ArtworkRole:
            return item.artworkUrl;
        case ProgressRole:
            return item.duration > 0 ? std::clamp(item.position / item.duration, 0.0, 1.0) : 0.0;
        case WatchedRole:
            return item.watched;
        case BrokenRole:
            return item.broken();
        case ProblemRole:
            return item.problem;
        case DurationTextRole:
            return item.duration > 0 ? texts::clock(item.duration) : QString();
        case LeadRole:
            return lead(item);
        case ArtistRole:
            return item.artist;
        case AlbumRole:
            return item.album;
        case OverviewRole:
            return item.overview;
        case DiscRole:
            return item.disc;
        case FileNameRole:
            return item.files.isEmpty() ? QString() : item.files.first().name;
        default:
            return {};
    }
}

bool MediaModel::canFetchMore(const QModelIndex& parent) const {
    return !parent.isValid() && loaded_ && !loading_ && !failed_ && !cursor_.isEmpty();
}

void MediaModel::fetchMore(const QModelIndex& parent) {
    if (canFetchMore(parent))
        fetch(Fetch::More);
}

void MediaModel::reload() {
    fetch(loaded_ ? Fetch::Again : Fetch::Anew);
}

void MediaModel::ensure() {
    if (!loaded_ && !loading_)
        fetch(Fetch::Anew);
}

void MediaModel::setQuery(MediaQuery query) {
    query_ = std::move(query);
    Q_EMIT queryChanged();
    fetch(Fetch::Anew);
}

void MediaModel::setSort(const QString& sort, const QString& order) {
    query_.sort = sort;
    query_.order = order;
    Q_EMIT queryChanged();
    fetch(Fetch::Anew);
}

void MediaModel::setFilter(const QString& filter) {
    filter_ = filter;
    query_.libraryState = filter;
    Q_EMIT queryChanged();
    fetch(Fetch::Anew);
}

void MediaModel::clearFilters() {
    setFilter({});
}

QString MediaModel::idAt(int row) const {
    return row >= 0 && row < count() ? items_[row].id : QString();
}

// A letter without titles stands where the next one that has some begins.
QVariantList MediaModel::letters() const {
    QVariantList list;
    if (letters_.isEmpty())
        return list;
    int row = 0;
    for (const auto& letter : alphabet(letters_)) {
        int before = 0, count = 0;
        for (const auto& place : letters_) {
            if (place.letter == letter) {
                count = place.count;
                row = before;
                break;
            }
            before += place.count;
        }
        list << QVariantMap{{QStringLiteral("text"), letter},
                            {QStringLiteral("row"), std::min(row, total() - 1)},
                            {QStringLiteral("present"), count > 0}};
        row += count;
    }
    return list;
}

QString MediaModel::letterAt(int row) const {
    int end = 0;
    for (const auto& place : letters_)
        if (row < (end += place.count))
            return place.letter;
    return {};
}

int MediaModel::rowOf(const QString& letter) const {
    const auto places = letters();
    for (const auto& place : places)
        if (place.toMap().value(QStringLiteral("text")).toString() == letter.toUpper())
            return place.toMap().value(QStringLiteral("row")).toInt();
    return -1;
}

void MediaModel::reach(int row) {
    wanted_ = row;
    goOn();
}

void MediaModel::goOn() {
    if (wanted_ < 0 || loading_)
        return;
    if (wanted_ >= count() && canFetchMore({}))
        return fetch(Fetch::More);
    const int row = std::min(std::exchange(wanted_, -1), count() - 1);
    if (row >= 0)
        Q_EMIT reached(row);
}

void MediaModel::clear() {
    ++generation_;
    beginResetModel();
    items_.clear();
    endResetModel();
    letters_.clear();
    wanted_ = -1;
    cursor_.clear();
    total_ = -1;
    loading_ = loaded_ = failed_ = false;
    Q_EMIT countChanged();
    Q_EMIT lettersChanged();
    Q_EMIT stateChanged();
}

void MediaModel::retranslate() {
    if (!items_.isEmpty())
        Q_EMIT dataChanged(index(0), index(count() - 1));
    Q_EMIT lettersChanged();
}

void MediaModel::fetch(Fetch how, MediaPage sofar) {
    loading_ = true;
    failed_ = false;
    const int generation = ++generation_;
    Q_EMIT stateChanged();
    const bool first = how != Fetch::More && sofar.nextCursor.isEmpty();
    auto query = query_;
    if (!first && query.fields == kLetters)
        query.fields.clear();  // told once
    if ((how == Fetch::More && wanted_ >= 0) || (how == Fetch::Again && count() > query.limit))
        query.limit = kMostOfAPage;
    const QString cursor = first ? QString() : how == Fetch::More ? cursor_ : sofar.nextCursor;
    deliver(api_.media(query, cursor), this,
            [this, how, generation, sofar = std::move(sofar)](const core::Result<MediaPage>& page) {
                if (generation != generation_)
                    return;
                loading_ = false;
                failed_ = !page;
                if (page)
                    return onPage(how, ofKind(*page), sofar);
                errorText_ = texts::error(page.error());
                Q_EMIT stateChanged();
                goOn();
            });
}

// Asked again, a list comes as far as it was shown, so that nobody who is far down in it is thrown back.
void MediaModel::onPage(Fetch how, MediaPage page, MediaPage sofar) {
    if (!sofar.nextCursor.isEmpty()) {
        page.items = sofar.items + page.items;
        page.letters = sofar.letters;
    }
    if (how == Fetch::Again && page.items.size() < count() && !page.nextCursor.isEmpty())
        return fetch(how, std::move(page));
    loaded_ = true;
    take(page, how);
    Q_EMIT stateChanged();
    goOn();
}

// The user's own lists hold every kind; this view shows one.
MediaPage MediaModel::ofKind(MediaPage page) const {
    if (query_.libraryState.isEmpty() || query_.kind.isEmpty())
        return page;
    const auto kinds = query_.kind.split(QLatin1Char(','));
    page.items.removeIf([&](const MediaItem& item) { return !kinds.contains(item.kind); });
    page.total = -1;
    return page;
}

void MediaModel::take(const MediaPage& page, Fetch how) {
    if (how == Fetch::Anew) {
        beginResetModel();
        items_ = page.items;
        endResetModel();
    } else {
        merge(how == Fetch::More ? items_ + page.items : page.items);
    }
    cursor_ = page.nextCursor;
    total_ = page.total;
    Q_EMIT countChanged();
    if (how == Fetch::More)
        return;
    letters_ = page.letters;
    Q_EMIT lettersChanged();
}

// What the old and the new list share at both ends stays, with its new words; the rest between goes and comes.
void MediaModel::merge(const QList<MediaItem>& items) {
    const auto same = [](const MediaItem& a, const MediaItem& b) { return a.id == b.id; };
    const auto shorter = std::min(items_.size(), items.size());
    const auto head =
        std::mismatch(items_.begin(), items_.begin() + shorter, items.begin(), same).first - items_.begin();
    const auto tail = std::mismatch(items_.rbegin(), items_.rbegin() + (shorter - head), items.rbegin(), same).first -
                      items_.rbegin();
    const int first = static_cast<int>(head);
    if (const int gone = static_cast<int>(items_.size() - head - tail); gone > 0) {
        beginRemoveRows({}, first, first + gone - 1);
        items_.remove(first, gone);
        endRemoveRows();
    }
    const int come = static_cast<int>(items.size() - head - tail);
    if (come > 0)
        beginInsertRows({}, first, first + come - 1);
    items_ = items;
    if (come > 0)
        endInsertRows();
    if (first > 0)
        Q_EMIT dataChanged(index(0), index(first - 1));
    if (tail > 0)
        Q_EMIT dataChanged(index(first + come), index(count() - 1));
}

}  // namespace marea::app
