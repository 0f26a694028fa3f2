#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/io/prober.h"
#include "core/media/loudness.h"
#include "server/packaging/segment.h"
#include "server/pipeline/audiosegment.h"
#include "server/pipeline/copysegment.h"
#include "server/pipeline/mediareader.h"
#include "server/pipeline/mediasource.h"
#include "server/pipeline/videosegment.h"

namespace marea::server {

// How this process encodes pictures, whatever the segment. `device`: does it instead of the processor; outlives what
// uses it. `selfContained`: each segment brings what decoders must know beforehand, though the head has it too, as
// segments beside it may come from another encoder.
struct PictureMaking {
    GpuDevice* device = nullptr;
    bool selfContained = false;
};

// One media file, kept open between requests, so that demuxers and decoders stay warm. What comes out of a request
// depends on the file and the request alone. One thread.
class SegmentSession {
public:
    // Takes the source; its descriptor stays the caller's and outlives the session. ErrorCode::Corrupt or
    // Unprocessable with a reason for people.
    static core::Result<std::unique_ptr<SegmentSession>> open(MediaSource source, PictureMaking making = {});

    // Subtitles beside the film, for encodings that burn them in: until others are given. Those that it has already
    // stay as they are.
    void setBeside(std::unique_ptr<PicturesBeside> beside);

    core::Result<MediaIndex> index(IndexDepth depth = IndexDepth::Whole);
    core::Result<std::string> segment(const SegmentSpec& spec);
    // The MP4 segment of each of `spec`'s tracks, which are encodings of one video stream at one frame rate: the bytes
    // that segment() makes of each alone, by decoding once.
    core::Result<std::vector<std::string>> ladder(const SegmentSpec& spec);
    // How each of them looks: SSIM, as rungquality.h has it.
    core::Result<std::vector<double>> qualities(const SegmentSpec& spec);
    // A text stream as a whole WebVTT file (subtitlesofmedia.h).
    core::Result<std::string> subtitles(const SubtitleWish& wish);
    core::Result<core::Image> sprites(const SpriteWish& wish);
    core::Result<core::LoudnessPart> loudness(const core::LoudnessWish& wish);

private:
    SegmentSession(MediaSource source, PictureMaking making) : source_(std::move(source)), making_(making) {}

    // A track's share of a segment.
    struct Part {
        const TrackFormat* format = nullptr;
        Packets packets;
        bool isLast = false;
        std::unique_ptr<TrackFormat> encoded;  // what `format` means, where an encoder made it
    };
    core::Result<std::string> init(const TrackSpec& track, SegmentFormat to);
    core::Result<std::string> picture(const SegmentSpec& spec);
    core::Result<Part> part(const TrackSpec& track, const SegmentSpec& segment);
    core::Result<Part> copied(int stream, const SegmentSpec& segment);
    template <class Made>
    core::Result<Part> encoded(core::Result<Made> made, const SegmentSpec& segment);
    // With what decoders must know beforehand, where segments stand beside those of other encoders.
    core::Result<void> completed(const TrackFormat& format, Packets& packets) const;
    core::Result<VideoTranscoder*> videoTranscoder(int stream);
    core::Result<AudioTranscoder*> audioTranscoder(int stream);
    core::Result<TrackCopier*> copier(int stream, SegmentFormat to);
    core::Result<const SourceTrack*> track(int stream) const;

    MediaSource source_;
    PictureMaking making_;
    std::unique_ptr<MediaReader> reader_;
    std::map<std::pair<int, SegmentFormat>, TrackCopier> copiers_;
    std::unique_ptr<PicturesBeside> beside_;  // outlives the transcoders
    // Each has a demuxer of its own, so that it stays where its decoder is.
    std::map<int, std::unique_ptr<VideoTranscoder>> videoTranscoders_;
    std::map<int, std::unique_ptr<AudioTranscoder>> audioTranscoders_;
};

}  // namespace marea::server
