#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/media/capabilities.h"
#include "core/media/mediainfo.h"
#include "server/packaging/segment.h"
#include "server/video/decision.h"

namespace marea::server {

// A rendition that is made ahead as a whole, under the name that playback asks for.
struct PreparedRendition {
    std::string name;
    SegmentFormat format = SegmentFormat::Mp4;
    int segments = 0;        // besides its head
    std::int64_t bytes = 0;  // at most, about
};

// All that a film offers a client like that, its picture encoded in every rung that the client takes, also where it
// would go out as it is; sound as the client gets it. Unprocessable, in words: it has no picture, or nothing can be
// made of it. Pure.
core::Result<std::vector<PreparedRendition>> planPrepared(const core::MediaInfo& file, const MediaIndex& index,
                                                          const core::Capabilities& client, const StreamChoice& choice);

}  // namespace marea::server
