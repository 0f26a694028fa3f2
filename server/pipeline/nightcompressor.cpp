#include "server/pipeline/nightcompressor.h"

#include <algorithm>
#include <cmath>

namespace marea::server {

namespace {

// In pieces, to each side.
constexpr std::ptrdiff_t levelWindow = 20, slownessWindow = 50;

constexpr double middle = -20, ratio = 3, mostGain = 12;  // dB
constexpr double nothing = -70, something = -50;          // dB, between which quiet sounds are raised more and more
const double ceiling = std::pow(10, -1.5 / 20);

double gainFor(double level) {
    const double gain = std::clamp((middle - level) * (1 - 1 / ratio), -mostGain, mostGain);
    return gain * std::clamp((level - nothing) / (something - nothing), 0.0, 1.0);
}

std::vector<double> wantedGains(const std::vector<SoundPiece>& pieces) {
    const auto wanted = aroundEach(pieces, levelWindow, [&](std::ptrdiff_t, std::ptrdiff_t first, std::ptrdiff_t last) {
        double sum = 0;
        for (std::ptrdiff_t i = first; i <= last; ++i)
            sum += pieces[static_cast<std::size_t>(i)].energy;
        return gainFor(10 * std::log10(sum / static_cast<double>(last - first + 1) + 1e-12));
    });
    auto gains = smoothed(wanted, slownessWindow);
    std::transform(gains.begin(), gains.end(), gains.begin(), [](double gain) { return std::pow(10, gain / 20); });
    return gains;
}

}  // namespace

void NightCompressor::apply(SoundPlanes& planes) const {
    const auto pieces = soundPieces(planes, piece_);
    applyGains(planes, limitedGains(wantedGains(pieces), pieces, ceiling), piece_);
}

}  // namespace marea::server
