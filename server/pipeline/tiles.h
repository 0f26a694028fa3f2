#pragma once

#include "core/base/result.h"
#include "core/media/mediainfo.h"
#include "server/packaging/tilesize.h"
#include "server/pipeline/libav.h"

namespace marea::server {

// A small SDR picture of a decoded frame as RGB, BT.709's colours, before rotation. PQ and HLG are mapped to it.
core::Result<AvPtr<AVFrame>> smallPicture(const AVFrame& frame, TileSize size);

// Copies an RGB picture into a larger one at x, y, turned clockwise by `rotation` degrees (0, 90, 180, 270).
void place(const AVFrame& picture, int rotation, AVFrame& sheet, int x, int y);

core::Result<AvPtr<AVFrame>> rgbPicture(int width, int height);  // all dark

}  // namespace marea::server
