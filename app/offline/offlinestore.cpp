#include "app/offline/offlinestore.h"

#include <algorithm>
#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QSaveFile>
#include <QStorageInfo>

#include "app/offline/partfile.h"

namespace marea::app {

using core::ErrorCode;
using core::Result;

namespace {

const QString kTask = QStringLiteral("task.json");

QString nameOf(const QString& account) {
    return QString::fromLatin1(QCryptographicHash::hash(account.toUtf8(), QCryptographicHash::Sha256).toHex().left(24));
}

QByteArray contents(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

}  // namespace

OfflineStore::OfflineStore(const QString& root, const QString& account)
    : folder_(root + QLatin1Char('/') + nameOf(account)) {}

QString OfflineStore::folder(const QString& mediaId) const {
    return folder_ + QLatin1Char('/') + mediaId;
}

QList<OfflineTask> OfflineStore::load() const {
    QList<OfflineTask> tasks;
    for (const auto& name : QDir(folder_).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        auto task = offlineTaskFrom(QJsonDocument::fromJson(kept(name, kTask)).object());
        if (!task || task->mediaId != name)
            continue;
        task->received = bytesOf(name);
        const bool there = QFileInfo::exists(PartFile::mediaPath(folder(name)));
        if (there)
            task->state = OfflineTask::State::Done;  // also when it ended between its last two steps
        else if (task->done())
            task->state = OfflineTask::State::Waiting;  // somebody took the file away
        tasks << *task;
    }
    std::sort(tasks.begin(), tasks.end(), [](const auto& a, const auto& b) { return a.addedAt < b.addedAt; });
    return tasks;
}

Result<void> OfflineStore::save(const OfflineTask& task) {
    return keep(task.mediaId, kTask, QJsonDocument(toJson(task)).toJson(QJsonDocument::Compact));
}

void OfflineStore::remove(const QString& mediaId) {
    if (safeId(mediaId))
        QDir(folder(mediaId)).removeRecursively();
}

void OfflineStore::removeFile(const QString& mediaId) {
    QFile::remove(PartFile::mediaPath(folder(mediaId)));
    QFile::remove(PartFile::partPath(folder(mediaId)));
}

qint64 OfflineStore::bytesOf(const QString& mediaId) const {
    const QFileInfo whole(PartFile::mediaPath(folder(mediaId)));
    return whole.exists() ? whole.size() : QFileInfo(PartFile::partPath(folder(mediaId))).size();
}

qint64 OfflineStore::diskFree() const {
    QDir existing(folder_);
    while (!existing.exists() && existing.path() != QLatin1String("/"))
        existing.setPath(QFileInfo(existing.path()).path());
    return QStorageInfo(existing).bytesAvailable();
}

Result<void> OfflineStore::keep(const QString& mediaId, const QString& name, const QByteArray& bytes) {
    if (!safeId(mediaId))
        return core::fail(ErrorCode::Invalid, {}, "no id of a title");
    QDir().mkpath(folder(mediaId));
    QSaveFile file(folder(mediaId) + QLatin1Char('/') + name);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        return core::fail(ErrorCode::Io, {}, file.errorString().toStdString());
    return {};
}

QByteArray OfflineStore::kept(const QString& mediaId, const QString& name) const {
    return contents(folder(mediaId) + QLatin1Char('/') + name);
}

}  // namespace marea::app
