#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "server/gateway/sendfile.h"

namespace marea::server {

std::ptrdiff_t sendFilePiece(int socket, int file, std::uint64_t offset, std::size_t size) {
    thread_local std::array<char, 128 * 1024> buffer;
    const ssize_t got = ::pread(file, buffer.data(), std::min(size, buffer.size()), static_cast<off_t>(offset));
    return got <= 0 ? got : ::send(socket, buffer.data(), static_cast<std::size_t>(got), 0);
}

}  // namespace marea::server
