#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "server/packaging/mp4boxes.h"

namespace marea::server {

// A movie fragment with one track run, as far as encrypting its samples needs it. Offsets into the segment.
struct FragmentLayout {
    Box moof, traf;
    std::size_t dataOffsetAt = 0;  // of the run's data_offset, four bytes
    std::size_t dataStart = 0;     // of the first sample
    std::vector<std::uint32_t> sampleSizes;
};

// All fragments of a segment, in order. Corrupt when a run is not wholly inside.
core::Result<std::vector<FragmentLayout>> fragmentsOf(std::string_view segment);

}  // namespace marea::server
