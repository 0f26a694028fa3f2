#pragma once

#include <memory>
#include <QQuickItem>

#include "player/render/framepainter.h"

namespace marea::player {

// The picture of a QtEngine, handed to the scene as an image, whatever draws the scene. Use VideoItem, which chooses.
class FrameItem : public QQuickItem {
    Q_OBJECT
public:
    FrameItem(std::shared_ptr<FrameBox> frames, QQuickItem* parent);
    ~FrameItem() override;

Q_SIGNALS:
    void painted();  // on the painter's thread

protected:
    QSGNode* updatePaintNode(QSGNode* old, UpdatePaintNodeData*) override;

private:
    std::unique_ptr<FramePainter> painter_;
};

}  // namespace marea::player
