#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <QImage>
#include <thread>

#include "player/multimedia/framebox.h"

namespace marea::player {

// A thread that makes an image of each new frame in the box, with the subtitles on it.
class FramePainter {
public:
    // `painted` is called on the painter's thread after each new image.
    FramePainter(std::shared_ptr<FrameBox> frames, std::function<void()> painted);
    ~FramePainter();

    QImage image() const;  // the newest, any thread; null where there is none

private:
    void run();
    void look();  // any thread

    std::shared_ptr<FrameBox> frames_;
    std::function<void()> painted_;
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    bool due_ = false, ending_ = false;
    QImage image_;
    std::thread thread_;
};

// What subtitles say, without the marks of their formats. Pure.
QString plainWords(QString text);

}  // namespace marea::player
