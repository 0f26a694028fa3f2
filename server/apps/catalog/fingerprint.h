#pragma once

#include <array>
#include <cstdint>

#include "core/base/result.h"
#include "core/io/filehandle.h"

namespace marea::server {

using Fingerprint = std::array<std::uint8_t, 16>;

// BLAKE2b over the size and samples of the head, the middle and the tail: the same content gives the same value
// wherever it is. Blocks on the disk.
core::Result<Fingerprint> fingerprint(const core::FileHandle& file, std::int64_t size);

}  // namespace marea::server
