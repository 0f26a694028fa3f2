#include "server/packaging/tilesize.h"

#include <algorithm>
#include <cmath>

namespace marea::server {

TileSize tileSize(const core::StreamInfo& video, int width) {
    const bool turned = video.rotation == 90 || video.rotation == 270;
    const double across = std::max(video.width, 1) * video.pixelAspect, down = std::max(video.height, 1);
    const double height = width * (turned ? across / down : down / across);
    return {width / 2 * 2, static_cast<int>(std::lround(std::clamp(height, 2.0, 4.0 * width) / 2)) * 2};
}

}  // namespace marea::server
