#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

namespace marea::server {

// What changes loudness over time (NightCompressor, PeakLimiter) works on pieces of 10 ms, which lie on a grid of the
// title, with windows of a finite length: so segments that are made apart are, at their seams and everywhere, sample
// for sample what one long run gives.
struct SoundPiece {
    double energy = 0;  // mean of squares, summed over the channels that count
    double peak = 0;
};

using SoundPlanes = std::vector<std::vector<float>>;  // by channel; full scale is 1

constexpr int kSoundPiecesPerSecond = 100;

std::vector<SoundPiece> soundPieces(const SoundPlanes& planes, std::int64_t size);

// The number of a sample at which a piece of `size` begins, at or before `number`.
std::int64_t soundPieceBefore(std::int64_t number, std::int64_t size);

// Of each, what `what(index, first, last)` says of those at most `window` away. Always in the same order, so that it is
// the same number whatever comes before and behind.
template <class T, class What>
std::vector<double> aroundEach(const std::vector<T>& all, std::ptrdiff_t window, What what) {
    std::vector<double> made(all.size());
    for (std::ptrdiff_t i = 0; i < std::ssize(all); ++i) {
        const auto first = std::max<std::ptrdiff_t>(i - window, 0);
        const auto last = std::min<std::ptrdiff_t>(i + window, std::ssize(all) - 1);
        made[static_cast<std::size_t>(i)] = what(i, first, last);
    }
    return made;
}

// The mean of those at most `window` away, with a weight that falls to nothing at the window's ends.
std::vector<double> smoothed(const std::vector<double>& all, std::ptrdiff_t window);

// Gains (factors, one a piece) that are at most `wanted` and keep every sample below `ceiling`: a limiter that looks
// ahead. Sees kLimiterReach pieces to each side.
constexpr std::int64_t kLimiterReach = 12;
std::vector<float> limitedGains(std::vector<double> wanted, const std::vector<SoundPiece>& pieces, double ceiling);

// In place, going over from one piece's to the next one's.
void applyGains(SoundPlanes& planes, const std::vector<float>& gains, std::int64_t size);

}  // namespace marea::server
