#include "player/render/videoitem.h"

#include <QtQml/qqml.h>
#include <QQuickWindow>
#include <QSGRendererInterface>

#ifdef MAREA_WITH_MPV
#include "player/engine/mpvengine.h"
#include "player/render/mpvsoftwareitem.h"
#include "player/render/mpvvideoitem.h"
#endif
#ifdef MAREA_WITH_QTMULTIMEDIA
#include "player/multimedia/qtengine.h"
#include "player/render/frameitem.h"
#endif

namespace marea::player {
namespace {

// libmpv waits for what draws, and puts its picture away before that goes.
template <class Call>
void tellMpv([[maybe_unused]] PlayerEngine* engine, [[maybe_unused]] Call call) {
#ifdef MAREA_WITH_MPV
    if (auto* mpv = qobject_cast<MpvEngine*>(engine)) {
        call(*mpv);
    }
#endif
}

PlayerEngine* drawable(QObject* object) {
#ifdef MAREA_WITH_MPV
    if (auto* mpv = qobject_cast<MpvEngine*>(object)) {
        return mpv;
    }
#endif
#ifdef MAREA_WITH_QTMULTIMEDIA
    if (auto* qt = qobject_cast<QtEngine*>(object); qt && qt->frames()) {
        return qt;
    }
#endif
    return nullptr;
}

}  // namespace

VideoItem::VideoItem(QQuickItem* parent) : QQuickItem(parent) {}

VideoItem::~VideoItem() {
    setEngineObject(nullptr);
}

void VideoItem::setEngineObject(QObject* object) {
    auto* engine = drawable(object);
    if (engine == engine_) {
        return;
    }
    dropRenderer();
    tellMpv(engine_, [](auto& mpv) { mpv.releaseOutput(); });
    engine_ = engine;
    tellMpv(engine_, [](auto& mpv) { mpv.expectOutput(); });
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
    if (renderer_) {
        tellMpv(engine_, [](auto& mpv) { mpv.outputLeaving(); });
    }
    delete renderer_;
}

QQuickItem* VideoItem::makeRenderer() {
#ifdef MAREA_WITH_MPV
    if (auto* mpv = qobject_cast<MpvEngine*>(engine_.data())) {
        return software_ ? static_cast<QQuickItem*>(new MpvSoftwareItem(mpv, this)) : new MpvVideoItem(mpv, this);
    }
#endif
#ifdef MAREA_WITH_QTMULTIMEDIA
    if (auto* qt = qobject_cast<QtEngine*>(engine_.data())) {
        return new FrameItem(qt->frames(), this);
    }
#endif
    return nullptr;
}

void VideoItem::chooseRenderer() {
    if (renderer_ || !engine_ || !window() || !window()->isSceneGraphInitialized()) {
        return;
    }
    software_ = window()->rendererInterface()->graphicsApi() != QSGRendererInterface::OpenGL;
    renderer_ = makeRenderer();
    renderer_->setSize(size());
    Q_EMIT rendererChanged();
}

void registerVideoTypes() {
    // libmpv draws with OpenGL or in software only. Loses to QT_QUICK_BACKEND=software, as it should.
    QQuickWindow::setGraphicsApi(QSGRendererInterface::OpenGL);
    qmlRegisterType<VideoItem>("Marea.Player", 1, 0, "VideoItem");
}

}  // namespace marea::player
