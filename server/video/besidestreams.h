#pragma once

#include "core/base/id.h"
#include "core/media/mediainfo.h"

namespace marea::server {

// Subtitles that are pictures in files of their own (.sup, .idx with .sub) count as streams of the film that they are
// beside, with numbers that no stream of a file has. So they are chosen, decided on and named as those inside are.
constexpr int kFirstBeside = 10'000, kLastBeside = 999'999;
constexpr bool isBeside(int stream) {
    return stream >= kFirstBeside;
}

// The number of the `track`th language of a file. It depends on the file's id alone: what plays goes on when another
// file is laid beside the film. Two files of a film that came to one number (1 of 30,000) would be one to us.
constexpr int kMostTracksBeside = 32;
int besideStream(const core::Id& sidecar, int track);

// Adds such a stream; false when one of that number is there. `format`: "sup" or "idx"; no others are streams.
bool addBeside(core::MediaInfo& file, core::StreamInfo stream, const core::Id& sidecar, int track,
               std::string_view format);

}  // namespace marea::server
