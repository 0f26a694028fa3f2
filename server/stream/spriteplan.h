#pragma once

#include <string>
#include <vector>

#include "core/media/mediainfo.h"
#include "server/packaging/presentation.h"
#include "server/packaging/segment.h"

namespace marea::server {

// Thumbnails of a title as sheets of tiles: which times are on which sheet, and the WebVTT that says so to players.
// Pure. A title without a picture of known size and length has none.
struct SpritePlan {
    static constexpr int kColumns = 5, kRows = 5, kTileWidth = 320;

    int tileHeight = 0;  // pixels
    Ticks every = 0;     // between two tiles
    int tiles = 0;

    int sheets() const { return (tiles + kColumns * kRows - 1) / (kColumns * kRows); }
};

SpritePlan spritePlan(const core::MediaInfo& file);
SpriteWish spriteSheet(const SpritePlan& plan, int sheet);  // 0 ≤ sheet < sheets()
// Cues of "<sheet>.jpg#xywh=…" (Media Fragments 1.0, section 4.2.2).
std::string spriteCues(const SpritePlan& plan, Ticks duration);

// As manifests tell of them.
Thumbnails thumbnails(const SpritePlan& plan, Ticks duration);

}  // namespace marea::server
