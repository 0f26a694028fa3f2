#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <vector>

#include "server/packaging/segment.h"
#include "server/pipeline/avinput.h"
#include "server/pipeline/libav.h"

namespace marea::server {

// A video or audio stream, as its first packets show it.
struct SourceTrack {
    int stream = 0;
    core::StreamKind kind = core::StreamKind::Data;
    AVRational timeBase{0, 1};
    std::int64_t firstPts = AV_NOPTS_VALUE;  // of its first packet; video: of its first keyframe. None: it is empty
    std::int64_t skipped = 0;                // what of that is not presented: audio priming; in time base units
    // Video whose container does not tell when to decode: that comes from the presentation times in ascending order,
    // this much earlier. 0: nothing is reordered, or the container does tell.
    std::int64_t reorderDelay = 0;
    bool tellsDts = false;
    bool isTimeless = false;  // its packets tell no presentation times (AVI with reordered pictures): cannot be copied
    Rational startRate;       // video: of the first pictures; 0/1: not constant, or not looked at
    // Audio: presentation times are multiples of this many samples from firstPts on. 0: not constant.
    int frameSize = 0;
};

// The packets of a media file's video and audio, on the title's clock. One thread.
class MediaReader {
public:
    // Reads far enough into the file to know its tracks and the title's start. `source` outlives the reader.
    static core::Result<std::unique_ptr<MediaReader>> open(MediaSource& source);

    AVFormatContext* context() const { return input_->context(); }
    MediaSource& source() const { return source_; }
    AvInput& input() const { return *input_; }
    AVStream* stream(const SourceTrack& track) const { return context()->streams[track.stream]; }
    const std::vector<SourceTrack>& tracks() const { return tracks_; }
    const SourceTrack* track(int stream) const;  // nullptr: no video or audio stream
    // As they were on opening; libav changes its own while it reads.
    const AVCodecParameters* parameters(const SourceTrack& track) const;
    // A packet with which the stream begins; null when it is empty.
    const AVPacket* firstPacket(const SourceTrack& track) const;

    // The title's start in the file's own time.
    Ticks origin() const { return origin_; }
    // A presentation time of the track since the title's start.
    Ticks ticks(const SourceTrack& track, std::int64_t pts) const;

    // Only these streams are read from now on.
    void select(const std::vector<int>& streams);
    // Goes to a place before the track's packets that are presented at `at`: for video, where a keyframe presented at
    // or before `at` comes first. At the latest to the track's first packet.
    core::Result<void> seek(const SourceTrack& track, Ticks at);
    // Goes to where the track's first packet comes.
    core::Result<void> rewind(const SourceTrack& track);
    // When the track's first packet behind a byte of the file is presented, in formats without an index. Null: none
    // comes soon. Leaves the reader anywhere.
    core::Result<std::optional<Ticks>> timeAt(const SourceTrack& track, std::int64_t place);
    // Null at the end; what damage hides counts as the end. ErrorCode::Io when the medium fails.
    core::Result<AvPtr<AVPacket>> next();

private:
    explicit MediaReader(MediaSource& source) : source_(source) {}
    core::Result<void> openInput();
    core::Result<void> findTracks();
    core::Result<void> readStart();
    bool isReadEnough(int packets) const;
    void measure(std::size_t track);
    void findOrigin();
    const SourceTrack& seekTrack(const SourceTrack& track) const;
    core::Result<bool> jump(const SourceTrack& track, Ticks target, Ticks latest);
    core::Result<bool> readOn(const SourceTrack& track, Ticks latest);
    core::Result<AvPtr<AVPacket>> read();

    MediaSource& source_;
    std::unique_ptr<AvInput> input_;
    std::vector<SourceTrack> tracks_;
    std::vector<std::vector<AvPtr<AVPacket>>> heads_;   // of each track, without what lies before a first keyframe
    std::vector<AvPtr<AVCodecParameters>> parameters_;  // of each track
    Ticks origin_ = 0;
    std::vector<int> selected_;
    std::deque<AvPtr<AVPacket>> waiting_;  // read ahead while seeking
};

}  // namespace marea::server
