#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/media/mediainfo.h"

namespace marea::core {

// Of qualities of pictures (of one title, so by one measure): a difference that nobody sees. SSIM's are taken as they
// are: a tenth of what is just noticeable.
constexpr double kUnseenQuality = 0.004;

// How a title's picture comes out in one size of the ladder, measured on samples of it.
struct RungMeasure {
    int height = 0;            // of the class (server/packaging/rendition.h)
    std::int64_t bitrate = 0;  // bits per second; more of them look no better. 0: all that there are look better
    double quality = 0;        // of what comes out beside the largest picture that could be sent; 1: the same
    bool operator==(const RungMeasure&) const = default;
};

// A file of a library whose picture is to be measured.
struct PictureFile {
    std::int64_t num = 0;  // ascending: where a list goes on
    std::string name;      // without folders
    std::string content;   // what its content is known by: hexadecimal
    MediaInfo info;
};

}  // namespace marea::core
