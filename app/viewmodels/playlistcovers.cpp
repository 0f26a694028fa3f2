// The pictures of playlists, by what is in them. A list is asked for its first titles when it is shown, and again when
// it has changed.
#include "app/viewmodels/playlistcovers.h"

#include "app/viewmodels/playlistsmodel.h"

namespace marea::app {

namespace {
constexpr qsizetype kMostCovers = 4;
}  // namespace

QStringList coversOf(const QList<MediaItem>& items) {
    QStringList list, of;
    for (const auto& item : items) {
        const QString& whole = !item.albumId.isEmpty()    ? item.albumId
                               : !item.seriesId.isEmpty() ? item.seriesId
                                                          : item.id;
        if (item.artworkUrl.isEmpty() || of.contains(whole))
            continue;
        of << whole;
        list << item.artworkUrl;
        if (list.size() == kMostCovers)
            break;
    }
    return list;
}

void PlaylistsModel::wantCovers(const QString& id) {
    if (!id.isEmpty() && !covers_.contains(id))
        askCovers(id);
}

void PlaylistsModel::askCovers(const QString& id) {
    covers_[id].outdated = false;
    deliver(playlists_.firstTitles(id), this, [this, id, of = coversOf_](const core::Result<QList<MediaItem>>& items) {
        if (of != coversOf_)
            return;
        if (!items && covers_.value(id).pictures.isEmpty()) {
            covers_.remove(id);  // it is asked for when it is shown again
        } else if (!items) {
            covers_[id].outdated = true;
        } else {
            covers_[id].pictures = coversOf(*items);
            ++coversRevision_;
        }
        Q_EMIT coversChanged();
    });
}

// An empty id: any may have changed.
void PlaylistsModel::outdateCovers(const QString& id) {
    for (auto it = covers_.begin(); it != covers_.end(); ++it)
        it->outdated |= id.isEmpty() || it.key() == id;
}

void PlaylistsModel::refreshCovers() {
    const auto ids = covers_.keys();
    for (const auto& id : ids)
        if (covers_[id].outdated)
            askCovers(id);
}

void PlaylistsModel::forgetCovers() {
    covers_.clear();
    ++coversOf_;
    ++coversRevision_;
    Q_EMIT coversChanged();
}

}  // namespace marea::app
