#pragma once

#include <QJsonObject>
#include <QList>
#include <QString>

#include "app/offline/offlinetask.h"
#include "core/base/result.h"

namespace marea::app {

// What is kept of an account's titles on the disk: a folder for each, with the file, the task, and beside them what
// shows it (the title as the server told it, artwork, lyrics, waveform, subtitles). GUI thread.
class OfflineStore {
public:
    // `root` has a folder for each account ("server user"); nothing is made before something is saved.
    OfflineStore(const QString& root, const QString& account);

    QList<OfflineTask> load() const;  // by the time they were added; `received` as it is on the disk
    core::Result<void> save(const OfflineTask& task);
    void remove(const QString& mediaId);
    void removeFile(const QString& mediaId);  // what was brought of it; the rest stays

    QString folder(const QString& mediaId) const;
    QString root() const { return folder_; }
    qint64 bytesOf(const QString& mediaId) const;
    qint64 diskFree() const;

    core::Result<void> keep(const QString& mediaId, const QString& name, const QByteArray& bytes);
    QByteArray kept(const QString& mediaId, const QString& name) const;

private:
    QString folder_;
};

}  // namespace marea::app
