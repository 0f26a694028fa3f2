#pragma once

#include <QList>
#include <QStringList>
#include <QUrl>

namespace marea::app {

// The system's folders for music and films that are there and have something in them. A home folder is none: systems
// without such folders name it.
QStringList usualMediaFolders();

// Those of dropped addresses that are folders on this computer, as paths without a last slash.
QStringList foldersAmong(const QList<QUrl>& urls);

}  // namespace marea::app
