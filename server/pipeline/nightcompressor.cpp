#include "server/pipeline/nightcompressor.h"

#include <algorithm>
#include <cmath>

namespace marea::server {

namespace {

// In pieces, to each side.
constexpr std::ptrdiff_t levelWindow = 20, slownessWindow = 50, limitWindow = 5;

constexpr double middle = -20, ratio = 3, mostGain = 12;  // dB
constexpr double nothing = -70, something = -50;          // dB, between which quiet sounds are raised more and more
const double ceiling = std::pow(10, -1.5 / 20);

constexpr std::size_t lowEffects = 3;  // in 5.1 and 7.1: felt rather than heard, and does not count

struct Piece {
    double energy = 0, peak = 0;
};

std::vector<Piece> piecesOf(const std::vector<std::vector<float>>& planes, std::int64_t size) {
    std::vector<Piece> pieces(planes.front().size() / static_cast<std::size_t>(size));
    for (std::size_t channel = 0; channel < planes.size(); ++channel) {
        const bool counts = planes.size() < 6 || channel != lowEffects;
        const float* at = planes[channel].data();
        for (Piece& piece : pieces) {
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

// Of each, what `what` says of those at most `window` away. Always in the same order, so that it is the same number
// whatever comes before and behind.
template <class T, class What>
auto around(const std::vector<T>& all, std::ptrdiff_t window, What what) {
    std::vector<double> made(all.size());
    for (std::ptrdiff_t i = 0; i < std::ssize(all); ++i) {
        const auto first = std::max<std::ptrdiff_t>(i - window, 0);
        const auto last = std::min<std::ptrdiff_t>(i + window, std::ssize(all) - 1);
        made[static_cast<std::size_t>(i)] = what(i, first, last);
    }
    return made;
}

// With a weight that falls to nothing at the window's ends.
std::vector<double> smoothed(const std::vector<double>& all, std::ptrdiff_t window) {
    std::vector<double> weights;
    for (std::ptrdiff_t i = -window; i <= window; ++i)
        weights.push_back(0.5 + 0.5 * std::cos(M_PI * static_cast<double>(i) / static_cast<double>(window + 1)));
    return around(all, window, [&](std::ptrdiff_t at, std::ptrdiff_t first, std::ptrdiff_t last) {
        double sum = 0, weight = 0;
        for (std::ptrdiff_t i = first; i <= last; ++i) {
            const double its = weights[static_cast<std::size_t>(i - at + window)];
            sum += all[static_cast<std::size_t>(i)] * its;
            weight += its;
        }
        return sum / weight;
    });
}

double gainFor(double level) {
    const double gain = std::clamp((middle - level) * (1 - 1 / ratio), -mostGain, mostGain);
    return gain * std::clamp((level - nothing) / (something - nothing), 0.0, 1.0);
}

std::vector<double> wantedGains(const std::vector<Piece>& pieces) {
    const auto wanted = around(pieces, levelWindow, [&](std::ptrdiff_t, std::ptrdiff_t first, std::ptrdiff_t last) {
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

std::int64_t NightCompressor::pieceBefore(std::int64_t number) const {
    const std::int64_t behind = number % piece_;
    return number - (behind < 0 ? behind + piece_ : behind);
}

// A limiter that looks ahead: the least gain of all pieces around, and of that the mean over as many, is at most what
// each of them may have, also between the middles of two.
std::vector<float> NightCompressor::gains(const std::vector<std::vector<float>>& planes) const {
    const auto pieces = piecesOf(planes, piece_);
    auto gains = wantedGains(pieces);
    for (std::size_t i = 0; i < pieces.size(); ++i)
        gains[i] = std::min(gains[i], ceiling / std::max(pieces[i].peak, 1e-9));
    const auto least = around(gains, limitWindow + 1, [&](std::ptrdiff_t, std::ptrdiff_t first, std::ptrdiff_t last) {
        return *std::min_element(gains.begin() + first, gains.begin() + last + 1);
    });
    const auto limited = smoothed(least, limitWindow);
    return {limited.begin(), limited.end()};
}

void NightCompressor::apply(std::vector<std::vector<float>>& planes) const {
    const std::vector<float> gain = gains(planes);
    const auto half = static_cast<std::size_t>(piece_) / 2;
    const auto size = static_cast<std::size_t>(piece_);
    for (auto& plane : planes) {
        for (std::size_t i = half; i + half < gain.size() * size; ++i) {
            const std::size_t before = (i - half) / size;
            const float part = static_cast<float>(i - half - before * size) / static_cast<float>(size);
            const std::size_t after = std::min(before + 1, gain.size() - 1);
            plane[i] *= gain[before] * (1 - part) + gain[after] * part;
        }
    }
}

}  // namespace marea::server
