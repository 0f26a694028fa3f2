#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/media/mediainfo.h"
#include "server/packaging/segment.h"
#include "server/video/decision.h"

namespace marea::server {

// Renditions by name. A name is a pure function of the encoding and the file, and the other way round: one rendition
// has one name, so that caches hold it once.
//   v0-copy · v0-h264-720 · v0-h264-1080-sdr-burn3 · a1-copy · a1-aac-2 · a1-opus-6-320 · v0-h264-480+a1-aac-2
//   a1-aac-2-gm35 · a1-flac-2-gp12-night · v0-h264-720-b3000-f30-vbr
// The number after the codec is the video's height class (see `heights`), or the audio's channels. "gm35" is a gain of
// minus 3.5 dB, "gp12" one of plus 1.2. "b3000" is another bitrate than the usual, in kbit/s, "f30" another rate: of
// the source's halved, thirded and so on, the first of at most 30 a second.

// What a class is in 16:9, and the bitrate of a picture of just that size.
struct HeightClass {
    int height;
    std::int64_t bitrate;  // bits per second
};
// From best to worst.
const std::vector<HeightClass>& heightClasses();

// The size of a picture as shown: rotated, with square pixels, even, 16 pixels at least. 0 × 0 when the file does not
// tell it.
struct PictureSize {
    int width = 0, height = 0;
    bool operator==(const PictureSize&) const = default;
};
PictureSize shownSize(const core::StreamInfo& video);

// The classes that a video can be encoded to, from best to worst: the first is its own, the smallest that holds it. A
// class is a box of 16:9 (upright for an upright picture), so 1920×800 is of class 1080.
std::vector<int> heights(const core::StreamInfo& video);

// True for those, and for sizes between them that owners use (1440, 576, 540, 144), below the video's own class.
bool isHeightOf(int height, const core::StreamInfo& video);

// The constant rate that a source is encoded at: its own where that is one that is in use, halved (thirded…) above
// `most`; the next one up for an odd average, which a variable rate gives; 30 where nothing is known.
constexpr int kMostFrameRate = 60;
Rational encodedRate(double sourceRate, int most = kMostFrameRate);

// Hdr10 or Hlg where the encoding keeps what the source is once decoded, and so 10 bits a colour; else None.
core::HdrKind encodedRange(const VideoEncoding& encoding, const core::StreamInfo& source);

// True where the stream can be put into CMAF as it is.
bool canCopy(const core::StreamInfo& stream);

// True where MPEG-TS carries it, and old players know it there.
bool fitsTransportStream(const TrackSpec& track, const core::MediaInfo& file);

// True where WebM carries it, as it is made here.
bool fitsWebm(const TrackSpec& track, const core::MediaInfo& file);

// What an owner's profile may change in an encoding.
struct VideoTuning {
    int kbit = 0;  // at most, in steps of kKbitStep; 0: the usual of the class
    int mostRate = kMostFrameRate;
    BitrateMode mode = BitrateMode::ConstrainedQuality;
};
constexpr int kKbitStep = 10, kLeastKbit = 100, kMostKbit = 100'000;

// The encoding of a stream in a class. nullopt when the source has no such class (never above the source), the stream
// is no video, or the codec cannot carry it: HDR in H.264 only mapped. Its bitrate is never more than the source's is
// worth in that codec, for smaller classes their part of it.
std::optional<VideoEncoding> videoEncoding(const core::MediaInfo& file, int stream, std::string_view codec, int height,
                                           bool toneMap, std::optional<int> burnStream = {},
                                           const VideoTuning& tuning = {});

// `bitrate` is of a 16:9 picture of that class: what it comes to for this one's shape.
std::int64_t bitrateInShape(std::int64_t bitrate, int height, const core::StreamInfo& video);

// `kbit` 0: the usual for the codec and channels. nullopt when the stream is no audio, has fewer channels, or the codec
// does not take that.
std::optional<AudioEncoding> audioEncoding(const core::MediaInfo& file, int stream, std::string_view codec,
                                           int channels, int kbit = 0);

// The same sound with another loudness. Gains are rounded down to tenths, and kept within kMostGain.
constexpr double kMostGain = 30;  // dB
AudioEncoding changed(AudioEncoding encoding, const SoundChange& change, const core::StreamInfo& source);

// `tracks` are of `file`, from videoEncoding and audioEncoding, or copies.
std::string renditionName(const TrackSpec& track, const core::MediaInfo& file);
std::string renditionName(const std::vector<TrackSpec>& tracks, const core::MediaInfo& file);

// From a URL: strict. One track, or a video and an audio for MPEG-TS joined by '+'. NotFound for whatever renditionName
// does not give back letter by letter.
core::Result<std::vector<TrackSpec>> parseRendition(std::string_view name, const core::MediaInfo& file);

}  // namespace marea::server
