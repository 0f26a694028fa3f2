#include <sys/sendfile.h>

#include <cerrno>

#include "server/gateway/sendfile.h"

namespace marea::server {

std::ptrdiff_t sendFilePiece(int socket, int file, std::uint64_t offset, std::size_t size) {
    auto position = static_cast<off_t>(offset);
    while (true) {
        const ssize_t sent = ::sendfile(socket, file, &position, size);
        if (sent >= 0 || errno != EINTR) {
            return sent;
        }
    }
}

}  // namespace marea::server
