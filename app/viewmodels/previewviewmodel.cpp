#include "app/viewmodels/previewviewmodel.h"

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

PreviewViewModel::PreviewViewModel(ApiClient& api, PlayerViewModel& player, QObject* parent)
    : QObject(parent), api_(api), player_(player) {
    connect(&player_, &PlayerViewModel::entryChanged, this, &PreviewViewModel::forget);
}

void PreviewViewModel::forget() {
    if (list_.isEmpty() || list_ == player_.previews())
        return;
    list_.clear();
    tiles_.clear();
    Q_EMIT changed();
}

void PreviewViewModel::want() {
    const QString list = player_.previews();
    if (list.isEmpty() || list == list_)
        return;
    list_ = list;
    deliver(api_.text(list), this, [this, list](const core::Result<QString>& text) {
        if (list != list_ || !text)
            return;  // a bar without pictures is a bar all the same
        tiles_ = parsePreviews(*text);
        Q_EMIT changed();
    });
}

QVariantMap PreviewViewModel::at(double seconds) const {
    const auto after = std::upper_bound(tiles_.begin(), tiles_.end(), seconds,
                                        [](double s, const PreviewTile& tile) { return s < tile.from; });
    if (after == tiles_.begin())
        return {};
    const auto& tile = *(after - 1);
    return {{QStringLiteral("sheet"), list_.section(QLatin1Char('/'), 0, -2) + QLatin1Char('/') + tile.sheet},
            {QStringLiteral("x"), tile.place.x()},
            {QStringLiteral("y"), tile.place.y()},
            {QStringLiteral("width"), tile.place.width()},
            {QStringLiteral("height"), tile.place.height()}};
}

}  // namespace marea::app
