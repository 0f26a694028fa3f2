#pragma once

#include "server/packaging/segment.h"
#include "server/pipeline/mediareader.h"
#include "server/pipeline/segmentwriter.h"

namespace marea::server {

// Segments of a stream as it is. They depend on the file and the cuts alone, not on what was read before.
class TrackCopier {
public:
    // `reader` outlives it. ErrorCode::Unprocessable when the stream is empty or does not describe itself.
    static core::Result<TrackCopier> open(MediaReader& reader, const SourceTrack& track, SegmentFormat to);

    const TrackFormat& format() const { return format_; }
    core::Result<std::string> init() const;

    // The packets of segment `number`, [from, to). Video: the groups of pictures whose keyframe is presented in it,
    // whole, so that pictures of an open group that are presented before the cut come after it. The first segment also
    // has what lies before its start.
    struct Part {
        Packets packets;
        bool isLast = false;  // the stream ends in it
    };
    core::Result<Part> part(int number, Ticks from, Ticks to);
    // The keyframe that is presented at `from`, or the next one, alone. Video only.
    core::Result<Part> picture(int number, Ticks from);

private:
    TrackCopier(MediaReader& reader, const SourceTrack& track) : reader_(&reader), track_(&track) {}
    core::Result<void> describe(SegmentFormat to);
    core::Result<void> describeAdts();
    core::Result<Part> video(int number, Ticks from, Ticks to);
    core::Result<Part> audio(int number, Ticks from, Ticks to);
    core::Result<AvPtr<AVPacket>> next();
    core::Result<std::int64_t> firstDecodingTime(AvPtr<AVPacket> key);
    core::Result<void> timeVideo(Part& part, AvPtr<AVPacket> following);
    core::Result<void> strip(Packets& packets) const;
    std::int64_t outTime(std::int64_t time) const;
    std::int64_t audioTime(std::int64_t pts) const;

    MediaReader* reader_;
    const SourceTrack* track_;
    TrackFormat format_;
    AvPtr<AVPacket> first_;  // as it goes into segments
    bool isAdts_ = false;
};

}  // namespace marea::server
