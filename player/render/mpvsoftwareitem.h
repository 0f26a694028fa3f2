#pragma once

#include <memory>
#include <QImage>
#include <QQuickItem>

#include "player/render/enginerelay.h"

namespace marea::player {

class SoftwarePainter;

// The picture drawn by the CPU in a thread of its own and handed to the scene as an image. Use VideoItem, which
// chooses.
class MpvSoftwareItem : public QQuickItem {
    Q_OBJECT
public:
    MpvSoftwareItem(MpvEngine* engine, QQuickItem* parent);
    ~MpvSoftwareItem() override;

protected:
    QSGNode* updatePaintNode(QSGNode* old, UpdatePaintNodeData*) override;
    void geometryChange(const QRectF& now, const QRectF& before) override;

private:
    std::shared_ptr<EngineRelay> relay_;
    std::unique_ptr<SoftwarePainter> painter_;
};

}  // namespace marea::player
