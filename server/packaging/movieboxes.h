#pragma once

#include <string>
#include <vector>

#include "server/packaging/movietracks.h"

namespace marea::server {

// The moov box (ISO/IEC 14496-12 section 8.2.1) of tracks that are laid out. `large`: places are told in 64 bits.
std::string movieBox(const Movie& movie, const std::vector<LaidTrack>& tracks, bool large);

}  // namespace marea::server
