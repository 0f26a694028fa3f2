#include "core/io/beneath.h"

namespace marea::core {

Result<FileHandle> openCheckedBeneath(const FileHandle& root, const std::string& relative) {
    return walkBeneath(root, relative);
}

}  // namespace marea::core
