#pragma once

#include <QAbstractListModel>

#include "app/api/types.h"
#include "player/session/playbacksession.h"

namespace marea::app {

player::PlayEntry toEntry(const MediaItem& item);

// The session's queue for a list in QML: follows it row by row, so that a list on screen keeps its place. GUI thread.
class QueueModel : public QAbstractListModel {
    Q_OBJECT
    Q_PROPERTY(int count READ count NOTIFY changed)
    Q_PROPERTY(int current READ current NOTIFY changed)
public:
    enum Role { TitleRole = Qt::UserRole + 1, ArtistRole, DurationTextRole, ArtworkRole, CurrentRole };
    explicit QueueModel(player::PlaybackSession& session, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    int count() const { return static_cast<int>(shown_.size()); }
    int current() const { return session_.queue().current(); }
    // At most `most` of the titles of the library in use around the current one, and where that is among them.
    std::pair<QStringList, int> mediaIds(int most) const;

Q_SIGNALS:
    void changed();

private:
    void follow();
    void showCurrent();

    player::PlaybackSession& session_;
    QList<player::PlayEntry> shown_;  // as the views know it
};

}  // namespace marea::app
