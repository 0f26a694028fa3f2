#include "server/packaging/sprites.h"

#include <algorithm>
#include <cmath>

#include "server/packaging/subtitles/webvtt.h"

namespace marea::server {
namespace {

constexpr std::size_t kPerSheet = kSpriteColumns * kSpriteRows;
constexpr Ticks kLongest = 10 * kTicksPerSecond;
constexpr Ticks kWantedTiles = 100;  // of a short title

Ticks wholeSeconds(Ticks time) {
    return (time + kTicksPerSecond - 1) / kTicksPerSecond * kTicksPerSecond;
}

}  // namespace

TileSize tileSize(const core::StreamInfo& video, int width) {
    const bool turned = video.rotation == 90 || video.rotation == 270;
    const double across = std::max(video.width, 1) * video.pixelAspect, down = std::max(video.height, 1);
    const double height = width * (turned ? across / down : down / across);
    return {width / 2 * 2, static_cast<int>(std::lround(std::clamp(height, 2.0, 4.0 * width) / 2)) * 2};
}

Ticks spriteInterval(Ticks duration) {
    if (duration <= 0)
        return 0;
    const Ticks wanted = std::min(wholeSeconds(duration / kWantedTiles), kLongest);
    const Ticks least =
        wholeSeconds((duration + static_cast<Ticks>(kMostSprites) - 1) / static_cast<Ticks>(kMostSprites));
    return std::max({wanted, least, kTicksPerSecond});
}

std::size_t spriteCount(Ticks duration) {
    const Ticks interval = spriteInterval(duration);
    return interval == 0 ? 0 : static_cast<std::size_t>((duration + interval - 1) / interval);
}

std::size_t spriteSheets(Ticks duration) {
    return (spriteCount(duration) + kPerSheet - 1) / kPerSheet;
}

SpriteWish spriteWish(Ticks duration, std::size_t sheet, int width) {
    SpriteWish wish;
    wish.tileWidth = width / 2 * 2;
    wish.columns = kSpriteColumns;
    const Ticks interval = spriteInterval(duration);
    const std::size_t count = spriteCount(duration);
    for (std::size_t tile = sheet * kPerSheet;
         sheet < spriteSheets(duration) && tile < std::min(count, (sheet + 1) * kPerSheet); ++tile) {
        const Ticks from = static_cast<Ticks>(tile) * interval;
        wish.at.push_back(from + (std::min(from + interval, duration) - from) / 2);
    }
    return wish;
}

std::string spriteVtt(Ticks duration, TileSize tile) {
    Subtitles cues;
    const Ticks interval = spriteInterval(duration);
    const auto millis = [](Ticks time) { return time / (kTicksPerSecond / 1000); };
    for (std::size_t i = 0; i < spriteCount(duration); ++i) {
        const Ticks from = static_cast<Ticks>(i) * interval;
        const int place = static_cast<int>(i % kPerSheet);
        Cue cue{millis(from), millis(std::min(from + interval, duration)), {}, {}, {}};
        cue.text = std::to_string(i / kPerSheet) + ".jpg#xywh=" + std::to_string(place % kSpriteColumns * tile.width) +
                   "," + std::to_string(place / kSpriteColumns * tile.height) + "," + std::to_string(tile.width) + "," +
                   std::to_string(tile.height);
        cues.cues.push_back(std::move(cue));
    }
    settle(cues);
    return writeWebVtt(cues);
}

}  // namespace marea::server
