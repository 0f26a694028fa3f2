#pragma once

#include <QImage>
#include <QSGSimpleTextureNode>

class QQuickItem;

namespace marea::player {

// An image of a film in the scene. Render thread.
class PictureNode final : public QSGSimpleTextureNode {
public:
    // For updatePaintNode(): `old` with the image in `place` of the item; none where there is no image.
    static PictureNode* updated(QSGNode* old, const QQuickItem& item, const QImage& image, const QRectF& place);

private:
    PictureNode();
};

}  // namespace marea::player
