#include "app/viewmodels/elidedtext.h"

#include <algorithm>
#include <QMouseEvent>

namespace marea::app {
namespace {

constexpr int kRestMs = 600;  // as other tips wait

// What was found below a point: a text, or something that takes the mouse, below which nobody points.
struct Pointed {
    QQuickItem* text = nullptr;
    bool covered = false;
};

bool isShown(const QQuickItem& item) {
    return item.isVisible() && item.opacity() > 0;
}

bool isElided(const QQuickItem& item) {
    return item.property("truncated").toBool() && !item.property("text").toString().isEmpty();
}

QList<QQuickItem*> fromTheTop(const QQuickItem& item) {
    auto children = item.childItems();
    std::stable_sort(children.begin(), children.end(), [](auto* a, auto* b) { return a->z() < b->z(); });
    std::reverse(children.begin(), children.end());
    return children;
}

Pointed pointedAt(QQuickItem& item, const QPointF& scene) {
    const bool inside = item.contains(item.mapFromScene(scene));
    if (!isShown(item) || (item.clip() && !inside))
        return {};
    bool covered = false;
    for (auto* child : fromTheTop(item)) {
        const auto below = pointedAt(*child, scene);
        // A mouse area over a text is of that text; one with parts of its own is another thing above it.
        if (below.text || (below.covered && !child->childItems().isEmpty()))
            return below;
        covered = covered || below.covered;
    }
    if (inside && isElided(item))
        return {&item, true};
    return {nullptr, covered || (inside && item.acceptedMouseButtons() != Qt::NoButton)};
}

}  // namespace

ElidedText::ElidedText(QObject* parent) : QObject(parent) {
    rest_.setSingleShot(true);
    rest_.setInterval(kRestMs);
    connect(&rest_, &QTimer::timeout, this, &ElidedText::look);
}

void ElidedText::setWindow(QQuickWindow* window) {
    if (window == window_)
        return;
    if (window_)
        window_->removeEventFilter(this);
    window_ = window;
    if (window_)
        window_->installEventFilter(this);
    Q_EMIT windowChanged();
}

QQuickItem* ElidedText::at(QQuickItem* root, const QPointF& point) {
    return root ? pointedAt(*root, point).text : nullptr;
}

bool ElidedText::eventFilter(QObject* watched, QEvent* event) {
    switch (event->type()) {
        case QEvent::MouseMove: {
            const auto* move = static_cast<QMouseEvent*>(event);
            pointer_ = move->position();
            if (!place_.contains(pointer_))
                show({}, {});
            rest_.start();
            break;
        }
        case QEvent::MouseButtonPress:
        case QEvent::Wheel:
        case QEvent::KeyPress:
        case QEvent::Leave:
        case QEvent::Hide:
            rest_.stop();
            show({}, {});
            break;
        default:
            break;
    }
    return QObject::eventFilter(watched, event);
}

void ElidedText::look() {
    auto* item = window_ ? at(window_->contentItem(), pointer_) : nullptr;
    if (item)
        show(item->property("text").toString(), item->mapRectToScene(item->boundingRect()));
}

void ElidedText::show(const QString& text, const QRectF& place) {
    if (text == text_ && place == place_)
        return;
    text_ = text;
    place_ = place;
    Q_EMIT changed();
}

}  // namespace marea::app
