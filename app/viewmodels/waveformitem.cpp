#include "app/viewmodels/waveformitem.h"

#include <QPainter>

#include <algorithm>

namespace marea::app {

namespace {

constexpr double kNarrowestBar = 3, kBetweenBars = 1, kLowestBar = 1, kLoudest = 255;  // pixels, but for the last

}  // namespace

WaveformItem::WaveformItem(QQuickItem* parent) : QQuickPaintedItem(parent) {
    connect(this, &WaveformItem::changed, this, [this] { update(); });
}

void WaveformItem::setPeaks(const QList<int>& peaks) {
    if (peaks == peaks_)
        return;
    peaks_ = peaks;
    Q_EMIT changed();
}

void WaveformItem::setColor(const QColor& color) {
    if (color == color_)
        return;
    color_ = color;
    Q_EMIT changed();
}

QList<QRectF> WaveformItem::bars(const QList<int>& peaks, const QSizeF& room) {
    const auto count = std::min(peaks.size(), static_cast<qsizetype>(room.width() / kNarrowestBar));
    QList<QRectF> bars;
    for (qsizetype i = 0; i < count; ++i) {
        const auto from = i * peaks.size() / count, to = (i + 1) * peaks.size() / count;
        const int peak = *std::max_element(peaks.begin() + from, peaks.begin() + to);
        const double height = std::max(kLowestBar, room.height() * std::clamp(peak / kLoudest, 0.0, 1.0));
        const double step = room.width() / static_cast<double>(count);
        bars << QRectF(static_cast<double>(i) * step, (room.height() - height) / 2, step - kBetweenBars, height);
    }
    return bars;
}

void WaveformItem::paint(QPainter* painter) {
    painter->setRenderHint(QPainter::Antialiasing);
    for (const auto& bar : bars(peaks_, size()))
        painter->fillRect(bar, color_);
}

}  // namespace marea::app
