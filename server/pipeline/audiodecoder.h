#pragma once

#include <deque>
#include <optional>

#include "server/pipeline/streamreader.h"

namespace marea::server {

// Decoded samples, and the number of the first one: samples of the frame's own rate since the title's start.
struct SourceSamples {
    AvPtr<AVFrame> frame;
    std::int64_t first = 0;
};

// Samples by their absolute number, from any point: the same sample has the same number wherever decoding began, though
// a container may round its times to milliseconds. One thread, and starts none.
class AudioDecoder {
public:
    // `reader` outlives the decoder. ErrorCode::Unprocessable when nothing decodes this codec.
    static core::Result<std::unique_ptr<AudioDecoder>> open(StreamReader& reader);

    // Begins at or before `at`; the first samples after a seek may sound of nothing that came before.
    core::Result<void> seek(Ticks at);
    // Without a frame at the end. Damaged packets leave a gap in the numbers.
    core::Result<SourceSamples> next();

private:
    explicit AudioDecoder(StreamReader& reader) : reader_(reader) {}
    core::Result<void> start();
    core::Result<AvPtr<AVFrame>> decode();
    core::Result<void> findStart();
    std::int64_t number(std::int64_t at, int rate) const;
    std::optional<std::int64_t> onGrid(const AVFrame& frame) const;
    std::int64_t likelyStart() const;

    StreamReader& reader_;
    AvPtr<AVCodecContext> codec_;
    std::deque<AvPtr<AVFrame>> ready_;
    std::int64_t expected_ = 0;  // the number that follows on the last samples
    int rate_ = 0;               // that it counts in; 0: nothing decoded yet
    bool isDraining_ = false;
};

}  // namespace marea::server
