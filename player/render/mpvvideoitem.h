#pragma once

#include <memory>
#include <QQuickFramebufferObject>

#include "player/render/enginerelay.h"

namespace marea::player {

// The picture by OpenGL, on the scene's render thread. Use VideoItem, which chooses.
class MpvVideoItem : public QQuickFramebufferObject {
    Q_OBJECT
public:
    MpvVideoItem(MpvEngine* engine, QQuickItem* parent);

    Renderer* createRenderer() const override;

private:
    std::shared_ptr<MpvCore> core_;
    std::shared_ptr<EngineRelay> relay_;
};

}  // namespace marea::player
