#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <QImage>
#include <QSize>
#include <thread>

#include "player/render/enginerelay.h"

struct mpv_render_context;

namespace marea::player {

// A thread that asks mpv for each new frame as an RGB image of the wanted size.
class SoftwarePainter {
public:
    // `painted` is called on the painter's thread after each new image.
    SoftwarePainter(std::shared_ptr<MpvCore> core, std::shared_ptr<EngineRelay> relay, std::function<void()> painted);
    ~SoftwarePainter();

    void setSize(QSize pixels);  // any thread
    QImage image() const;        // the newest, any thread; null before the first

private:
    void run();
    bool create();
    void paint(QSize size);
    static void onUpdate(void* self);

    std::shared_ptr<MpvCore> core_;
    std::shared_ptr<EngineRelay> relay_;
    std::function<void()> painted_;
    mpv_render_context* context_ = nullptr;

    mutable std::mutex mutex_;
    std::condition_variable wake_;
    bool frameDue_ = false, sizeChanged_ = false, ending_ = false;
    QSize size_;
    QImage image_;
    std::thread thread_;
};

}  // namespace marea::player
