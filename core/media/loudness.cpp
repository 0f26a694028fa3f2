#include "core/media/loudness.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <numeric>

namespace marea::core {

namespace {

constexpr double kOffset = -0.691;  // BS.1770-4, equation 2
constexpr double kAbsoluteGate = -70, kRelativeGate = 10, kRangeGate = 20, kBinsPerUnit = 10;
constexpr double kLow = 0.10, kHigh = 0.95;  // of the range, EBU Tech 3342
constexpr std::size_t kBlockSteps = 4, kShortTermSteps = 30;
constexpr std::uint8_t kFormat = 1;
constexpr std::size_t kBinBytes = 2 + 4 + 4;  // number, count, mean energy as a float

template <class T>
void put(std::vector<std::uint8_t>& out, T value) {
    std::uint8_t raw[sizeof value];
    std::memcpy(raw, &value, sizeof value);
    out.insert(out.end(), raw, raw + sizeof value);
}

template <class T>
T take(const std::uint8_t*& from) {
    T value;
    std::memcpy(&value, from, sizeof value);
    from += sizeof value;
    return value;
}

int binOf(double loudness) {
    return static_cast<int>(std::floor((loudness - kAbsoluteGate) * kBinsPerUnit));
}

}  // namespace

double loudnessOf(double energy) {
    return energy > 0 ? kOffset + 10 * std::log10(energy) : -std::numeric_limits<double>::infinity();
}

double energyOf(double loudness) {
    return std::pow(10, (loudness - kOffset) / 10);
}

double decibelsOf(double amplitude) {
    return amplitude > 0 ? 20 * std::log10(amplitude) : -std::numeric_limits<double>::infinity();
}

void GatingBlocks::add(double energy) {
    const double loudness = loudnessOf(energy);
    if (!(loudness >= kAbsoluteGate)) {
        return;
    }
    Bin& bin = bins_[static_cast<std::size_t>(std::clamp(binOf(loudness), 0, kBins - 1))];
    ++bin.count;
    bin.energy += energy;
}

void GatingBlocks::add(const GatingBlocks& others) {
    for (std::size_t i = 0; i < bins_.size(); ++i) {
        bins_[i].count += others.bins_[i].count;
        bins_[i].energy += others.bins_[i].energy;
    }
}

bool GatingBlocks::empty() const {
    return std::all_of(bins_.begin(), bins_.end(), [](const Bin& bin) { return bin.count == 0; });
}

double GatingBlocks::energyFrom(int first) const {
    double energy = 0, count = 0;
    for (auto bin = bins_.begin() + first; bin != bins_.end(); ++bin) {
        energy += bin->energy;
        count += bin->count;
    }
    return count > 0 ? energy / count : 0;
}

int GatingBlocks::gateBelow(double units) const {
    return std::clamp(binOf(loudnessOf(energyFrom(0)) - units), 0, kBins - 1);
}

std::optional<double> GatingBlocks::loudness() const {
    return empty() ? std::nullopt : std::optional(loudnessOf(energyFrom(gateBelow(kRelativeGate))));
}

std::optional<double> GatingBlocks::range() const {
    if (empty()) {
        return std::nullopt;
    }
    const auto first = bins_.begin() + gateBelow(kRangeGate);
    const double all =
        std::accumulate(first, bins_.end(), 0.0, [](double sum, const Bin& bin) { return sum + bin.count; });
    const auto percentile = [&](double part) {
        const double wanted = std::floor((all - 1) * part + 0.5);
        double seen = 0;
        const auto at = std::find_if(first, bins_.end(), [&](const Bin& bin) { return (seen += bin.count) > wanted; });
        return loudnessOf(at->energy / at->count);
    };
    return percentile(kHigh) - percentile(kLow);
}

std::vector<std::uint8_t> GatingBlocks::bytes() const {
    std::vector<std::uint8_t> out{kFormat};
    for (std::size_t i = 0; i < bins_.size(); ++i) {
        if (bins_[i].count > 0) {
            put(out, static_cast<std::uint16_t>(i));
            put(out, bins_[i].count);
            put(out, static_cast<float>(bins_[i].energy / bins_[i].count));
        }
    }
    return out;
}

std::optional<GatingBlocks> GatingBlocks::fromBytes(std::span<const std::uint8_t> bytes) {
    if (bytes.empty() || bytes[0] != kFormat || bytes.size() % kBinBytes != 1) {
        return std::nullopt;
    }
    GatingBlocks blocks;
    for (const std::uint8_t *at = bytes.data() + 1, *end = bytes.data() + bytes.size(); at != end;) {
        const auto bin = take<std::uint16_t>(at);
        const auto count = take<std::uint32_t>(at);
        const auto mean = take<float>(at);
        if (bin >= kBins || !std::isfinite(mean) || mean < 0) {
            return std::nullopt;
        }
        blocks.bins_[bin] = {count, static_cast<double>(mean) * count};
    }
    return blocks;
}

void LoudnessMeter::addStep(double energy) {
    last_.push_back(energy);
    if (last_.size() > kShortTermSteps) {
        last_.pop_front();
    }
    const auto meanOf = [&](std::size_t steps) {
        return std::accumulate(last_.end() - static_cast<std::ptrdiff_t>(steps), last_.end(), 0.0) /
               static_cast<double>(steps);
    };
    if (last_.size() >= kBlockSteps) {
        result_.blocks.add(meanOf(kBlockSteps));
    }
    if (last_.size() >= kShortTermSteps) {
        shortTerm_.add(meanOf(kShortTermSteps));
    }
    ++steps_;
}

void LoudnessMeter::add(const LoudnessPart& part) {
    for (const double energy : part.energies) {
        addStep(energy);
    }
    result_.peak = std::max(result_.peak, part.peak);
    result_.stereoPeak = std::max(result_.stereoPeak, part.stereoPeak);
    if (!part.fingerprint.empty()) {
        result_.fingerprint = part.fingerprint;
    }
}

const LoudnessMeter::Result& LoudnessMeter::result() {
    result_.loudness = result_.blocks.loudness();
    result_.range = shortTerm_.range();
    result_.seconds = static_cast<double>(steps_) / kLoudnessStepsPerSecond;
    return result_;
}

}  // namespace marea::core
