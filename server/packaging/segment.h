#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/media/mediainfo.h"

namespace marea::server {

// Times of packaging: 1/90000 s since the title's start, which is the earliest presentation time of its streams.
using Ticks = std::int64_t;
constexpr Ticks kTicksPerSecond = 90'000;

// Segments present everything this much later than the title's time, so that what lies before its start (audio priming,
// decoding times of reordered pictures) needs no negative numbers. `tfdt`, DASH's presentationTimeOffset and HLS's
// X-TIMESTAMP-MAP all say it; players take it away again. Progressive files have no such shift.
constexpr Ticks kPresentationShift = 10 * kTicksPerSecond;

struct Rational {
    std::int32_t num = 0, den = 1;
    bool operator==(const Rational&) const = default;
};

// ConstrainedQuality: as good as it gets everywhere, and no more than the bitrate where that takes more. Average: the
// bitrate is spent in every segment, on easy ones too.
enum class BitrateMode { ConstrainedQuality, Average };

// The stream as it is.
struct CopyEncoding {
    bool operator==(const CopyEncoding&) const = default;
};

struct VideoEncoding {
    std::string codec = "h264";     // FFmpeg's name: "h264", "hevc", "vp9", "av1"
    int width = 0, height = 0;      // as shown: after rotation, with square pixels; even
    Rational frameRate;             // constant: picture n is at n × den / num seconds
    std::int64_t bitrate = 0;       // bits per second, the most over any two seconds
    bool toneMap = false;           // HDR to BT.709; else the source's colours
    std::optional<int> burnStream;  // a subtitle stream of the same file, drawn into the picture
    BitrateMode mode = BitrateMode::ConstrainedQuality;
    bool operator==(const VideoEncoding&) const = default;
};

struct AudioEncoding {
    std::string codec = "aac";  // "aac", "opus", "flac", "mp3"
    int channels = 2;
    int sampleRate = 48'000;   // Hz
    std::int64_t bitrate = 0;  // bits per second; 0 for lossless codecs
    double gain = 0;           // dB, constant: a measured loudness correction, in tenths
    bool night = false;        // less between loud and quiet
    bool operator==(const AudioEncoding&) const = default;
};

struct TrackSpec {
    int stream = 0;  // index in the file
    std::variant<CopyEncoding, VideoEncoding, AudioEncoding> encoding;
    bool operator==(const TrackSpec&) const = default;
};

// Raw: the frames alone of an encoded sound, for server/audio to make files of; FLAC's are packed (packedframes.h).
// Picture: as Mp4, but with the one picture that is presented at `from`, which decodes alone and is shown until `to`.
// WebM: one track as its byte stream has it (server/pipeline/webmwriter.h).
enum class SegmentFormat { Mp4, MpegTs, Raw, Picture, WebM };

// Segments of these begin with a head of their own: SegmentSpec::kInit.
constexpr bool hasHead(SegmentFormat format) {
    return format == SegmentFormat::Mp4 || format == SegmentFormat::WebM;
}

// One addressable piece of one rendition. All that decides its bytes is in here (and in the source and the build), so
// that it is the same bytes whoever makes it, whenever and after whatever.
struct SegmentSpec {
    static constexpr int kInit = -1;

    std::vector<TrackSpec> tracks;  // one; MPEG-TS: also a video and an audio
    SegmentFormat format = SegmentFormat::Mp4;
    int number = kInit;  // kInit: the MP4 initialisation segment, without times; of a piece (finergrid.h) its segment's
    Ticks from = 0, to = 0;  // what is presented in [from, to) belongs to it
};

// A picture that decoding can start from.
struct Keyframe {
    Ticks at = 0;            // its presentation time
    std::int64_t bytes = 0;  // of its stream up to the next one; at most, where the container does not say exactly
};

struct TrackIndex {
    int stream = 0;
    core::StreamKind kind = core::StreamKind::Data;
    std::string codec;        // FFmpeg's name
    std::string codecString;  // of the copied stream, RFC 6381: "avc1.640028"; empty when it cannot be put into MP4
    Ticks start = 0, end = 0;
    Rational frameRate;               // video, measured; 0/1: variable or unknown
    std::vector<Keyframe> keyframes;  // video; ascending. Empty: only a transcode can cut it
    std::int64_t bitrate = 0;         // average, bits per second; 0: unknown
    std::string supplemental = {};    // Dolby Vision over a base layer, with the brand of that: "dvh1.08.07/db4h"
    bool openGroups = false;          // video: pictures before a keyframe may need the group of pictures before it
};

// What a file's segments are computed from. Cheap to keep, and all that a start needs.
struct MediaIndex {
    Ticks duration = 0;
    std::vector<TrackIndex> tracks;  // video and audio
    bool isWhole = true;             // else keyframes are not known yet, and nothing but them is missing
};

// How far a file is read for its index. Soonest: where only reading through a large one tells its keyframes (MPEG-TS),
// its start and its end are enough. Encoded pictures, and sound, are cut alike by both.
enum class IndexDepth { Soonest, Whole };
// In bytes: what is read through anyway, since nobody notices.
constexpr std::int64_t kQuicklyRead = std::int64_t{64} << 20;

// Text tracks and thumbnails that go with a title.
struct SubtitleWish {
    int stream = -1;       // of a media file; -1: the file itself is a subtitle
    std::string language;  // of the track, a hint for the charset of 8-bit files
};
struct SpriteWish {
    std::vector<Ticks> at;  // times of the tiles, ascending
    int tileWidth = 320;    // pixels; the height follows the picture
    int columns = 5;
    int rows = 0;  // of the sheet, also where there are fewer tiles; 0: as many as they take
};

}  // namespace marea::server
