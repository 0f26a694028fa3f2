#include <linux/magic.h>
#include <sys/uio.h>
#include <sys/vfs.h>

#include <cerrno>

#include "server/gateway/residency.h"

namespace marea::server {

namespace {

bool isMemory(int file) {
    struct statfs status {};
    return ::fstatfs(file, &status) == 0 && (status.f_type == TMPFS_MAGIC || status.f_type == RAMFS_MAGIC);
}

bool hasByte(int file, std::uint64_t offset) {
    char byte = 0;
    const iovec where{&byte, 1};
    if (::preadv2(file, &where, 1, static_cast<off_t>(offset), RWF_NOWAIT) >= 0) {
        return true;
    }
    return errno != EAGAIN && isMemory(file);
}

}  // namespace

bool isResident(int file, std::uint64_t offset, std::uint64_t size) {
    return size == 0 || hasByte(file, offset + size - 1);
}

}  // namespace marea::server
