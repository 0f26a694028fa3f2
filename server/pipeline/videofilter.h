#pragma once

#include <optional>
#include <vector>

#include "core/base/result.h"
#include "server/pipeline/dolbymapping.h"
#include "server/pipeline/videocolour.h"

namespace marea::server {

// From decoded pictures to what an encoder takes: deinterlaced, in the size asked for with square pixels, upright, with
// the colours asked for. One picture out for each one in, in order, at times a little later. One thread.
class VideoFilter {
public:
    // `stream`: where the pictures come from; outlives the filter.
    VideoFilter(const AVStream& stream, const VideoEncoding& encoding, AVPixelFormat format);

    static bool isInterlaced(const AVFrame& picture);

    // The pictures that became ready.
    core::Result<std::vector<AvPtr<AVFrame>>> push(const AVFrame& picture);
    core::Result<std::vector<AvPtr<AVFrame>>> finish();

private:
    // What a graph is built for: when it changes in the middle, a new graph takes over.
    struct Input {
        int width = 0, height = 0, format = 0;
        AVRational pixelAspect{};
        AVColorSpace matrix{};
        AVColorTransferCharacteristic transfer{};
        AVColorRange range{};
        bool isInterlaced = false;
        bool fits(const Input& next) const;
    };
    static Input describe(const AVFrame& picture);
    bool isTurned() const { return rotation_ == 90 || rotation_ == 270; }
    core::Result<void> filter(const AVFrame& picture, std::vector<AvPtr<AVFrame>>& out);
    std::string chain(const Input& input) const;
    core::Result<void> build(const Input& input);
    core::Result<void> drain(std::vector<AvPtr<AVFrame>>& out);

    const AVStream& stream_;
    VideoEncoding encoding_;
    AVPixelFormat format_;
    int rotation_;
    VideoColour colour_;
    std::optional<DolbyPictures> dolby_;  // where the source has no base layer
    AvPtr<AVFilterGraph> graph_;
    Input input_;
    AVFilterContext* source_ = nullptr;
    AVFilterContext* sink_ = nullptr;
};

}  // namespace marea::server
