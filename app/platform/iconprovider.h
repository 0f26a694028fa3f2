#pragma once

#include <QQuickImageProvider>

namespace marea::app {

// image://icon/<name>/<rrggbb or aarrggbb>: a Lucide icon at the asked size, 1.5 px strokes, in that
// colour; with /on at the end its shape is filled.
class IconProvider final : public QQuickImageProvider {
public:
    IconProvider();
    QImage requestImage(const QString& id, QSize* size, const QSize& requestedSize) override;
};

}  // namespace marea::app
