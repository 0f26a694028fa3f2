#include "server/stream/waveformplan.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>

#include "core/base/json.h"

namespace marea::server {

namespace {

constexpr double kDrawnWhole = 15 * 60, kMostDrawn = 7 * 24 * 3600;
constexpr std::int64_t kMoment = 2 * core::kLoudnessStepsPerSecond;
constexpr double kFullBar = 255;

double meanOf(std::span<const double> energies) {
    const double sum = std::accumulate(energies.begin(), energies.end(), 0.0);
    return energies.empty() ? 0 : sum / static_cast<double>(energies.size());
}

std::vector<double> barsOf(std::span<const double> steps) {
    const std::size_t count = std::min(steps.size(), kWaveformBars);
    std::vector<double> bars(count);
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t from = i * steps.size() / count, to = (i + 1) * steps.size() / count;
        bars[i] = meanOf(steps.subspan(from, to - from));
    }
    return bars;
}

std::vector<double> barsOf(const std::vector<std::vector<double>>& parts) {
    if (parts.size() == 1) {
        return barsOf(std::span(parts.front()));
    }
    std::vector<double> bars;
    for (const auto& part : parts) {
        bars.push_back(meanOf(part));
    }
    return bars;
}

}  // namespace

std::vector<core::LoudnessWish> waveformWishes(int stream, double seconds) {
    if (!(seconds > 0)) {
        return {};
    }
    const double steps = std::min(seconds, kMostDrawn) * core::kLoudnessStepsPerSecond;
    if (seconds <= kDrawnWhole) {
        return {{stream, 0, static_cast<std::int64_t>(std::ceil(steps)), false}};
    }
    std::vector<core::LoudnessWish> wishes;
    for (std::size_t i = 0; i < kWaveformBars; ++i) {
        const double middle = steps * (static_cast<double>(i) + 0.5) / static_cast<double>(kWaveformBars);
        wishes.push_back({stream, static_cast<std::int64_t>(middle) - kMoment / 2, kMoment, false});
    }
    return wishes;
}

std::vector<int> waveformPeaks(const std::vector<std::vector<double>>& parts) {
    const std::vector<double> bars = barsOf(parts);
    const double most = bars.empty() ? 0 : *std::max_element(bars.begin(), bars.end());
    std::vector<int> peaks;
    for (const double bar : bars) {
        peaks.push_back(most > 0 ? static_cast<int>(std::lround(kFullBar * std::sqrt(bar / most))) : 0);
    }
    return peaks;
}

std::string waveformJson(const std::vector<int>& peaks) {
    return core::json::serialize(core::json::object{{"peaks", core::json::array(peaks.begin(), peaks.end())}});
}

}  // namespace marea::server
