#pragma once

#include "server/pipeline/mediasource.h"

namespace marea::server {

// True for an MP4 in fragments. A demuxer's index of such a file is of what was read so far, and its offsets may be
// anything.
bool isFragmented(MediaSource& source);

}  // namespace marea::server
