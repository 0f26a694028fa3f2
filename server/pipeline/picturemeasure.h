#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace marea::server {

// One component of a picture, 8 bits a sample.
struct Plane {
    int width = 0, height = 0;
    std::vector<std::uint8_t> samples;  // row by row
};

// Structural similarity (Wang et al. 2004) of two planes of one size, in windows of 8×8 that overlap by half, as
// libavfilter and x264 have it: 1 for the same. 0 for planes below one window.
double similarity(const Plane& a, const Plane& b);

// How some pictures look that came out of an encoding, beside what they were made from: luma alone, all of one size.
class PictureMeasure {
public:
    virtual ~PictureMeasure() = default;
    virtual core::Result<void> compare(const Plane& original, const Plane& made) = 0;
    // Of all that were compared, once: 1 for the same, and of two that nobody can tell apart within
    // core::kUnseenQuality of each other, whatever the measure.
    virtual core::Result<double> quality() = 0;
};

// A measure for pictures of a size.
using PictureMeasures = std::function<core::Result<std::unique_ptr<PictureMeasure>>(int width, int height)>;

// SSIM on average.
PictureMeasures ssimMeasures();
// VMAF, by libavfilter's "libvmaf": not in every libav.
PictureMeasures vmafMeasures();
// The first of them that measures at all. The last is not tried.
PictureMeasures firstOf(std::vector<PictureMeasures> measures);
// VMAF where libav has it, SSIM else; found out once.
const PictureMeasures& bestMeasures();

// What libavfilter's measuring filters say of pictures ("ssim", "libvmaf"): the number behind `before` in their words
// at the end.
struct FilterWords {
    const char* filter;
    const char* before;
    std::function<double(double)> toQuality;
};
PictureMeasures filterMeasures(FilterWords words);

// 100 for the same. Less than 6 points of VMAF are hardly noticed by anybody; 2 count as unseen here.
double qualityOfVmaf(double score);

}  // namespace marea::server
