#pragma once

#include <cstdint>

namespace marea::server {

// Whether `size` bytes of a file at `offset` can be read without waiting for a disk or a network: they are in the page
// cache, or past the file's end. Judged by the last of them, since memory gives back first what was read first; false
// where the system cannot say, unless the file system is memory.
bool isResident(int file, std::uint64_t offset, std::uint64_t size);

// Reads them, so that they are there afterwards. Blocks.
void bringIn(int file, std::uint64_t offset, std::uint64_t size);

}  // namespace marea::server
