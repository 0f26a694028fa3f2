#pragma once

#include <cstdint>
#include <vector>

#include "server/pipeline/videosegment.h"

namespace marea::server {

// One component of a picture, 8 bits a sample.
struct Plane {
    int width = 0, height = 0;
    std::vector<std::uint8_t> samples;  // row by row
};

// Structural similarity (Wang et al. 2004) of two planes of one size, in windows of 8×8 that overlap by half, as
// libavfilter and x264 have it: 1 for the same. 0 for planes below one window.
double similarity(const Plane& a, const Plane& b);

// How what comes out of each encoding looks beside the picture that the first of them, the largest, is given: SSIM of
// luma in that size, on some of the pictures in [from, to). The same for the same bytes and build.
core::Result<std::vector<double>> rungQualities(VideoTranscoder& transcoder,
                                                const std::vector<VideoEncoding>& encodings, Ticks from, Ticks to);

}  // namespace marea::server
