#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "server/packaging/segment.h"

namespace marea::server {

// Where a rendition is cut, known before any byte of it is made. Pure arithmetic on whole ticks: server and worker
// get the same numbers.

// A segment's time: what is presented in [from, to) belongs to it.
struct Cut {
    Ticks from = 0, to = 0;
    Ticks length() const { return to - from; }
    bool operator==(const Cut&) const = default;
};

// value × num / den to the nearest, halves away from zero: av_rescale_rnd(…, AV_ROUND_NEAR_INF), and like it INT64_MIN
// where the result does not fit. `num` ≥ 0, `den` > 0, products of two 32-bit numbers at most.
std::int64_t rescale(std::int64_t value, std::int64_t num, std::int64_t den);

// A stamp in `unit` (seconds, a stream's time base) as ticks: av_rescale_q(value, unit, {1, 90000}).
Ticks toTicks(std::int64_t value, Rational unit);
Ticks toTicks(double seconds);
double toSeconds(Ticks ticks);

// Constant units from time 0: pictures of `rate` a second; audio frames of `size` samples at a rate of size / Hz.
// Unit n is presented at unitTime(n), until unitTime(n + 1).
Ticks unitTime(std::int64_t n, Rational unitsPerSecond);
// The first unit that is presented at `at` or later: [from, to) holds the units firstUnit(from) … firstUnit(to) − 1.
std::int64_t firstUnit(Ticks at, Rational unitsPerSecond);

// Samples per channel in a frame of that codec as it is encoded here; 0: unknown.
int audioFrameSize(std::string_view codec);
// Frames a second, for unitTime.
Rational audioFrameRate(std::string_view codec, int sampleRate);

// Segments of 1, 1, 2 and then 4 s on whole units. The last ends at `end`, and takes a rest shorter than 1 s in.
std::vector<Cut> unitGrid(Rational unitsPerSecond, Ticks end);

// A copy: cut at keyframes, so that the first two last at least 1 s and later ones at least 3 s. Empty when there are
// no keyframes: such a track has to be transcoded.
std::vector<Cut> keyframeGrid(const std::vector<Keyframe>& keyframes, Ticks end);

// The grid of a rendition, from 0 to its end; muxed tracks are cut as the first one, the video. Empty when the index
// does not know the track, or it cannot be cut.
std::vector<Cut> segmentGrid(const std::vector<TrackSpec>& tracks, const core::MediaInfo& file,
                             const MediaIndex& index);

// Whether a file of so many bytes may have to be read through for its keyframes, and that takes long.
bool isLongToIndex(const core::MediaInfo& file, std::int64_t size);
// How much of an index that takes: where a copied picture is cut its keyframes tell.
IndexDepth depthFor(const std::vector<TrackSpec>& tracks, const core::MediaInfo& file);

// The pictures of a video rendition that decode alone, for jumps and for running through fast: each is shown from its
// time until the next one's. A copy's keyframes, no closer than a second; where a transcode's segments begin. Empty for
// what is no video or cannot be cut.
std::vector<Cut> pictureGrid(const TrackSpec& track, const core::MediaInfo& file, const MediaIndex& index);

// The segment that presents `at`; the last for what is later. `grid` is not empty.
std::size_t segmentAt(const std::vector<Cut>& grid, Ticks at);

// nullptr when there is none of that number.
const TrackIndex* findTrack(const MediaIndex& index, int stream);
const core::StreamInfo* findStream(const core::MediaInfo& file, int stream);

}  // namespace marea::server
