#pragma once

#include <cerrno>

namespace marea::core {

// Whether a flush of a folder was refused because its file system has none, as some in user space or over the network:
// what was done in the folder is kept as well as it can be.
inline bool hasNoFolderFlush(int errnoValue) {
    return errnoValue == EINVAL || errnoValue == ENOTSUP || errnoValue == ENOSYS;
}

}  // namespace marea::core
