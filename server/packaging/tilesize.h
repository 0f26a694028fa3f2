#pragma once

#include "core/media/mediainfo.h"

namespace marea::server {

struct TileSize {
    int width = 0, height = 0;  // pixels, even
    bool operator==(const TileSize&) const = default;
};

// A thumbnail's size, `width` across, with the picture as it is shown: rotated, with square pixels. The worker that
// makes sheets of them and the server that tells where they are both ask here.
TileSize tileSize(const core::StreamInfo& video, int width);

}  // namespace marea::server
