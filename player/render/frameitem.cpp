#include "player/render/frameitem.h"

#include "player/render/picturenode.h"

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
    const QSizeF size = QSizeF(image.size()).scaled(boundingRect().size(), Qt::KeepAspectRatio);
    const QPointF corner((width() - size.width()) / 2, (height() - size.height()) / 2);
    return PictureNode::updated(old, *this, image, QRectF(corner, size));
}

}  // namespace marea::player
