#pragma once

#include "server/pipeline/streamreader.h"

namespace marea::server {

// A picture of the source and when it is shown, since the title's start.
struct SourcePicture {
    AvPtr<AVFrame> frame;
    Ticks at = 0;
};

// Pictures in the order in which they are shown, from any point. One thread, and starts none.
class VideoDecoder {
public:
    // `reader` outlives the decoder. ErrorCode::Unprocessable when nothing decodes this codec.
    static core::Result<std::unique_ptr<VideoDecoder>> open(StreamReader& reader);

    // The next picture is the keyframe at or before `at`, or where there is none, the first that can be decoded.
    core::Result<void> seek(Ticks at);
    // Without a frame at the end. Damaged packets are passed over.
    core::Result<SourcePicture> next();

    Ticks startTime() const { return notBefore_; }  // where the last seek came to

    // Something could not be decoded since the last seek: what comes may depend on where decoding began.
    bool isDamaged() const { return isDamaged_; }

private:
    explicit VideoDecoder(StreamReader& reader) : reader_(reader) {}
    void planSkipping(Ticks at);
    core::Result<bool> feed();
    SourcePicture timed(AvPtr<AVFrame> frame);

    StreamReader& reader_;
    AvPtr<AVCodecContext> codec_;
    Ticks notBefore_ = 0;                       // leading pictures of an open group, which lack what they refer to
    std::int64_t skipBefore_ = AV_NOPTS_VALUE;  // in the stream's time
    Ticks expected_ = 0;                        // of the next picture, should it have no time
    bool isDamaged_ = false;
    bool isDraining_ = false;
};

}  // namespace marea::server
