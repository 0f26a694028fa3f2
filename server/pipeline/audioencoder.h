#pragma once

#include "server/pipeline/segmentwriter.h"

namespace marea::server {

// A fresh encoder for one segment of audio, and the arithmetic of its frames. One thread, and starts none.
class AudioEncoder {
public:
    // `isDeep`: the source has more than 16 bits, which a lossless codec keeps. `isEven`: all packets are of one size,
    // for codecs that have a bitrate. ErrorCode::Unprocessable for a codec that this build does not make.
    static core::Result<std::unique_ptr<AudioEncoder>> open(const AudioEncoding& encoding, bool isDeep,
                                                            bool isEven = false);

    int frameSize() const { return context_->frame_size; }
    // Samples by which what comes out is behind what went in.
    int delay() const { return context_->initial_padding; }
    // Frames to encode before the first one that counts, and after the last.
    int preRoll() const { return preRoll_; }
    int postRoll() const { return postRoll_; }
    // Frames before the title's start that belong to its first segment: a decoder's first frame only fades in, as half
    // of each frame is in the one before (AAC's overlap; ISO/IEC 14496-3 section 4.6.11.3).
    int leadIn() const { return leadIn_; }
    // Whether frames stand for themselves, so that the last may have fewer samples.
    bool endsAnywhere() const { return delay() == 0 && preRoll_ == 0 && postRoll_ == 0; }

    core::Result<TrackFormat> format() const;

    // The next `count` samples (frameSize(), but for the last), from planes at `offset`; `at`: the number of the first.
    core::Result<void> encode(const std::vector<std::vector<float>>& planes, std::int64_t offset, std::int64_t at,
                              int count);
    // All packets, pre-roll and post-roll too; pts: number of the first sample that each presents.
    core::Result<Packets> finish();

private:
    AudioEncoder() = default;
    core::Result<void> send(const AVFrame* frame);

    AvPtr<AVCodecContext> context_;
    int preRoll_ = 0, postRoll_ = 0, leadIn_ = 0;
    Packets packets_;
};

}  // namespace marea::server
