#pragma once

#include <functional>
#include <optional>
#include <QAbstractListModel>
#include <QElapsedTimer>
#include <QHash>
#include <QPointer>

namespace marea::app {

// One thing that runs: a scan, a job of the server, a download.
struct WorkItem {
    QString id;            // among those of its source
    QString icon;          // its name
    QString title;         // what is done
    QString detail;        // how far, in the source's own words; empty: the share alone
    double progress = -1;  // 0 to 1; -1: not known
    qint64 bytes = -1;     // done so far, for a rate; -1: nothing that has one
    qint64 size = -1;      // of all of it; -1: not known
    bool canPause = false, paused = false, canCancel = false;
};

// Who has work to show. Lives as long as the program.
class WorkSource : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    virtual QList<WorkItem> items() const = 0;
    virtual void setPaused(const QString&, bool) {}
    virtual void cancel(const QString&) {}

Q_SIGNALS:
    void changed();
};

// How fast it goes and how long it still takes, by what was done in the last seconds. Pure.
class RateMeter {
public:
    void add(qint64 milliseconds, double done);
    std::optional<double> rate() const;                  // a second; nothing until there is enough to tell by
    std::optional<double> remaining(double left) const;  // seconds

private:
    struct Point {
        qint64 at;
        double done;
    };
    QList<Point> points_;
};

// All that runs, from every source that is registered, with rate and remaining time. GUI thread.
class RunningWork : public QAbstractListModel {
    Q_OBJECT
    Q_PROPERTY(int count READ count NOTIFY changed)
    Q_PROPERTY(QString summary READ summary NOTIFY changed)   // of the first, in a few words; empty: nothing runs
    Q_PROPERTY(double progress READ progress NOTIFY changed)  // of all together; -1: not known
public:
    enum Role {
        KeyRole = Qt::UserRole + 1,
        IconRole,
        TitleRole,
        DetailRole,
        ProgressRole,
        PausedRole,
        CanPauseRole,
        CanCancelRole
    };

    explicit RunningWork(QObject* parent = nullptr);

    void add(WorkSource* source);
    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;
    int count() const { return static_cast<int>(rows_.size()); }
    QString summary() const;
    double progress() const;

    Q_INVOKABLE void setPaused(int row, bool paused);
    Q_INVOKABLE void cancel(int row);

Q_SIGNALS:
    void changed();

private:
    struct Row {
        WorkSource* source;
        WorkItem item;
        QString key;
    };
    void refresh();
    QString detail(const Row& row) const;

    QList<WorkSource*> sources_;
    QList<Row> rows_;
    QHash<QString, RateMeter> meters_;
    QElapsedTimer clock_;
};

}  // namespace marea::app
