#include "server/pipeline/peaklimiter.h"

#include <algorithm>
#include <cmath>

namespace marea::server {

namespace {

const double ceiling = std::pow(10, -1.0 / 20);

}  // namespace

void PeakLimiter::apply(SoundPlanes& planes) const {
    const auto pieces = soundPieces(planes, piece_);
    const bool isLoud =
        std::any_of(pieces.begin(), pieces.end(), [](const auto& piece) { return piece.peak > ceiling; });
    if (isLoud)
        applyGains(planes, limitedGains(std::vector<double>(pieces.size(), 1.0), pieces, ceiling), piece_);
}

}  // namespace marea::server
