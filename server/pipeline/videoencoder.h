#pragma once

#include "server/pipeline/gpudevice.h"
#include "server/pipeline/segmentwriter.h"
#include "server/pipeline/videocolour.h"

namespace marea::server {

// A fresh encoder for one segment: one IDR picture at its start, no reordering, no threads. The same pictures give the
// same bytes.
class VideoEncoder {
public:
    // `seconds`: how long the segment is; what fits into it keeps the encoding's bitrate. ErrorCode::Unprocessable for
    // a codec that this build does not make. `device`: encodes instead of the processor, and outlives it.
    static core::Result<std::unique_ptr<VideoEncoder>> open(const VideoEncoding& encoding, const VideoColour& colour,
                                                            double seconds, GpuDevice* device = nullptr);
    // What open() will want pictures to be in.
    static AVPixelFormat pixelFormat(const VideoEncoding& encoding, const VideoColour& colour);

    core::Result<TrackFormat> format() const;

    // The picture with this number on the grid. Numbers ascend by one.
    core::Result<void> encode(const AVFrame& picture, std::int64_t number);
    core::Result<Packets> finish();

private:
    VideoEncoder() = default;
    core::Result<void> openOnProcessor(const VideoEncoding& encoding, double seconds);
    core::Error error(int code) const;
    core::Result<void> send(const AVFrame* picture);

    AvPtr<AVCodecContext> context_;
    GpuDevice* device_ = nullptr;
    VideoColour colour_;
    std::int64_t step_ = 1;  // from picture to picture, in the time base
    Packets packets_;
};

}  // namespace marea::server
