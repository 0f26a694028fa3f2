#pragma once

#include <vector>

#include "server/pipeline/picturemeasure.h"
#include "server/pipeline/videosegment.h"

namespace marea::server {

// How what comes out of each encoding looks beside the picture that the first of them, the largest, is given: luma in
// that size, on some of the pictures in [from, to). The same for the same bytes, build and measure.
core::Result<std::vector<double>> rungQualities(VideoTranscoder& transcoder,
                                                const std::vector<VideoEncoding>& encodings, Ticks from, Ticks to,
                                                const PictureMeasures& measures = bestMeasures());

}  // namespace marea::server
