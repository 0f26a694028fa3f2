#include "player/render/frameitem.h"

#include <QQuickWindow>
#include <QSGSimpleTextureNode>

namespace marea::player {

FrameItem::FrameItem(std::shared_ptr<FrameBox> frames, QQuickItem* parent) : QQuickItem(parent) {
    setFlag(ItemHasContents);
    connect(this, &FrameItem::painted, this, &QQuickItem::update, Qt::QueuedConnection);
    painter_ = std::make_unique<FramePainter>(std::move(frames), [this] { Q_EMIT painted(); });
}

FrameItem::~FrameItem() {
    painter_.reset();  // before the item is none any more
}

QSGNode* FrameItem::updatePaintNode(QSGNode* old, UpdatePaintNodeData*) {
    const QImage image = painter_->image();
    auto* node = static_cast<QSGSimpleTextureNode*>(old);
    if (image.isNull()) {
        delete node;
        return nullptr;
    }
    if (!node) {
        node = new QSGSimpleTextureNode;
        node->setOwnsTexture(true);
        node->setFiltering(QSGTexture::Linear);
    }
    node->setTexture(window()->createTextureFromImage(image, QQuickWindow::TextureIsOpaque));
    const QSizeF size = QSizeF(image.size()).scaled(boundingRect().size(), Qt::KeepAspectRatio);
    node->setRect(QRectF(QPointF((width() - size.width()) / 2, (height() - size.height()) / 2), size));
    return node;
}

}  // namespace marea::player
