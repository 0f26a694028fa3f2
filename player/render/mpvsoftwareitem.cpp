#include "player/render/mpvsoftwareitem.h"

#include <QQuickWindow>

#include "player/render/picturenode.h"
#include "player/render/softwarepainter.h"

namespace marea::player {

MpvSoftwareItem::MpvSoftwareItem(MpvEngine* engine, QQuickItem* parent)
    : QQuickItem(parent), relay_(sharedQObject(new EngineRelay(engine))) {
    setFlag(ItemHasContents);
    connect(relay_.get(), &EngineRelay::updateWanted, this, &QQuickItem::update, Qt::QueuedConnection);
    painter_ = std::make_unique<SoftwarePainter>(engine->core(), relay_,
                                                 [relay = relay_] { EngineRelay::onUpdate(relay.get()); });
}

MpvSoftwareItem::~MpvSoftwareItem() = default;

void MpvSoftwareItem::geometryChange(const QRectF& now, const QRectF& before) {
    QQuickItem::geometryChange(now, before);
    const qreal ratio = window() ? window()->effectiveDevicePixelRatio() : 1;
    painter_->setSize((now.size() * ratio).toSize());
}

QSGNode* MpvSoftwareItem::updatePaintNode(QSGNode* old, UpdatePaintNodeData*) {
    return PictureNode::updated(old, *this, painter_->image(), boundingRect());
}

}  // namespace marea::player
