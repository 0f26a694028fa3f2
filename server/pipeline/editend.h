#pragma once

#include <cstdint>

#include "server/pipeline/libav.h"

namespace marea::server {

// Where an MP4's edit list ends a stream before its media does (ISO 14496-12, 8.6.6). libav keeps the pictures up to
// the next keyframe, marked as not to be shown, and says of the last packet of a sound how much of it is.

// Of pictures: how long the stream is by its edit list, in its time base; 0: its media ends with it.
std::int64_t editedLength(const AVFormatContext& file, const AVStream& video);

// Of a sound: how much of its last packet is heard, in its time base; 0: all of it.
std::int64_t editedTail(const AVFormatContext& file, const AVStream& audio);

}  // namespace marea::server
