#include "app/viewmodels/mediamodel.h"

#include <algorithm>

#include "app/viewmodels/texts.h"

namespace marea::app {

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
        fetch(false);
}

void MediaModel::reload() {
    fetch(true);
}

void MediaModel::ensure() {
    if (!loaded_ && !loading_)
        fetch(true);
}

void MediaModel::setQuery(MediaQuery query) {
    query_ = std::move(query);
    Q_EMIT queryChanged();
    fetch(true);
}

void MediaModel::setSort(const QString& sort, const QString& order) {
    query_.sort = sort;
    query_.order = order;
    Q_EMIT queryChanged();
    fetch(true);
}

void MediaModel::setFilter(const QString& filter) {
    filter_ = filter;
    query_.libraryState = filter;
    Q_EMIT queryChanged();
    fetch(true);
}

void MediaModel::clearFilters() {
    setFilter({});
}

QString MediaModel::idAt(int row) const {
    return row >= 0 && row < count() ? items_[row].id : QString();
}

void MediaModel::clear() {
    ++generation_;
    beginResetModel();
    items_.clear();
    endResetModel();
    cursor_.clear();
    total_ = -1;
    loading_ = loaded_ = failed_ = false;
    Q_EMIT countChanged();
    Q_EMIT stateChanged();
}

void MediaModel::retranslate() {
    if (!items_.isEmpty())
        Q_EMIT dataChanged(index(0), index(count() - 1));
}

void MediaModel::fetch(bool replace) {
    loading_ = true;
    failed_ = false;
    const int generation = ++generation_;
    Q_EMIT stateChanged();
    deliver(api_.media(query_, replace ? QString() : cursor_), this,
            [this, replace, generation](const core::Result<MediaPage>& page) {
                if (generation != generation_)
                    return;
                loading_ = false;
                failed_ = !page;
                if (page) {
                    loaded_ = true;
                    take(ofKind(*page), replace);
                } else {
                    errorText_ = texts::error(page.error());
                }
                Q_EMIT stateChanged();
            });
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

void MediaModel::take(const MediaPage& page, bool replace) {
    if (replace) {
        beginResetModel();
        items_ = page.items;
        endResetModel();
    } else if (!page.items.isEmpty()) {
        beginInsertRows({}, count(), count() + static_cast<int>(page.items.size()) - 1);
        items_ += page.items;
        endInsertRows();
    }
    cursor_ = page.nextCursor;
    total_ = page.total;
    Q_EMIT countChanged();
}

}  // namespace marea::app
