#include "player/render/softwarepainter.h"

#include <mpv/client.h>
#include <mpv/render.h>

#include <algorithm>

#include "player/engine/mpvlibrary.h"

namespace marea::player {
namespace {

constexpr int mostPixelsWide = 1920;  // a CPU scales no more than this in time

QSize sensible(QSize size) {
    return size.width() > mostPixelsWide ? size.scaled(mostPixelsWide, size.height(), Qt::KeepAspectRatio) : size;
}

}  // namespace

SoftwarePainter::SoftwarePainter(std::shared_ptr<MpvCore> core, std::shared_ptr<EngineRelay> relay,
                                 std::function<void()> painted)
    : core_(std::move(core)), relay_(std::move(relay)), painted_(std::move(painted)), thread_([this] { run(); }) {}

SoftwarePainter::~SoftwarePainter() {
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
    }
    wake_.notify_one();
    thread_.join();
}

void SoftwarePainter::setSize(QSize pixels) {
    {
        const std::lock_guard lock(mutex_);
        size_ = sensible(pixels);
        sizeChanged_ = true;
    }
    wake_.notify_one();
}

QImage SoftwarePainter::image() const {
    const std::lock_guard lock(mutex_);
    return image_;
}

void SoftwarePainter::onUpdate(void* self) {
    auto* painter = static_cast<SoftwarePainter*>(self);
    {
        const std::lock_guard lock(painter->mutex_);
        painter->frameDue_ = true;
    }
    painter->wake_.notify_one();
}

bool SoftwarePainter::create() {
    mpv_render_param params[] = {{MPV_RENDER_PARAM_API_TYPE, const_cast<char*>(MPV_RENDER_API_TYPE_SW)},
                                 {MPV_RENDER_PARAM_INVALID, nullptr}};
    if (libmpv().renderContextCreate(&context_, core_->handle(), params) < 0) {
        qWarning("The picture can't be drawn: no software context for the player");
        return false;
    }
    libmpv().renderContextSetUpdateCallback(context_, &SoftwarePainter::onUpdate, this);
    const char* none = "no";  // what a graphics card decodes would have to come back from it
    libmpv().setPropertyAsync(core_->handle(), 0, "hwdec", MPV_FORMAT_STRING, &none);
    relay_->ready();
    return true;
}

void SoftwarePainter::run() {
    if (!create()) {
        return;
    }
    std::unique_lock lock(mutex_);
    while (!ending_) {
        wake_.wait(lock, [this] { return frameDue_ || sizeChanged_ || ending_; });
        const bool redraw = std::exchange(sizeChanged_, false);
        const QSize size = size_;
        frameDue_ = false;
        if (ending_) {
            break;
        }
        lock.unlock();
        const bool fresh = (libmpv().renderContextUpdate(context_) & MPV_RENDER_UPDATE_FRAME) != 0;
        if ((fresh || redraw) && !size.isEmpty()) {
            paint(size);
            painted_();
            if (fresh) {
                relay_->shown();
            }
        }
        lock.lock();
    }
    lock.unlock();
    relay_->lost();
    libmpv().renderContextSetUpdateCallback(context_, nullptr, nullptr);
    libmpv().renderContextFree(context_);
}

void SoftwarePainter::paint(QSize size) {
    QImage image(size, QImage::Format_RGB32);  // "bgr0" in memory on little-endian machines
    int dimensions[2] = {size.width(), size.height()};
    auto stride = static_cast<std::size_t>(image.bytesPerLine());
    int block = 0;
    mpv_render_param params[] = {{MPV_RENDER_PARAM_SW_SIZE, dimensions},
                                 {MPV_RENDER_PARAM_SW_FORMAT, const_cast<char*>("bgr0")},
                                 {MPV_RENDER_PARAM_SW_STRIDE, &stride},
                                 {MPV_RENDER_PARAM_SW_POINTER, image.bits()},
                                 {MPV_RENDER_PARAM_BLOCK_FOR_TARGET_TIME, &block},
                                 {MPV_RENDER_PARAM_INVALID, nullptr}};
    if (libmpv().renderContextRender(context_, params) >= 0) {
        const std::lock_guard lock(mutex_);
        image_ = std::move(image);
    }
}

}  // namespace marea::player
