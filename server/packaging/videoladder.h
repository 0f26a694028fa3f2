#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/media/capabilities.h"
#include "core/media/mediainfo.h"
#include "server/packaging/deliveryplan.h"

namespace marea::server {

// Whether tracks of that kind go into the segments of `protocol`.
bool carries(StreamProtocol protocol, const TrackSpec& track, const core::MediaInfo& file);

// Whom new encodings of a picture are for. All of it outlives the call.
struct LadderWish {
    const core::MediaInfo& file;
    const core::Capabilities& client;
    StreamProtocol protocol;
    const StreamChoice& choice;
};

// The encodings of `source` that the client gets to choose from, from best to worst: the profile's rungs within its
// limits, never above the source, in HDR where that goes, and as measured (rungplan.h). `burn`: the subtitles in them.
std::vector<TrackSpec> videoLadder(const LadderWish& wish, const core::StreamInfo& source, std::optional<int> burn);

// The liked ones, and behind them those that are left.
std::vector<std::string_view> likedFirst(const std::vector<std::string>& liked,
                                         std::initializer_list<std::string_view> all);

}  // namespace marea::server
