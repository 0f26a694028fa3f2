#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace marea::server {

// Bytes left clear and the protected ones behind them, within one sample (ISO/IEC 23001-7 section 7).
struct Subsample {
    std::uint16_t clear = 0;
    std::uint32_t protectedBytes = 0;
    bool operator==(const Subsample&) const = default;
};

struct SliceRules {
    bool hevc = false;
    std::size_t lengthSize = 4;
    bool wholeBlocks = false;  // protected bytes are a multiple of 16
    std::size_t most = 40;     // subsamples, as far as that can be kept
};

// A sample of H.264 or HEVC with lengths before its units: the slices are protected from their 65th byte on. Beyond
// `most`, the smaller slices stay clear. A unit that does not fit ends the sample: all of the rest is clear. Pure.
std::vector<Subsample> subsamplesOf(std::string_view sample, const SliceRules& rules);

}  // namespace marea::server
