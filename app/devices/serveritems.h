#pragma once

#include <optional>
#include <QJsonObject>
#include <QString>

#include "sync/plan/selection.h"

namespace marea::app {

// What a server's titles and encodings mean to a device. Pure.

// Nothing for what has no file, or is broken. Paths are "Artist/Album/01 Title.mp3", "Title (2019).mkv",
// "Series/Season 01/Series S01E02 Title.mkv".
std::optional<sync::LibraryItem> libraryItemFrom(const QJsonObject& json);

// How a download is asked for: of an encoding, or as it is.
struct DownloadForm {
    QString quality = QStringLiteral("original"), format = QStringLiteral("original");
    bool operator==(const DownloadForm&) const = default;
};
// Nothing for what the server does not make.
std::optional<DownloadForm> downloadFormOf(const sync::Encoding& encoding);

}  // namespace marea::app
