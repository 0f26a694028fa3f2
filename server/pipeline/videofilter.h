#pragma once

#include <optional>
#include <vector>

#include "core/base/result.h"
#include "server/pipeline/dolbymapping.h"
#include "server/pipeline/videocolour.h"

namespace marea::server {

// What an encoder takes: the size with square pixels, upright, and the colours.
struct PictureLook {
    int width = 0, height = 0;
    VideoColour colour;
    AVPixelFormat format = AV_PIX_FMT_NONE;
    bool operator==(const PictureLook&) const = default;
};

// From decoded pictures to what encoders take, in several looks at once. What the looks have in common (the
// deinterlacing) is done once; each is as it would be alone. One picture out for each one in, in order, at times a
// little later. One thread.
class VideoFilter {
public:
    // `stream`: where the pictures come from. At least one look; one alone where they share nothing.
    VideoFilter(const AVStream& stream, std::vector<PictureLook> looks);
    // Pictures of Dolby's own are read in the size that they will have.
    static bool sharesWork(const AVStream& stream);

    static bool isInterlaced(const AVFrame& picture);

    // One source picture in each look, in their order.
    using Picture = std::vector<AvPtr<AVFrame>>;
    // The pictures that became ready.
    core::Result<std::vector<Picture>> push(const AVFrame& picture);
    core::Result<std::vector<Picture>> finish();

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
    core::Result<void> filter(const AVFrame& picture, std::vector<Picture>& out);
    std::string chain(const Input& input, const PictureLook& look) const;
    std::string graphText(const Input& input) const;
    core::Result<void> build(const Input& input);
    int addEnds(const std::string& source);
    int connect(const std::string& text);
    core::Result<AvPtr<AVFrame>> next(AVFilterContext* sink);
    core::Result<void> drain(std::vector<Picture>& out);

    std::vector<PictureLook> looks_;
    int rotation_;
    std::optional<DolbyPictures> dolby_;  // where the source has no base layer
    AvPtr<AVFilterGraph> graph_;
    Input input_;
    AVFilterContext* source_ = nullptr;
    std::vector<AVFilterContext*> sinks_;  // of the looks
};

}  // namespace marea::server
