#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "server/transcode/progresspage.h"

namespace marea::server {

int createSharedMemory(std::size_t size) {
    const int descriptor = ::memfd_create("marea-progress", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (descriptor < 0)
        return -1;
    // Without the seals a worker could shrink it under the server: SIGBUS.
    if (::ftruncate(descriptor, static_cast<off_t>(size)) < 0 ||
        ::fcntl(descriptor, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) < 0) {
        ::close(descriptor);
        return -1;
    }
    return descriptor;
}

}  // namespace marea::server
