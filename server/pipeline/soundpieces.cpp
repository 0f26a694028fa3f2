#include "server/pipeline/soundpieces.h"

#include <cmath>

namespace marea::server {
namespace {

constexpr std::size_t lowEffects = 3;      // in 5.1 and 7.1: felt rather than heard, and does not count
constexpr std::ptrdiff_t limitWindow = 5;  // pieces to each side

}  // namespace

std::vector<SoundPiece> soundPieces(const SoundPlanes& planes, std::int64_t size) {
    std::vector<SoundPiece> pieces(planes.front().size() / static_cast<std::size_t>(size));
    for (std::size_t channel = 0; channel < planes.size(); ++channel) {
        const bool counts = planes.size() < 6 || channel != lowEffects;
        const float* at = planes[channel].data();
        for (SoundPiece& piece : pieces) {
            double sum = 0;
            for (const float* end = at + size; at != end; ++at) {
                sum += static_cast<double>(*at) * *at;
                piece.peak = std::max(piece.peak, static_cast<double>(std::abs(*at)));
            }
            piece.energy += counts ? sum / static_cast<double>(size) : 0;
        }
    }
    return pieces;
}

std::int64_t soundPieceBefore(std::int64_t number, std::int64_t size) {
    const std::int64_t behind = number % size;
    return number - (behind < 0 ? behind + size : behind);
}

std::vector<double> smoothed(const std::vector<double>& all, std::ptrdiff_t window) {
    std::vector<double> weights;
    for (std::ptrdiff_t i = -window; i <= window; ++i)
        weights.push_back(0.5 + 0.5 * std::cos(M_PI * static_cast<double>(i) / static_cast<double>(window + 1)));
    return aroundEach(all, window, [&](std::ptrdiff_t at, std::ptrdiff_t first, std::ptrdiff_t last) {
        double sum = 0, weight = 0;
        for (std::ptrdiff_t i = first; i <= last; ++i) {
            const double its = weights[static_cast<std::size_t>(i - at + window)];
            sum += all[static_cast<std::size_t>(i)] * its;
            weight += its;
        }
        return sum / weight;
    });
}

// The least gain of all pieces around, and of that the mean over as many, is at most what each of them may have, also
// between the middles of two.
std::vector<float> limitedGains(std::vector<double> gains, const std::vector<SoundPiece>& pieces, double ceiling) {
    for (std::size_t i = 0; i < pieces.size(); ++i)
        gains[i] = std::min(gains[i], ceiling / std::max(pieces[i].peak, 1e-9));
    const auto least =
        aroundEach(gains, limitWindow + 1, [&](std::ptrdiff_t, std::ptrdiff_t first, std::ptrdiff_t last) {
            return *std::min_element(gains.begin() + first, gains.begin() + last + 1);
        });
    const auto limited = smoothed(least, limitWindow);
    return {limited.begin(), limited.end()};
}

void applyGains(SoundPlanes& planes, const std::vector<float>& gains, std::int64_t length) {
    const auto size = static_cast<std::size_t>(length);
    const auto half = size / 2;
    for (auto& plane : planes) {
        for (std::size_t i = half; i + half < gains.size() * size; ++i) {
            const std::size_t before = (i - half) / size;
            const float part = static_cast<float>(i - half - before * size) / static_cast<float>(size);
            const std::size_t after = std::min(before + 1, gains.size() - 1);
            plane[i] *= gains[before] * (1 - part) + gains[after] * part;
        }
    }
}

}  // namespace marea::server
