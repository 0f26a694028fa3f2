#include "app/platform/mediafolders.h"

#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

namespace marea::app {

QStringList usualMediaFolders() {
    QStringList folders;
    for (const auto kind : {QStandardPaths::MusicLocation, QStandardPaths::MoviesLocation}) {
        const QString path = QDir::cleanPath(QStandardPaths::writableLocation(kind));
        const QDir folder(path);
        if (!path.isEmpty() && folder.exists() && folder != QDir::home() && !folder.isEmpty() &&
            !folders.contains(path))
            folders << path;
    }
    return folders;
}

QStringList foldersAmong(const QList<QUrl>& urls) {
    QStringList folders;
    for (const auto& url : urls)
        if (url.isLocalFile() && QFileInfo(url.toLocalFile()).isDir())
            folders << QDir::cleanPath(url.toLocalFile());
    return folders;
}

}  // namespace marea::app
