#pragma once

#include <cstdint>
#include <string_view>

#include "core/base/result.h"

namespace marea::server {

// Of an initialisation segment: what a whole file takes over from it. Views into it.
struct InitParts {
    std::uint32_t scale = 0;       // units a second
    std::string_view placement;    // the matrix and the size, as they end a track's header
    std::string_view mediaHeader;  // vmhd or smhd
    std::string_view samples;      // stsd
};

// Corrupt when it is no initialisation segment of one track.
core::Result<InitParts> partsOf(std::string_view init);

}  // namespace marea::server
