#pragma once

#include <cstddef>
#include <cstdint>

namespace marea::server {

// Sends up to `size` bytes of `file` from `offset` on a non-blocking socket without copying them through user space.
// The number sent; 0: the file ends before `offset`; -1: errno, EAGAIN when the socket takes nothing now.
std::ptrdiff_t sendFilePiece(int socket, int file, std::uint64_t offset, std::size_t size);

}  // namespace marea::server
