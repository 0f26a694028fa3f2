#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "server/packaging/hardware.h"
#include "server/pipeline/videocolour.h"

struct AVBufferRef;

namespace marea::server {

// A device with encoders, opened before the sandbox is entered: afterwards nothing can be. Errors are
// ErrorCode::Unavailable, which says that the device is at fault and not the film. One thread.
class GpuDevice {
public:
    // `path`: which of several, as in HardwareDevice's value (packaging/hardware.h); may be empty.
    static core::Result<std::unique_ptr<GpuDevice>> open(HardwareKind kind, const std::string& path);
    ~GpuDevice();
    GpuDevice(const GpuDevice&) = delete;
    GpuDevice& operator=(const GpuDevice&) = delete;

    // Describes the encoder beyond what every encoder is told (size, rate, colours, limits), and opens it.
    // `context`: of encoder(codec). `pixels`: what encode() will be given.
    const AVCodec* encoder(const std::string& codec) const;  // null: not in this build of libav
    core::Result<void> open(AVCodecContext& context, AVPixelFormat pixels) const;
    // A picture as the encoder takes it: in its format, and on the device where that is needed.
    core::Result<AvPtr<AVFrame>> prepared(const AVFrame& picture, const AVCodecContext& context);

    core::Error error(int code, const char* where) const;

private:
    GpuDevice(HardwareKind kind, std::string path) : kind_(kind), path_(std::move(path)) {}
    core::Result<void> openFrames(AVCodecContext& context, AVPixelFormat pixels) const;
    core::Result<AvPtr<AVFrame>> converted(const AVFrame& picture, AVPixelFormat format);

    HardwareKind kind_;
    std::string path_;
    AVBufferRef* device_ = nullptr;
    AvPtr<SwsContext> converter_;
    int convertedFrom_[4] = {};  // width, height, from, to
};

// What the device can do, by doing it: each encoder makes a few pictures of a test card, and what comes out must be one
// keyframe and pictures that refer to it, in order. Takes some seconds.
std::vector<HardwareEncoder> tryEncoders(GpuDevice& device);

}  // namespace marea::server
