#pragma once

#include <QColor>
#include <QList>
#include <QQuickPaintedItem>
#include <QRectF>

namespace marea::app {

// A row of bars around a line, in one colour. Painted when they, the colour or the size change, not when one moves
// through it: who shows how far one is clips a second one.
class WaveformItem : public QQuickPaintedItem {
    Q_OBJECT
    Q_PROPERTY(QList<int> peaks READ peaks WRITE setPeaks NOTIFY changed)
    Q_PROPERTY(QColor color READ color WRITE setColor NOTIFY changed)
public:
    explicit WaveformItem(QQuickItem* parent = nullptr);

    QList<int> peaks() const { return peaks_; }
    void setPeaks(const QList<int>& peaks);
    QColor color() const { return color_; }
    void setColor(const QColor& color);
    void paint(QPainter* painter) override;

    // Where they stand in so much room. Where it is narrow, the loudest of several stands for them.
    static QList<QRectF> bars(const QList<int>& peaks, const QSizeF& room);

Q_SIGNALS:
    void changed();

private:
    QList<int> peaks_;
    QColor color_;
};

}  // namespace marea::app
