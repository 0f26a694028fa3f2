#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

#include "core/io/beneath.h"

namespace marea::core {

Result<FileHandle> openCheckedBeneath(const FileHandle& root, const std::string& relative) {
    open_how how{};
    // O_NONBLOCK: a FIFO with nobody at its other end must not hang the thread. No effect on files.
    how.flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;
    how.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS;
    // EAGAIN: a rename went on meanwhile and the kernel could not be sure; it asks for a few more tries.
    for (int attempt = 0; attempt < 8; ++attempt) {
        const long descriptor = ::syscall(SYS_openat2, root.get(), relative.c_str(), &how, sizeof how);
        if (descriptor >= 0) {
            return FileHandle(static_cast<int>(descriptor));
        }
        if (errno != EAGAIN && errno != EINTR) {
            break;
        }
    }
    // ENOSYS: before Linux 5.6. EPERM: some container filters refuse calls that they do not know.
    if (errno == ENOSYS || errno == EPERM || errno == EAGAIN) {
        return walkBeneath(root, relative);
    }
    return unexpected<Error>(openError(errno));
}

}  // namespace marea::core
