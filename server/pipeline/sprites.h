#pragma once

#include "core/io/prober.h"
#include "server/packaging/segment.h"
#include "server/pipeline/mediasource.h"

namespace marea::server {

// One JPEG of tiles, row by row: of each wished time the keyframe at or before it, as it is shown (rotated, with
// square pixels, HDR as SDR) and as large as tileSize() says. A tile that cannot be decoded is as its predecessor, or
// dark. Opens the file anew: who has it open is not disturbed. ErrorCode::Unprocessable without video that can be
// decoded.
core::Result<core::Image> spritesOfMedia(MediaSource& source, const SpriteWish& wish);

}  // namespace marea::server
