#pragma once

#include "core/base/result.h"
#include "server/pipeline/libav.h"

namespace marea::server {

// How a camera held its picture, by the EXIF tag 0x0112 that the decoder read: 1 (as it is) to 8.
int orientationOf(const AVFrame& frame);

// An RGBA picture stored with `orientation` the way up that it is to be seen.
core::Result<AvPtr<AVFrame>> upright(const AVFrame& rgba, int orientation);

}  // namespace marea::server
