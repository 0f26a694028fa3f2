#include "server/gateway/residency.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <vector>

namespace marea::server {

void bringIn(int file, std::uint64_t offset, std::uint64_t size) {
    std::vector<char> piece(256 * 1024);
    while (size > 0) {
        const ssize_t got =
            ::pread(file, piece.data(), std::min<std::uint64_t>(size, piece.size()), static_cast<off_t>(offset));
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            return;  // the end, or an error that sending will meet and tell
        }
        offset += static_cast<std::uint64_t>(got);
        size -= static_cast<std::uint64_t>(got);
    }
}

}  // namespace marea::server
