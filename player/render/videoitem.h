#pragma once

#include <QPointer>
#include <QQuickItem>

#include "player/session/playerengine.h"

namespace marea::player {

// QML: `import Marea.Player` then `VideoItem { engine: … }`. The picture of the engine's source, letterboxed. libmpv's
// is drawn with OpenGL inside the scene where the scene uses OpenGL, in software elsewhere; decided when the window is
// set up. Qt Multimedia's is made an image by the processor.
// One item at a time draws an engine.
class VideoItem : public QQuickItem {
    Q_OBJECT
    Q_PROPERTY(QObject* engine READ engineObject WRITE setEngineObject NOTIFY engineChanged)
    Q_PROPERTY(bool software READ software NOTIFY rendererChanged)
public:
    explicit VideoItem(QQuickItem* parent = nullptr);
    ~VideoItem() override;

    QObject* engineObject() const { return engine_; }
    void setEngineObject(QObject* engine);  // an MpvEngine, a QtEngine, or null; else nothing is drawn
    bool software() const { return software_; }

Q_SIGNALS:
    void engineChanged();
    void rendererChanged();

protected:
    void itemChange(ItemChange change, const ItemChangeData& data) override;
    void geometryChange(const QRectF& now, const QRectF& before) override;

private:
    void onWindow(QQuickWindow* window);
    void chooseRenderer();
    void dropRenderer();
    QQuickItem* makeRenderer();

    QPointer<PlayerEngine> engine_;
    QPointer<QQuickItem> renderer_;
    QMetaObject::Connection initialized_;
    bool software_ = false;
};

// Call once, before QML is loaded. Also asks for OpenGL where the platform has it.
void registerVideoTypes();

}  // namespace marea::player
