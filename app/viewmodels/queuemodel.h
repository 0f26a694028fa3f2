#pragma once

#include <QAbstractListModel>
#include <QUrl>

#include "app/api/types.h"

namespace marea::app {

struct QueueEntry {
    QString mediaId;  // empty: the local file `local`
    QString title, artist, album, artwork, kind;
    double duration = 0;
    QUrl local;
};

QueueEntry toEntry(const MediaItem& item);

// What plays and what comes after. GUI thread.
class QueueModel : public QAbstractListModel {
    Q_OBJECT
    Q_PROPERTY(int count READ count NOTIFY changed)
    Q_PROPERTY(int current READ current NOTIFY changed)
public:
    enum Role { TitleRole = Qt::UserRole + 1, ArtistRole, DurationTextRole, ArtworkRole, CurrentRole };
    using QAbstractListModel::QAbstractListModel;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    int count() const { return static_cast<int>(entries_.size()); }
    int current() const { return current_; }
    const QueueEntry* at(int index) const;
    const QueueEntry* currentEntry() const { return at(current_); }

    void replace(QList<QueueEntry> entries, int current);
    void append(const QList<QueueEntry>& entries);
    void setCurrent(int index);
    void clear() { replace({}, -1); }
    bool removeAt(int index);  // not the current one
    void shuffleRest();        // what comes after the current one, in another order

Q_SIGNALS:
    void changed();

private:
    QList<QueueEntry> entries_;
    int current_ = -1;
};

}  // namespace marea::app
