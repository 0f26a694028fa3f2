#pragma once

#include <cstdint>
#include <span>

#include "core/base/result.h"

namespace marea::sync {

// The bytes of one file, from its begin to its end. One thread.
class ByteStream {
public:
    virtual ~ByteStream() = default;
    virtual std::int64_t size() const = 0;
    // At most `into.size()` bytes; 0 at the end. Blocks.
    virtual core::Result<std::size_t> read(std::span<std::uint8_t> into) = 0;
};

}  // namespace marea::sync
