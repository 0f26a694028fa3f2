#pragma once

#include <QMap>
#include <QTimer>
#include <QVariantList>

#include "app/api/apiclient.h"
#include "app/viewmodels/notices.h"

namespace marea::app {

// What the server does now, for its owners: who plays what, work in the background, how full it is. Asks again while
// somebody looks. What a server has not yet is left out. GUI thread.
class ServerViewModel : public QObject {
    Q_OBJECT
    Q_PROPERTY(bool watched READ watched WRITE setWatched NOTIFY watchedChanged)
    Q_PROPERTY(QVariantList sessions READ sessions NOTIFY changed)  // {id, title, who, how, progress}
    Q_PROPERTY(QVariantList jobs READ jobs NOTIFY changed)          // {id, text, detail, progress, failed, running}
    Q_PROPERTY(
        QVariantList storage READ storage NOTIFY changed)  // {name, detail, share}: share of what there is, -1 unknown
    Q_PROPERTY(bool loaded READ loaded NOTIFY changed)
    Q_PROPERTY(QString errorText READ errorText NOTIFY changed)
public:
    ServerViewModel(ApiClient& api, Notices& notices, QObject* parent = nullptr);

    bool watched() const { return watched_; }
    void setWatched(bool watched);
    QVariantList sessions() const { return sessions_; }
    QVariantList jobs() const { return jobs_; }
    QVariantList storage() const { return storage_; }
    bool loaded() const { return loaded_; }
    QString errorText() const;  // of what could not be read the last time

    Q_INVOKABLE void reload();
    Q_INVOKABLE void endSession(const QString& id);
    Q_INVOKABLE void cancelJob(const QString& id);
    void clear();

Q_SIGNALS:
    void changed();
    void watchedChanged();

private:
    void load(const char* path, QVariantList ServerViewModel::*list, QVariantList (*rows)(const QJsonObject&));
    void remove(const QString& path);

    ApiClient& api_;
    Notices& notices_;
    QTimer timer_;
    QVariantList sessions_, jobs_, storage_;
    QMap<QString, QString> errors_;  // by path
    int asked_ = 0;                  // what is answered to who has left is dropped
    bool watched_ = false, loaded_ = false;
};

}  // namespace marea::app
