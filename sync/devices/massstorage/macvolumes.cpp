#include "sync/devices/massstorage/macvolumes.h"

namespace marea::sync {

namespace {

// A file that is mounted, such as those that programs come in.
bool isImage(const MacDisk& disk) {
    return disk.protocol == "Virtual Interface" || disk.protocol == "Disk Image";
}

}  // namespace

// A card in a built-in reader is internal, and removable.
bool isCarried(const MacDisk& disk) {
    const bool isOutside = !disk.isInternal || disk.isRemovable || disk.isEjectable;
    return isOutside && disk.isLocal && disk.isShown && disk.path != "/" && disk.device.starts_with("/dev/") &&
           !isImage(disk);
}

std::vector<Volume> volumesOf(const std::vector<MacDisk>& disks) {
    std::vector<Volume> volumes;
    for (const MacDisk& disk : disks) {
        const std::string fileSystem = fileSystemName(disk.fileSystem);
        if (isCarried(disk) && isCarriedFileSystem(fileSystem)) {
            const std::string last = disk.path.substr(disk.path.rfind('/') + 1);
            volumes.push_back({disk.path, fileSystem, disk.device, disk.name.empty() ? last : disk.name});
        }
    }
    return volumes;
}

}  // namespace marea::sync
