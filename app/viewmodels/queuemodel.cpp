#include "app/viewmodels/queuemodel.h"

#include <algorithm>

#include "app/viewmodels/texts.h"

namespace marea::app {

QueueModel::QueueModel(player::PlaybackSession& session, QObject* parent)
    : QAbstractListModel(parent), session_(session) {
    connect(&session_, &player::PlaybackSession::queueChanged, this, &QueueModel::follow);
    connect(&session_, &player::PlaybackSession::currentChanged, this, &QueueModel::showCurrent);
}

player::PlayEntry toEntry(const MediaItem& item) {
    player::PlayEntry entry;
    entry.mediaId = item.id;
    entry.place = item.place;
    entry.title = texts::title(item);
    entry.artist = item.kind == QLatin1String("episode") ? texts::subtitle(item)
                   : item.artist.isEmpty()               ? item.albumArtist
                                                         : item.artist;
    entry.album = item.album;
    entry.albumId = item.albumId;
    entry.disc = item.disc;
    entry.track = item.track;
    entry.artwork = item.artworkUrl;
    entry.music = item.kind == QLatin1String("track") || item.kind == QLatin1String("audiobook");
    entry.duration = item.duration;
    return entry;
}

std::pair<QStringList, int> QueueModel::mediaIds(int most) const {
    const auto& entries = session_.queue().entries();
    const int now = std::max(0, current());
    const int first = std::clamp(now - most / 2, 0, std::max(0, static_cast<int>(entries.size()) - most));
    QStringList ids;
    int index = 0;
    for (int i = first; i < entries.size() && ids.size() < most; ++i) {
        if (i == now)
            index = static_cast<int>(ids.size());
        if (!entries[i].mediaId.isEmpty() && entries[i].place.isEmpty())
            ids << entries[i].mediaId;
    }
    return {ids, index};
}

int QueueModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : count();
}

QHash<int, QByteArray> QueueModel::roleNames() const {
    return {{TitleRole, "title"},
            {ArtistRole, "artist"},
            {DurationTextRole, "durationText"},
            {ArtworkRole, "artwork"},
            {CurrentRole, "playing"}};
}

QVariant QueueModel::data(const QModelIndex& index, int role) const {
    if (index.row() < 0 || index.row() >= count())
        return {};
    const auto* entry = &shown_[index.row()];
    switch (role) {
        case TitleRole:
            return entry->title;
        case ArtistRole:
            return entry->artist;
        case DurationTextRole:
            return entry->duration > 0 ? texts::clock(entry->duration) : QString();
        case ArtworkRole:
            return entry->artwork;
        case CurrentRole:
            return index.row() == current();
        default:
            return {};
    }
}

// What the old and the new list share at both ends stays; the rest between goes and comes.
void QueueModel::follow() {
    const auto& now = session_.queue().entries();
    const auto same = [](const player::PlayEntry& a, const player::PlayEntry& b) { return a.key == b.key; };
    const auto shorter = std::min(shown_.size(), now.size());
    const auto head = std::mismatch(shown_.begin(), shown_.begin() + shorter, now.begin(), same).first - shown_.begin();
    const auto tail =
        std::mismatch(shown_.rbegin(), shown_.rbegin() + (shorter - head), now.rbegin(), same).first - shown_.rbegin();
    const int first = static_cast<int>(head);
    if (const int gone = static_cast<int>(shown_.size() - head - tail); gone > 0) {
        beginRemoveRows({}, first, first + gone - 1);
        shown_.remove(first, gone);
        endRemoveRows();
    }
    if (const int come = static_cast<int>(now.size() - head - tail); come > 0) {
        beginInsertRows({}, first, first + come - 1);
        shown_ = now;
        endInsertRows();
    }
    showCurrent();
}

void QueueModel::showCurrent() {
    if (count() > 0)
        Q_EMIT dataChanged(index(0), index(count() - 1), {CurrentRole});
    Q_EMIT changed();
}

}  // namespace marea::app
