#include "player/render/videoitem.h"

#include <QtQml/qqml.h>
#include <QQuickWindow>
#include <QSGRendererInterface>

#include "player/render/mpvsoftwareitem.h"
#include "player/render/mpvvideoitem.h"

namespace marea::player {

VideoItem::VideoItem(QQuickItem* parent) : QQuickItem(parent) {}

VideoItem::~VideoItem() {
    setEngineObject(nullptr);
}

void VideoItem::setEngineObject(QObject* object) {
    auto* engine = qobject_cast<MpvEngine*>(object);
    if (engine == engine_) {
        return;
    }
    dropRenderer();
    if (engine_) {
        engine_->releaseOutput();
    }
    engine_ = engine;
    if (engine_) {
        engine_->expectOutput();
    }
    chooseRenderer();
    Q_EMIT engineChanged();
}

void VideoItem::itemChange(ItemChange change, const ItemChangeData& data) {
    if (change == ItemSceneChange) {
        onWindow(data.window);
    }
    QQuickItem::itemChange(change, data);
}

void VideoItem::geometryChange(const QRectF& now, const QRectF& before) {
    QQuickItem::geometryChange(now, before);
    if (renderer_) {
        renderer_->setSize(now.size());
    }
}

void VideoItem::onWindow(QQuickWindow* window) {
    disconnect(initialized_);
    dropRenderer();
    if (!window) {
        return;
    }
    if (window->isSceneGraphInitialized()) {
        chooseRenderer();
        return;
    }
    initialized_ =
        connect(window, &QQuickWindow::sceneGraphInitialized, this, &VideoItem::chooseRenderer, Qt::QueuedConnection);
}

void VideoItem::dropRenderer() {
    if (renderer_ && engine_) {
        engine_->outputLeaving();
    }
    delete renderer_;
}

void VideoItem::chooseRenderer() {
    if (renderer_ || !engine_ || !window() || !window()->isSceneGraphInitialized()) {
        return;
    }
    software_ = window()->rendererInterface()->graphicsApi() != QSGRendererInterface::OpenGL;
    renderer_ = software_ ? static_cast<QQuickItem*>(new MpvSoftwareItem(engine_, this))
                          : static_cast<QQuickItem*>(new MpvVideoItem(engine_, this));
    renderer_->setSize(size());
    Q_EMIT rendererChanged();
}

void registerVideoTypes() {
    // libmpv draws with OpenGL or in software only. Loses to QT_QUICK_BACKEND=software, as it should.
    QQuickWindow::setGraphicsApi(QSGRendererInterface::OpenGL);
    qmlRegisterType<VideoItem>("Marea.Player", 1, 0, "VideoItem");
}

}  // namespace marea::player
