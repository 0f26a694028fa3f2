#pragma once

#include <memory>
#include <optional>

#include "server/pipeline/libav.h"
#include "server/pipeline/mediareader.h"

namespace marea::server {

// Decodes keyframes of one video track, and nothing else. One thread.
class KeyframeDecoder {
public:
    // ErrorCode::Unprocessable when there is no decoder for it.
    static core::Result<KeyframeDecoder> open(MediaReader& reader, const SourceTrack& track);

    // The keyframe presented at or before `at` (where the container has no index, perhaps one a little earlier), or the
    // first one; the frame stays valid until the next call. nullptr when it is damaged or there is none. The same
    // pointer, without work, while the keyframe is the same.
    core::Result<const AVFrame*> at(Ticks at);

private:
    KeyframeDecoder(MediaReader& reader, const SourceTrack& track) : reader_(&reader), track_(&track) {}
    bool decode(const AVPacket* packet);

    MediaReader* reader_;
    const SourceTrack* track_;
    AvPtr<AVCodecContext> context_;
    AvPtr<AVFrame> frame_;
    std::optional<std::int64_t> decoded_;  // which keyframe frame_ is of
    bool good_ = false;
};

}  // namespace marea::server
