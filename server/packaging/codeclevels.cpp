#include <algorithm>
#include <cstdint>
#include <span>

#include "server/packaging/codecstring.h"

// Levels: limits on the size of a picture, on how much of them a second, and on the bitrate.

namespace marea::server {

namespace {

struct Level {
    int level;               // FFmpeg's number
    std::int64_t size;       // samples of luma; H.264: macroblocks
    std::int64_t perSecond;  // of the same
    std::int64_t kilobits;   // a second
};

// ITU-T H.264 table A-1; the bitrate is that of High, 1.25 times Main's.
constexpr Level h264Levels[] = {{10, 99, 1'485, 80},
                                {11, 396, 3'000, 240},
                                {12, 396, 6'000, 480},
                                {13, 396, 11'880, 960},
                                {20, 396, 11'880, 2'500},
                                {21, 792, 19'800, 5'000},
                                {22, 1'620, 20'250, 5'000},
                                {30, 1'620, 40'500, 12'500},
                                {31, 3'600, 108'000, 17'500},
                                {32, 5'120, 216'000, 25'000},
                                {40, 8'192, 245'760, 25'000},
                                {41, 8'192, 245'760, 62'500},
                                {42, 8'704, 522'240, 62'500},
                                {50, 22'080, 589'824, 168'750},
                                {51, 36'864, 983'040, 300'000},
                                {52, 36'864, 2'073'600, 300'000}};

// ITU-T H.265 tables A.8 and A.9, main tier.
constexpr Level hevcLevels[] = {{30, 36'864, 552'960, 128},
                                {60, 122'880, 3'686'400, 1'500},
                                {63, 245'760, 7'372'800, 3'000},
                                {90, 552'960, 16'588'800, 6'000},
                                {93, 983'040, 33'177'600, 10'000},
                                {120, 2'228'224, 66'846'720, 12'000},
                                {123, 2'228'224, 133'693'440, 20'000},
                                {150, 8'912'896, 267'386'880, 25'000},
                                {153, 8'912'896, 534'773'760, 40'000},
                                {156, 8'912'896, 1'069'547'520, 60'000}};

// VP9 levels, as webmproject.org lists them.
constexpr Level vp9Levels[] = {{10, 36'864, 829'440, 200},
                               {11, 73'728, 2'764'800, 800},
                               {20, 122'880, 4'608'000, 1'800},
                               {21, 245'760, 9'216'000, 3'600},
                               {30, 552'960, 20'736'000, 7'200},
                               {31, 983'040, 36'864'000, 12'000},
                               {40, 2'228'224, 83'558'400, 18'000},
                               {41, 2'228'224, 160'432'128, 30'000},
                               {50, 8'912'896, 311'951'360, 60'000},
                               {51, 8'912'896, 588'251'136, 120'000},
                               {52, 8'912'896, 1'176'502'272, 180'000}};

// AV1 annex A.3, main tier; FFmpeg's number is seq_level_idx.
constexpr Level av1Levels[] = {
    {0, 147'456, 4'423'680, 1'500},       {1, 278'784, 8'363'520, 3'000},       {4, 665'856, 19'975'680, 6'000},
    {5, 1'065'024, 31'950'720, 10'000},   {8, 2'359'296, 70'778'880, 12'000},   {9, 2'359'296, 141'557'760, 20'000},
    {12, 8'912'896, 267'386'880, 30'000}, {13, 8'912'896, 534'773'760, 40'000}, {14, 8'912'896, 1'069'547'520, 60'000}};

std::span<const Level> levelsOf(const std::string& codec) {
    if (codec == "hevc") {
        return hevcLevels;
    }
    if (codec == "vp9") {
        return vp9Levels;
    }
    return codec == "av1" ? std::span<const Level>(av1Levels) : std::span<const Level>(h264Levels);
}

std::int64_t macroblocks(int pixels) {
    return (pixels + 15) / 16;
}

}  // namespace

int encodedLevel(const VideoEncoding& encoding) {
    const auto levels = levelsOf(encoding.codec);
    const bool blocks = encoding.codec == "h264";
    const std::int64_t width = blocks ? macroblocks(encoding.width) : encoding.width;
    const std::int64_t height = blocks ? macroblocks(encoding.height) : encoding.height;
    const std::int64_t size = width * height;
    const Rational rate =
        encoding.frameRate.num > 0 && encoding.frameRate.den > 0 ? encoding.frameRate : Rational{30, 1};
    const std::int64_t side = std::max(width, height);
    for (const Level& level : levels) {
        // A side may be √8 times that of a square of the largest size: A.3.1 of H.264, A.4.1 of H.265, VP9 and AV1
        // alike.
        if (size <= level.size && side * side <= 8 * level.size && size * rate.num <= level.perSecond * rate.den &&
            encoding.bitrate <= level.kilobits * 1000) {
            return level.level;
        }
    }
    return levels.back().level;
}

}  // namespace marea::server
