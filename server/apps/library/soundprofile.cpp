#include "server/apps/library/soundprofile.h"

#include <algorithm>
#include <cmath>

#include "core/media/loudness.h"

namespace marea::server {

namespace {

constexpr double kTarget = -18;      // LUFS, as ReplayGain 2.0
constexpr double kInaudible = 0.5;   // dB
constexpr double kHighestPeak = -1;  // dBTP: what a codec adds stays below full scale

struct Known {
    std::optional<double> loudness, peak, mixedPeak;
};

Known knownOf(const ItemFile& file, const core::StreamInfo& stream) {
    const auto measured = std::find_if(file.sounds.begin(), file.sounds.end(),
                                       [&](const FileSound& sound) { return sound.stream == stream.index; });
    if (measured != file.sounds.end()) {
        return {measured->loudness, measured->peak, std::max(measured->peak, measured->stereoPeak)};
    }
    const core::Tags& tags = file.info.tags;
    if (tags.replayGainTrack) {
        return {kTarget - *tags.replayGainTrack, tags.replayGainTrackPeak, tags.replayGainTrackPeak};
    }
    return {};
}

// In tenths, rounded down. What nobody hears is not worth an encoding.
double gainOf(double loudness, std::optional<double> peak, SoundProfile profile) {
    double gain = kTarget - loudness;
    if (profile == SoundProfile::Normalised) {
        gain = peak ? std::min(gain, kHighestPeak - core::decibelsOf(*peak)) : std::min(gain, 0.0);
    }
    return std::abs(gain) < kInaudible ? 0 : std::floor(gain * 10) / 10;
}

}  // namespace

std::optional<SoundProfile> soundProfile(std::string_view name) {
    return name == "normalised" ? std::optional(SoundProfile::Normalised)
           : name == "night"    ? std::optional(SoundProfile::Night)
                                : std::nullopt;
}

std::vector<SoundChange> soundChanges(const ItemFile& file, SoundProfile profile) {
    std::vector<SoundChange> changes;
    for (const core::StreamInfo& stream : file.info.streams) {
        if (stream.kind != core::StreamKind::Audio || profile == SoundProfile::AsIs) {
            continue;
        }
        SoundChange change{stream.index, 0, 0, profile == SoundProfile::Night};
        if (const Known known = knownOf(file, stream); known.loudness) {
            change.gain = gainOf(*known.loudness, known.peak, profile);
            change.mixedGain = gainOf(*known.loudness, known.mixedPeak, profile);
        }
        changes.push_back(change);
    }
    return changes;
}

}  // namespace marea::server
