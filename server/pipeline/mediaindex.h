#pragma once

#include "core/base/result.h"
#include "server/packaging/segment.h"
#include "server/pipeline/mediareader.h"

namespace marea::server {

// Where the file can be cut, and how long it is: from its own index where it has one (MP4, Matroska), else by reading
// through it once; with Soonest not, where it is of more than `quick` bytes. Keyframes only of video that can be
// copied. Leaves the reader anywhere.
core::Result<MediaIndex> indexMedia(MediaReader& reader, IndexDepth depth = IndexDepth::Whole,
                                    std::int64_t quick = kQuicklyRead);

}  // namespace marea::server
