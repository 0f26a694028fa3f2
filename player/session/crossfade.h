#pragma once

#include "player/session/playqueue.h"

namespace marea::player {

constexpr double kLongestCrossfade = 12;  // seconds

// How many seconds before its end the one track goes over into the other, where a person wishes so many; 0: the other
// follows without a gap. An album played in order stays as it was made, and so do concerts, mixes and books.
double crossfadeBetween(const PlayEntry& ending, const PlayEntry& beginning, double wish);

}  // namespace marea::player
