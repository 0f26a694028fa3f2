#include "app/viewmodels/queuemodel.h"

#include <algorithm>
#include <QRandomGenerator>

#include "app/viewmodels/texts.h"

namespace marea::app {

QueueEntry toEntry(const MediaItem& item) {
    QueueEntry entry;
    entry.mediaId = item.id;
    entry.title = item.title;
    entry.artist = item.kind == QLatin1String("episode") ? texts::subtitle(item)
                   : item.artist.isEmpty()               ? item.albumArtist
                                                         : item.artist;
    entry.album = item.album;
    entry.artwork = item.artworkUrl;
    entry.kind = item.kind;
    entry.duration = item.duration;
    return entry;
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
    const auto* entry = at(index.row());
    if (!entry)
        return {};
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
            return index.row() == current_;
        default:
            return {};
    }
}

const QueueEntry* QueueModel::at(int index) const {
    return index >= 0 && index < count() ? &entries_[index] : nullptr;
}

void QueueModel::replace(QList<QueueEntry> entries, int current) {
    beginResetModel();
    entries_ = std::move(entries);
    current_ = entries_.isEmpty() ? -1 : std::clamp(current, 0, static_cast<int>(entries_.size()) - 1);
    endResetModel();
    Q_EMIT changed();
}

void QueueModel::append(const QList<QueueEntry>& entries) {
    if (entries.isEmpty())
        return;
    beginInsertRows({}, count(), count() + static_cast<int>(entries.size()) - 1);
    entries_ += entries;
    endInsertRows();
    Q_EMIT changed();
}

void QueueModel::setCurrent(int row) {
    current_ = row;
    if (count() > 0)
        Q_EMIT dataChanged(index(0), index(count() - 1), {CurrentRole});
    Q_EMIT changed();
}

bool QueueModel::removeAt(int row) {
    if (!at(row) || row == current_)
        return false;
    beginRemoveRows({}, row, row);
    entries_.removeAt(row);
    if (row < current_)
        --current_;
    endRemoveRows();
    Q_EMIT changed();
    return true;
}

void QueueModel::shuffleRest() {
    beginResetModel();
    std::shuffle(entries_.begin() + (current_ + 1), entries_.end(), *QRandomGenerator::global());
    endResetModel();
    Q_EMIT changed();
}

}  // namespace marea::app
