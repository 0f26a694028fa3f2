#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>
#include <string>

#include "core/base/id.h"
#include "server/transcode/progresspage.h"

namespace marea::server {

// Where memfd is missing: a named object whose name is gone at once. It has no seals; the sandbox forbids resizing.
int createSharedMemory(std::size_t size) {
    const std::string name = "/marea-" + core::newId().substr(0, 23);
    const int descriptor = ::shm_open(name.c_str(), O_RDWR | O_CREAT | O_EXCL, 0600);
    if (descriptor < 0)
        return -1;
    ::shm_unlink(name.c_str());
    ::fcntl(descriptor, F_SETFD, FD_CLOEXEC);
    if (::ftruncate(descriptor, static_cast<off_t>(size)) < 0) {
        ::close(descriptor);
        return -1;
    }
    return descriptor;
}

}  // namespace marea::server
