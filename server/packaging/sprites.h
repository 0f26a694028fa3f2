#pragma once

#include <string>
#include <vector>

#include "core/media/mediainfo.h"
#include "server/packaging/segment.h"

namespace marea::server {

// Thumbnails for the bar that seeks: tiles on sheets, and the WebVTT that says which one is when. A tile stands for
// the time from its interval's begin to the next one's.
constexpr int kSpriteColumns = 5, kSpriteRows = 5;
constexpr std::size_t kMostSprites = 400;
constexpr int kSpriteWidth = 320;  // pixels

struct TileSize {
    int width = 0, height = 0;  // pixels, even
    bool operator==(const TileSize&) const = default;
};
// A tile of that width with the picture as it is shown: rotated, with square pixels.
TileSize tileSize(const core::StreamInfo& video, int width = kSpriteWidth);

// How long each tile stands: whole seconds, at most 10 unless there would be too many tiles. 0 for no duration.
Ticks spriteInterval(Ticks duration);
std::size_t spriteCount(Ticks duration);
std::size_t spriteSheets(Ticks duration);

// What the worker makes sheet `sheet` of; no times when there is no such sheet. A tile is a picture of the middle of
// its interval.
SpriteWish spriteWish(Ticks duration, std::size_t sheet, int width = kSpriteWidth);

// Cues with "<sheet>.jpg#xywh=x,y,w,h" (W3C Media Fragments section 4.2.2), relative to the file's own address.
std::string spriteVtt(Ticks duration, TileSize tile);

}  // namespace marea::server
