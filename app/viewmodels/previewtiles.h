#pragma once

#include <QList>
#include <QRect>
#include <QString>

namespace marea::app {

// A small picture of a moment: a part of a sheet of them.
struct PreviewTile {
    double from = 0, to = 0;  // seconds
    QString sheet;            // as the list names it
    QRect place;              // in the sheet, pixels
};

// Reads the WebVTT list of a title's thumbnails ("0.jpg#xywh=0,0,320,180"). What cannot be read is left out. Pure.
QList<PreviewTile> parsePreviews(const QString& text);

// The picture of a moment; null: there is none yet. `tiles` ascend.
const PreviewTile* tileAt(const QList<PreviewTile>& tiles, double seconds);
// The first one that is of that part alone, else that of its beginning.
const PreviewTile* tileOfPart(const QList<PreviewTile>& tiles, double from, double to);

// Where a tile's sheet is; `list` is the address of the list.
QString sheetPath(const QString& list, const PreviewTile& tile);

}  // namespace marea::app
