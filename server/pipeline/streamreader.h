#pragma once

#include <cstdint>
#include <deque>
#include <limits>
#include <memory>
#include <utility>
#include <vector>

#include "server/packaging/segment.h"
#include "server/pipeline/avinput.h"
#include "server/pipeline/libav.h"

namespace marea::server {

// The packets of one stream, by a demuxer of its own that nobody else moves. One thread.
class StreamReader {
public:
    // `origin`: the title's start in the file's own time. `source` outlives the reader.
    // ErrorCode::Unprocessable when there is no such stream.
    // `beside`: another stream, whose packets are kept where they are met (takeBeside); -1: none.
    static core::Result<std::unique_ptr<StreamReader>> open(MediaSource& source, int stream, Ticks origin,
                                                            int beside = -1);

    AVStream* stream() const { return stream_; }
    AVFormatContext* context() const { return input_->context(); }
    Ticks origin() const { return origin_; }
    Ticks firstTime() const { return first_; }  // of the stream's first packet, since the title's start

    std::int64_t firstStamp() const { return firstStamp_; }  // the same as the file has it; AV_NOPTS_VALUE: none

    // Since the title's start.
    Ticks ticks(std::int64_t streamTime) const;

    // The next packet is that of the last keyframe presented at or before `at`; where there is none, the first packet
    // of the stream. The same one, whatever was read before.
    core::Result<void> seekKeyframe(Ticks at);
    // The next packet is the last one that begins at or before `at`, else the first one. For streams where decoding can
    // start at any packet.
    core::Result<void> seekPacket(Ticks at);

    // Null at the end. What the file's damage hides counts as the end.
    core::Result<AvPtr<AVPacket>> next();
    // The one that next() will give, where a seek has read it already.
    const AVPacket* peek() const { return waiting_.empty() ? nullptr : waiting_.front().get(); }
    // A packet of the other stream, and the latest decoding time of this one that the file has before it, since the
    // last seek.
    struct Beside {
        AvPtr<AVPacket> packet;
        Ticks met = 0;
    };
    std::vector<Beside> takeBeside() { return std::exchange(beside_, {}); }
    Ticks met() const { return met_; }  // the latest decoding time of this stream that was read

    // All that a seek has read already.
    const std::deque<AvPtr<AVPacket>>& ahead() const { return waiting_; }

private:
    StreamReader(MediaSource& source, Ticks origin, int beside)
        : source_(source), origin_(origin), besideIndex_(beside) {}
    void forget();
    bool isWanted(int stream) const { return stream == stream_->index || stream == besideIndex_; }
    core::Result<void> start(int stream);
    core::Result<void> rewind();
    core::Result<bool> jump(Ticks at, int round);
    core::Result<AvPtr<AVPacket>> read();
    Ticks timeOf(const AVPacket& packet) const;
    int seekStream() const;

    MediaSource& source_;
    Ticks origin_;
    Ticks first_ = 0;
    std::int64_t firstStamp_ = AV_NOPTS_VALUE;
    std::unique_ptr<AvInput> input_;
    AVStream* stream_ = nullptr;
    std::deque<AvPtr<AVPacket>> waiting_;  // read ahead while seeking
    int besideIndex_;
    std::vector<Beside> beside_;
    Ticks met_ = std::numeric_limits<Ticks>::min();
    bool isUntouched_ = false;  // stands at the start
};

}  // namespace marea::server
