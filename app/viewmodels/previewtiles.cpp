#include "app/viewmodels/previewtiles.h"

#include <algorithm>
#include <QRegularExpression>

namespace marea::app {
namespace {

constexpr qsizetype kMostTiles = 10'000;

double secondsOf(const QString& clock) {
    double seconds = 0;
    for (const auto& part : clock.split(QLatin1Char(':')))
        seconds = seconds * 60 + part.toDouble();
    return seconds;
}

}  // namespace

QList<PreviewTile> parsePreviews(const QString& text) {
    // A cue (WebVTT, section 4.1) whose text is a picture with a spatial fragment (Media Fragments 1.0, section 4.2.2).
    static const QRegularExpression cue(QStringLiteral(
        R"(([\d:.]+) --> ([\d:.]+)[^\n]*\r?\n(\w+\.jpg)#xywh=(\d{1,5}),(\d{1,5}),([1-9]\d{0,4}),([1-9]\d{0,4})\b)"));
    QList<PreviewTile> tiles;
    for (auto found = cue.globalMatch(text); found.hasNext() && tiles.size() < kMostTiles;) {
        const auto part = found.next();
        const auto number = [&](int n) { return part.captured(n).toInt(); };
        tiles << PreviewTile{secondsOf(part.captured(1)), secondsOf(part.captured(2)), part.captured(3),
                             QRect(number(4), number(5), number(6), number(7))};
    }
    return tiles;
}

const PreviewTile* tileAt(const QList<PreviewTile>& tiles, double seconds) {
    const auto after = std::upper_bound(tiles.begin(), tiles.end(), seconds,
                                        [](double s, const PreviewTile& tile) { return s < tile.from; });
    return after == tiles.begin() ? nullptr : &*(after - 1);
}

const PreviewTile* tileOfPart(const QList<PreviewTile>& tiles, double from, double to) {
    const auto first = std::lower_bound(tiles.begin(), tiles.end(), from,
                                        [](const PreviewTile& tile, double s) { return tile.from < s; });
    return first != tiles.end() && first->from < to ? &*first : tileAt(tiles, from);
}

QString sheetPath(const QString& list, const PreviewTile& tile) {
    return list.section(QLatin1Char('/'), 0, -2) + QLatin1Char('/') + tile.sheet;
}

}  // namespace marea::app
