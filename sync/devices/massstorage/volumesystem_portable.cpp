#include <sys/stat.h>
#include <unistd.h>

#include <QStorageInfo>

#include "sync/devices/massstorage/volumesystem.h"

namespace marea::sync {

namespace {

std::vector<Volume> allMounted() {
    std::vector<Volume> mounted;
    for (const QStorageInfo& storage : QStorageInfo::mountedVolumes()) {
        mounted.push_back({storage.rootPath().toStdString(), fileSystemName(storage.fileSystemType().toStdString()),
                           storage.device().toStdString(), ""});
    }
    return mounted;
}

}  // namespace

// What the systems' own calls say of a descriptor differs from one to the next.
std::int64_t maxFileSizeOf(int folder) {
    struct stat here {};
    const bool isKnown = ::fstat(folder, &here) == 0;
    for (const Volume& volume : isKnown ? allMounted() : std::vector<Volume>()) {
        struct stat root {};
        if (isFat(volume.fileSystem) && ::stat(volume.path.c_str(), &root) == 0 && root.st_dev == here.st_dev) {
            return kMaxFatFile;
        }
    }
    return 0;
}

std::string volumeId(const std::string&) {
    return "";
}

std::vector<Volume> mountedVolumes() {
    return carriedOf(allMounted());
}

core::Result<void> flushVolume(int) {
    ::sync();
    return {};
}

void writeOut(int, std::int64_t, std::int64_t) {}

std::string volumeHolder(const std::string&) {
    return "";
}

}  // namespace marea::sync
