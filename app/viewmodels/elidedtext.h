#pragma once

#include <QObject>
#include <QPointer>
#include <QQuickItem>
#include <QQuickWindow>
#include <QRectF>
#include <QTimer>

namespace marea::app {

// The text that ends in dots where the pointer rests, and where it stands: one tip for a whole window shows it, so that
// no text needs one of its own. Any item whose "truncated" is true counts; what something else covers does not. Costs
// nothing until the pointer rests. GUI thread.
class ElidedText : public QObject {
    Q_OBJECT
    Q_PROPERTY(QQuickWindow* window READ window WRITE setWindow NOTIFY windowChanged)
    Q_PROPERTY(QString text READ text NOTIFY changed)   // whole; empty: none
    Q_PROPERTY(QRectF place READ place NOTIFY changed)  // in the window
public:
    explicit ElidedText(QObject* parent = nullptr);

    QQuickWindow* window() const { return window_; }
    void setWindow(QQuickWindow* window);
    QString text() const { return text_; }
    QRectF place() const { return place_; }

    // The topmost such text at a point of the scene, or null.
    static QQuickItem* at(QQuickItem* root, const QPointF& point);

Q_SIGNALS:
    void windowChanged();
    void changed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void look();
    void show(const QString& text, const QRectF& place);

    QPointer<QQuickWindow> window_;
    QTimer rest_;
    QPointF pointer_;
    QString text_;
    QRectF place_;
};

}  // namespace marea::app
