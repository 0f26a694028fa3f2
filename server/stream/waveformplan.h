#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/media/loudness.h"

namespace marea::server {

// A sound drawn as a row of bars: how loud it is from its beginning to its end, beside its own loudest bar. Pure.

constexpr std::size_t kWaveformBars = 200;

// What is measured for that of a stream of so many seconds: all of it in one part; of what is long (audiobooks) a
// moment for each bar, so that it takes no longer. Empty: it has no length.
std::vector<core::LoudnessWish> waveformWishes(int stream, double seconds);

// Of the energies that those wishes were answered with, in their order: 0 (silence) to 255, kWaveformBars of them, or
// fewer of a sound of fewer steps.
std::vector<int> waveformPeaks(const std::vector<std::vector<double>>& parts);

// {"peaks":[…]}
std::string waveformJson(const std::vector<int>& peaks);

}  // namespace marea::server
