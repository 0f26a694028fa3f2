#include "server/transcode/requestcheck.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "server/transcode/qualitymeasurer.h"
#include "server/transcode/segmentmaker.h"

namespace marea::server {
namespace {

using core::ErrorCode;

constexpr int maxStreams = 10'000;  // above that number are those of files beside
constexpr int maxBesideStream = 999'999;
constexpr int maxEdge = 8192;
constexpr int maxFrameRate = 240;
constexpr std::int64_t maxBitrate = 400'000'000;
constexpr Ticks maxTime = Ticks{1000} * 3600 * kTicksPerSecond;
constexpr Ticks maxSegment = Ticks{10} * 60 * kTicksPerSecond;
constexpr Ticks maxLadder = Ticks{30} * kTicksPerSecond;  // all of it is held at once
constexpr Ticks maxTrial = Ticks{4} * kTicksPerSecond;
constexpr std::size_t maxTiles = 2000;
constexpr std::int64_t maxLoudnessSteps = 20'000;  // as the wire's lists

template <std::size_t N>
bool oneOf(const std::array<std::string_view, N>& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

bool between(std::int64_t low, std::int64_t value, std::int64_t high) {
    return low <= value && value <= high;
}

bool isEdge(int pixels) {
    return between(16, pixels, maxEdge) && pixels % 2 == 0;
}

bool isFrameRate(Rational rate) {
    return rate.num > 0 && rate.den > 0 && rate.num / rate.den <= maxFrameRate;
}

using Beside = std::optional<BesideFiles>;

bool fits(const Beside& beside) {
    return !beside || (between(maxStreams, beside->stream, maxBesideStream) && between(0, beside->track, 31) &&
                       between(1, beside->files, maxBesideFiles));
}

bool canBurn(int stream, const Beside& beside) {
    return between(0, stream, maxStreams - 1) || (beside && stream == beside->stream);
}

bool fits(const CopyEncoding&, const Beside&) {
    return true;
}

bool fits(const VideoEncoding& v, const Beside& beside) {
    static constexpr std::array<std::string_view, 4> codecs{"h264", "hevc", "vp9", "av1"};
    return oneOf(codecs, v.codec) && isEdge(v.width) && isEdge(v.height) && isFrameRate(v.frameRate) &&
           between(10'000, v.bitrate, maxBitrate) && (!v.burnStream || canBurn(*v.burnStream, beside));
}

bool fits(const AudioEncoding& a, const Beside&) {
    static constexpr std::array<std::string_view, 4> codecs{"aac", "opus", "flac", "mp3"};
    return oneOf(codecs, a.codec) && between(1, a.channels, 8) && between(8'000, a.sampleRate, 192'000) &&
           between(0, a.bitrate, maxBitrate) && a.gain >= -60 && a.gain <= 60;
}

bool fits(const TrackSpec& track, const Beside& beside) {
    return between(0, track.stream, maxStreams) &&
           std::visit([&](const auto& encoding) { return fits(encoding, beside); }, track.encoding);
}

core::Result<void> refuse(const char* what) {
    return core::fail(ErrorCode::Invalid, "No such rendition can be made", what);
}

}  // namespace

core::Result<void> checkRequest(const SegmentSpec& spec, const std::optional<BesideFiles>& beside) {
    if (!fits(beside))
        return refuse("files beside");
    const std::size_t most = spec.format == SegmentFormat::MpegTs ? 2 : 1;
    if (spec.tracks.empty() || spec.tracks.size() > most)
        return refuse("number of tracks");
    if (!std::all_of(spec.tracks.begin(), spec.tracks.end(), [&](const auto& track) { return fits(track, beside); }))
        return refuse("track");
    if (spec.number == SegmentSpec::kInit)
        return hasHead(spec.format) ? core::Result<void>() : refuse("no such initialisation segment");
    if (spec.number < 0)
        return refuse("number");
    const bool inOrder = -maxTime <= spec.from && spec.from < spec.to && spec.to <= maxTime;
    return inOrder && spec.to - spec.from <= maxSegment ? core::Result<void>() : refuse("times");
}

namespace {

core::Result<void> checkRungs(const SegmentSpec& spec, const Beside& beside, std::size_t most, Ticks longest) {
    if (!fits(beside))
        return refuse("files beside");
    if (spec.tracks.empty() || spec.tracks.size() > most)
        return refuse("number of tracks");
    const auto* first = std::get_if<VideoEncoding>(&spec.tracks.front().encoding);
    const auto isRung = [&](const TrackSpec& track) {
        const auto* video = std::get_if<VideoEncoding>(&track.encoding);
        return first && video && fits(track, beside) && track.stream == spec.tracks.front().stream &&
               video->frameRate == first->frameRate;
    };
    if (!std::all_of(spec.tracks.begin(), spec.tracks.end(), isRung))
        return refuse("track");
    if (spec.number < 0 || spec.format != SegmentFormat::Mp4)
        return refuse("number");
    const bool inOrder = -maxTime <= spec.from && spec.from < spec.to && spec.to <= maxTime;
    return inOrder && spec.to - spec.from <= longest ? core::Result<void>() : refuse("times");
}

}  // namespace

core::Result<void> checkLadder(const SegmentSpec& spec, const std::optional<BesideFiles>& beside) {
    return checkRungs(spec, beside, SegmentMaker::kMaxRungs, maxLadder);
}

core::Result<void> checkTrials(const SegmentSpec& spec) {
    return checkRungs(spec, {}, QualityMeasurer::kMostTrials, maxTrial);
}

core::Result<void> checkRequest(const SubtitleWish& wish) {
    return between(-1, wish.stream, maxStreams) && wish.language.size() <= 64 ? core::Result<void>()
                                                                              : refuse("subtitles");
}

core::Result<void> checkRequest(const core::LoudnessWish& wish) {
    const bool good = between(0, wish.stream, maxStreams) &&
                      between(0, wish.from, maxTime / kTicksPerSecond * core::kLoudnessStepsPerSecond) &&
                      between(1, wish.count, maxLoudnessSteps) && (!wish.fingerprint || wish.from == 0);
    return good ? core::Result<void>() : refuse("loudness");
}

core::Result<void> checkRequest(const SpriteWish& wish) {
    const auto isTime = [](Ticks at) { return between(-maxTime, at, maxTime); };
    const bool good = !wish.at.empty() && wish.at.size() <= maxTiles &&
                      std::is_sorted(wish.at.begin(), wish.at.end()) &&
                      std::all_of(wish.at.begin(), wish.at.end(), isTime) && between(16, wish.tileWidth, 1920) &&
                      between(1, wish.columns, 100) && between(0, wish.rows, 100) &&
                      wish.tileWidth * std::min<int>(wish.columns, 100) <= 16'384;
    return good ? core::Result<void>() : refuse("sprites");
}

}  // namespace marea::server
