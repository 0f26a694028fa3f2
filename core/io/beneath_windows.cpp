#include <algorithm>
#include <cerrno>

#include "core/io/beneath.h"
#include "core/io/folderfiles.h"

namespace marea::core {

// No link is followed, not even one that stays inside.
Result<FileHandle> openCheckedBeneath(const FileHandle& root, const std::string& relative) {
    FileHandle at;
    for (std::size_t begin = 0; begin <= relative.size();) {
        const std::size_t end = std::min(relative.find('/', begin), relative.size());
        FileHandle next = fileIn(at ? at.get() : root.get(), relative.substr(begin, end - begin));
        if (!next) {
            return unexpected<Error>(openError(errno));
        }
        at = std::move(next);
        begin = end + 1;
    }
    return at;
}

}  // namespace marea::core
