#include "player/render/mpvvideoitem.h"

#include <mpv/client.h>
#include <mpv/render_gl.h>

#include <QOpenGLContext>
#include <QOpenGLFramebufferObject>
#include <QOpenGLFunctions>
#include <QQuickOpenGLUtils>

#include "player/engine/mpvlibrary.h"

namespace marea::player {
namespace {

void* glFunction(void*, const char* name) {
    QOpenGLContext* context = QOpenGLContext::currentContext();
    return context ? reinterpret_cast<void*>(context->getProcAddress(QByteArray(name))) : nullptr;
}

bool drawnByCpu() {
    const auto* renderer =
        reinterpret_cast<const char*>(QOpenGLContext::currentContext()->functions()->glGetString(GL_RENDERER));
    return renderer && QByteArray(renderer).toLower().contains("llvmpipe");
}

// Tone mapping with peak detection takes 240 ms a frame on a CPU, clipping 4; and without a graphics card there is no
// use in looking for its decoders. Waits for mpv, which has no picture yet that could wait for this thread.
void easeForCpu(mpv_handle* mpv) {
    static const char* const options[][2] = {
        {"hwdec", "no"},          {"gpu-hwdec-interop", "no"}, {"hdr-compute-peak", "no"},
        {"tone-mapping", "clip"}, {"dither-depth", "no"},      {"scale", "bilinear"}};
    for (const auto& [name, value] : options) {
        libmpv().setPropertyString(mpv, name, value);
    }
}

// Lives and dies on the render thread, with its OpenGL context current, so the context of mpv's lives here.
class GlRenderer : public QQuickFramebufferObject::Renderer {
public:
    GlRenderer(std::shared_ptr<MpvCore> core, std::shared_ptr<EngineRelay> relay)
        : core_(std::move(core)), relay_(std::move(relay)) {}

    ~GlRenderer() override {
        if (context_) {
            relay_->lost();
            libmpv().renderContextSetUpdateCallback(context_, nullptr, nullptr);
            libmpv().renderContextFree(context_);
        }
    }

    void render() override {
        if (!context_ && !create()) {
            return;
        }
        const bool fresh = (libmpv().renderContextUpdate(context_) & MPV_RENDER_UPDATE_FRAME) != 0;
        QOpenGLFramebufferObject* target = framebufferObject();
        mpv_opengl_fbo fbo{static_cast<int>(target->handle()), target->width(), target->height(), 0};
        int flip = 0, block = 0;
        mpv_render_param params[] = {{MPV_RENDER_PARAM_OPENGL_FBO, &fbo},
                                     {MPV_RENDER_PARAM_FLIP_Y, &flip},
                                     {MPV_RENDER_PARAM_BLOCK_FOR_TARGET_TIME, &block},
                                     {MPV_RENDER_PARAM_INVALID, nullptr}};
        libmpv().renderContextRender(context_, params);
        QQuickOpenGLUtils::resetOpenGLState();
        if (fresh) {
            relay_->shown();
        }
    }

private:
    bool create() {
        if (failed_) {
            return false;
        }
        if (drawnByCpu()) {
            easeForCpu(core_->handle());
        }
        mpv_opengl_init_params gl{};
        gl.get_proc_address = glFunction;
        mpv_render_param params[] = {{MPV_RENDER_PARAM_API_TYPE, const_cast<char*>(MPV_RENDER_API_TYPE_OPENGL)},
                                     {MPV_RENDER_PARAM_OPENGL_INIT_PARAMS, &gl},
                                     {MPV_RENDER_PARAM_INVALID, nullptr}};
        if (libmpv().renderContextCreate(&context_, core_->handle(), params) < 0) {
            context_ = nullptr;
            failed_ = true;
            qWarning("The picture can't be drawn: no OpenGL context for the player");
            return false;
        }
        libmpv().renderContextSetUpdateCallback(context_, &EngineRelay::onUpdate, relay_.get());
        relay_->ready();
        return true;
    }

    std::shared_ptr<MpvCore> core_;
    std::shared_ptr<EngineRelay> relay_;
    mpv_render_context* context_ = nullptr;
    bool failed_ = false;
};

}  // namespace

MpvVideoItem::MpvVideoItem(MpvEngine* engine, QQuickItem* parent)
    : QQuickFramebufferObject(parent), core_(engine->core()), relay_(sharedQObject(new EngineRelay(engine))) {
    connect(relay_.get(), &EngineRelay::updateWanted, this, &QQuickItem::update, Qt::QueuedConnection);
}

QQuickFramebufferObject::Renderer* MpvVideoItem::createRenderer() const {
    return new GlRenderer(core_, relay_);
}

}  // namespace marea::player
