#pragma once

#include "server/packaging/presentation.h"

namespace marea::server {

// What a track takes in segments of `cuts`: measured where the index tells bytes, else the most that its encoding and
// its source allow. `transportStream`: in MPEG-TS, which costs more than MP4.
Bandwidth bandwidthOf(const TrackSpec& track, const core::StreamInfo& source, const TrackIndex& indexed,
                      const core::MediaInfo& file, const std::vector<Cut>& cuts, bool transportStream);

}  // namespace marea::server
