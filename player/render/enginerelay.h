#pragma once

#include <QMetaObject>
#include <QObject>
#include <QPointer>

#include "player/engine/mpvengine.h"

namespace marea::player {

// Takes what renderers say, on their threads, to the engine on its own; and mpv's update callback, which may come from
// any thread at any time, to whoever draws. Held by shared_ptr, so that a late callback finds it alive.
class EngineRelay : public QObject {
    Q_OBJECT
public:
    // On the engine's thread.
    explicit EngineRelay(MpvEngine* engine) : engine_(engine) {}

    // Any thread.
    void ready() { post(&MpvEngine::outputReady); }
    void lost() { post(&MpvEngine::outputLost); }
    void shown() { post(&MpvEngine::frameShown); }
    static void onUpdate(void* self) { Q_EMIT static_cast<EngineRelay*>(self)->updateWanted(); }

Q_SIGNALS:
    void updateWanted();

private:
    void post(void (MpvEngine::*call)()) {
        QMetaObject::invokeMethod(
            this,
            [this, call] {
                if (engine_) {
                    (engine_->*call)();
                }
            },
            Qt::QueuedConnection);
    }

    QPointer<MpvEngine> engine_;
};

// For objects that other threads hold too: the last of them leaves the deletion to the object's own thread.
template <class T>
std::shared_ptr<T> sharedQObject(T* object) {
    return std::shared_ptr<T>(object, [](T* last) { last->deleteLater(); });
}

}  // namespace marea::player
