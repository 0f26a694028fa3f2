#pragma once

#include <QAbstractListModel>

#include "app/api/apiclient.h"

namespace marea::app {

// A list of titles of the server, fetched page by page as the view comes near the end. GUI thread.
class MediaModel : public QAbstractListModel {
    Q_OBJECT
    Q_PROPERTY(int count READ count NOTIFY countChanged)
    Q_PROPERTY(int total READ total NOTIFY countChanged)
    Q_PROPERTY(bool loading READ loading NOTIFY stateChanged)
    Q_PROPERTY(bool loaded READ loaded NOTIFY stateChanged)
    Q_PROPERTY(bool failed READ failed NOTIFY stateChanged)
    Q_PROPERTY(QString errorText READ errorText NOTIFY stateChanged)
    Q_PROPERTY(QString sort READ sort NOTIFY queryChanged)
    Q_PROPERTY(QString order READ order NOTIFY queryChanged)
    Q_PROPERTY(QString filter READ filter NOTIFY queryChanged)
    Q_PROPERTY(bool filtered READ filtered NOTIFY queryChanged)
public:
    enum Role {
        MediaIdRole = Qt::UserRole + 1,
        KindRole,
        TitleRole,
        SubtitleRole,
        ArtworkRole,
        ProgressRole,
        WatchedRole,
        BrokenRole,
        ProblemRole,
        DurationTextRole,
        LeadRole,
        ArtistRole,
        AlbumRole,
        OverviewRole,
        DiscRole,
        FileNameRole
    };

    MediaModel(ApiClient& api, MediaQuery query, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;
    bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;

    int count() const { return static_cast<int>(items_.size()); }
    int total() const { return total_ < 0 ? count() : total_; }
    bool loading() const { return loading_; }
    bool loaded() const { return loaded_; }
    bool failed() const { return failed_; }
    QString errorText() const { return errorText_; }
    QString sort() const { return query_.sort; }
    QString order() const { return query_.order; }
    QString filter() const { return filter_; }
    bool filtered() const { return !filter_.isEmpty(); }
    const QList<MediaItem>& items() const { return items_; }
    const MediaQuery& query() const { return query_; }

    Q_INVOKABLE void reload();  // keeps what is shown until the answer is there
    Q_INVOKABLE void ensure();  // loads unless it has
    Q_INVOKABLE void setSort(const QString& sort, const QString& order);
    Q_INVOKABLE void setFilter(const QString& filter);  // "", "favourite", "in_progress", "watched"
    Q_INVOKABLE void clearFilters();
    Q_INVOKABLE QString idAt(int row) const;
    void setQuery(MediaQuery query);
    void clear();
    void retranslate();  // the words of every row again

Q_SIGNALS:
    void countChanged();
    void stateChanged();
    void queryChanged();

private:
    void fetch(bool replace);
    void take(const MediaPage& page, bool replace);
    MediaPage ofKind(MediaPage page) const;
    QString lead(const MediaItem& item) const;

    ApiClient& api_;
    MediaQuery query_;
    QString filter_;
    QList<MediaItem> items_;
    QString cursor_, errorText_;
    int total_ = -1;
    int generation_ = 0;  // answers to older questions are dropped
    bool loading_ = false, loaded_ = false, failed_ = false;
};

}  // namespace marea::app
