#include "server/transcode/worker/ballast.h"

#include <sys/mman.h>

namespace marea::server {

bool Ballast::load() {
    if (taken_)
        return true;
    int flags = MAP_PRIVATE | MAP_ANONYMOUS;
#ifdef MAP_NORESERVE
    flags |= MAP_NORESERVE;
#endif
    void* memory = ::mmap(nullptr, size_, PROT_NONE, flags, -1, 0);
    taken_ = memory == MAP_FAILED ? nullptr : memory;
    return taken_ != nullptr;
}

void Ballast::unload() {
    if (taken_)
        ::munmap(taken_, size_);
    taken_ = nullptr;
}

}  // namespace marea::server
