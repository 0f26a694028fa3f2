#pragma once

#include <QAbstractListModel>

#include "app/offline/downloads.h"

namespace marea::app {

// The titles of this computer for a list in QML, what runs first. GUI thread.
class DownloadsModel : public QAbstractListModel {
    Q_OBJECT
    Q_PROPERTY(int count READ count NOTIFY changed)
public:
    enum Role {
        MediaIdRole = Qt::UserRole + 1,
        KindRole,
        TitleRole,
        SubtitleRole,
        ArtworkRole,
        QualityRole,
        SizeTextRole,
        StatusRole,    // in words
        StateRole,     // "waiting", "preparing", "loading", "paused", "done", "failed"
        ProgressRole,  // 0 to 1; -1: not known
        MusicRole,
        AheadRole
    };
    explicit DownloadsModel(Downloads& downloads, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;
    int count() const { return static_cast<int>(order_.size()); }
    QString idAt(int row) const { return order_.value(row); }
    void setReachable(bool reachable);
    void retranslate();

Q_SIGNALS:
    void changed();

private:
    void follow();
    void tell(int task);
    const OfflineTask* taskAt(int row) const;

    Downloads& downloads_;
    QStringList order_;  // as the views know it
    bool reachable_ = true;
};

// Words for a task. `reachable`: the server is there.
QString statusOf(const OfflineTask& task, bool reachable);
QString qualityName(const QString& quality, const QString& format);
QString sizeText(qint64 bytes);
double progressOf(const OfflineTask& task);

}  // namespace marea::app
