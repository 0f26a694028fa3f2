#include "app/devices/storageuse.h"

#include <algorithm>

#include "core/library/filekinds.h"

namespace marea::app {

StorageUse storageUse(const std::vector<sync::ListedFile>& listed, std::int64_t free, std::int64_t total) {
    using core::library::FileKind;
    StorageUse use;
    for (const sync::ListedFile& file : listed) {
        const std::string_view name = std::string_view(file.path).substr(file.path.rfind('/') + 1);
        const FileKind kind = core::library::fileKind(name);
        (kind == FileKind::Video ? use.films : kind == FileKind::Audio ? use.music : use.other) += file.size;
    }
    use.free = std::max<std::int64_t>(free, 0);
    const std::int64_t seen = use.films + use.music + use.other + use.free;
    use.total = std::max(total, seen);
    use.other += use.total - seen;
    return use;
}

}  // namespace marea::app
