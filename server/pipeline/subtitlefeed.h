#pragma once

#include <memory>
#include <vector>

#include "server/packaging/segment.h"
#include "server/pipeline/libav.h"
#include "server/pipeline/mediasource.h"

namespace marea::server {

// The packets of a subtitle stream around a span of time. Which ones come depends on the file and the span alone, not
// on what was asked for before. One thread.
class SubtitleFeed {
public:
    // A demuxer of its own on `source`, which outlives it. `origin`: the title's start in the file's own time.
    static core::Result<std::unique_ptr<SubtitleFeed>> open(MediaSource& source, int stream, Ticks origin);
    virtual ~SubtitleFeed() = default;

    virtual const AVStream& stream() const = 0;
    virtual const AVFormatContext& context() const = 0;
    // Since the title's start.
    virtual Ticks timeOf(const AVPacket& packet) const = 0;
    virtual Ticks durationOf(const AVPacket& packet) const = 0;  // 0: unknown

    // All that begin before `to`, in the file's order: from the file's start where it is small or has an index of all
    // packets (MP4), else those of the half minute before `from` too. They stay until the next call.
    virtual core::Result<std::vector<const AVPacket*>> packets(Ticks from, Ticks to) = 0;
};

}  // namespace marea::server
