#pragma once

#include "server/packaging/presentation.h"

namespace marea::server {

// What a track takes in segments of `cuts`: measured where the index tells bytes, else the most that its encoding and
// its source allow. `transportStream`: in MPEG-TS, which costs more than MP4.
Bandwidth bandwidthOf(const TrackSpec& track, const core::StreamInfo& source, const TrackIndex& indexed,
                      const core::MediaInfo& file, const std::vector<Cut>& cuts, bool transportStream);

// What the pictures that decode alone take, each shown for its cut of `pictures`; never exceeded.
std::int64_t picturesPeak(const TrackSpec& track, const TrackIndex& indexed, const std::vector<Cut>& pictures);

}  // namespace marea::server
