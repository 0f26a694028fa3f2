#include <fcntl.h>
#include <linux/magic.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <cerrno>

#include "sync/devices/massstorage/volumesystem.h"

namespace marea::sync {

std::int64_t maxFileSizeOf(int folder) {
    constexpr std::int64_t kFat = 0xFFFFFFFF;  // sizes have 32 bits there
    struct statfs about {};
    return ::fstatfs(folder, &about) == 0 && about.f_type == MSDOS_SUPER_MAGIC ? kFat : 0;
}

core::Result<void> flushVolume(int folder) {
    return ::syncfs(folder) == 0 ? core::Result<void>()
                                 : core::unexpected<core::Error>(core::systemError(errno, "cannot flush the device"));
}

void forgetCached(int file) {
    ::posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
}

}  // namespace marea::sync
