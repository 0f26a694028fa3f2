#pragma once

#include "server/pipeline/streamreader.h"

namespace marea::server {

// The packets of a subtitle stream around a span of time. Which ones come depends on the file and the span alone, not
// on what was asked for before. One thread.
class SubtitleFeed {
public:
    // A demuxer of its own on `source`, which outlives it. `origin`: the title's start in the file's own time.
    static core::Result<std::unique_ptr<SubtitleFeed>> open(MediaSource& source, int stream, Ticks origin);

    const AVStream& stream() const;
    const AVFormatContext& context() const { return *reader_->context(); }
    // Since the title's start.
    Ticks timeOf(const AVPacket& packet) const;
    Ticks durationOf(const AVPacket& packet) const;  // 0: unknown

    // All that begin before `to`, in the file's order: from the file's start where it is small or has an index of all
    // packets (MP4), else those of the half minute before `from` too. They stay until the next call.
    core::Result<std::vector<const AVPacket*>> packets(Ticks from, Ticks to);

private:
    SubtitleFeed(int stream, bool isWhole) : index_(stream), isWhole_(isWhole) {}
    core::Result<void> begin(Ticks start);
    core::Result<void> readOn(Ticks until);
    core::Result<void> keep(AvPtr<AVPacket> packet, Ticks met);

    std::unique_ptr<StreamReader> reader_;
    int index_;
    bool isWhole_;  // keeps everything from the start of the file
    std::vector<StreamReader::Beside> known_;
    std::size_t bytes_ = 0;
    Ticks readFrom_ = std::numeric_limits<Ticks>::min();  // known_ is what the file has from here…
    Ticks readTo_ = std::numeric_limits<Ticks>::min();    // …to here
};

}  // namespace marea::server
