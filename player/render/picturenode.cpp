#include "player/render/picturenode.h"

#include <QQuickItem>
#include <QQuickWindow>

namespace marea::player {

PictureNode::PictureNode() {
    setOwnsTexture(true);
    setFiltering(QSGTexture::Linear);
}

PictureNode* PictureNode::updated(QSGNode* old, const QQuickItem& item, const QImage& image, const QRectF& place) {
    auto* node = static_cast<PictureNode*>(old);
    if (image.isNull()) {
        delete node;
        return nullptr;
    }
    if (!node) {
        node = new PictureNode;
    }
    node->setTexture(item.window()->createTextureFromImage(image, QQuickWindow::TextureIsOpaque));
    node->setRect(place);
    return node;
}

}  // namespace marea::player
