#include "core/io/flushnames.h"

#include <cerrno>

#include "core/base/folderflush.h"
#include "core/io/diskfile.h"

namespace marea::core {

Result<void> flushNames(int folder) {
    return flushFile(folder) || hasNoFolderFlush(errno) ? Result<void>()
                                                        : unexpected<Error>(systemError(errno, "flush a folder"));
}

Result<void> flushNames(const std::string& path) {
    const auto folder = openFolder(path);
    return folder ? flushNames(folder->get()) : unexpected<Error>(folder.error());
}

}  // namespace marea::core
