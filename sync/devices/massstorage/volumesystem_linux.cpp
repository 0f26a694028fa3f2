#include <fcntl.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "sync/devices/massstorage/volumes.h"
#include "sync/devices/massstorage/volumesystem.h"

namespace marea::sync {

namespace fs = std::filesystem;

namespace {

std::string numberOf(dev_t device) {
    return std::to_string(major(device)) + ":" + std::to_string(minor(device));
}

// FAT by a program in user space: the kernel tells only that it is one of those.
bool isFatByProgram(int folder) {
    struct stat about {};
    return ::fstat(folder, &about) == 0 && isFat(fileSystemOf(readMounts(), numberOf(about.st_dev)));
}

}  // namespace

std::int64_t maxFileSizeOf(int folder) {
    constexpr std::int64_t kFat = 0xFFFFFFFF;  // sizes have 32 bits there
    struct statfs about {};
    const bool isKnown = ::fstatfs(folder, &about) == 0;
    const bool fat =
        isKnown && (about.f_type == MSDOS_SUPER_MAGIC || (about.f_type == FUSE_SUPER_MAGIC && isFatByProgram(folder)));
    return fat ? kFat : 0;
}

std::string volumeId(const std::string& folder) {
    struct stat here {
    }, above{};
    if (::stat(folder.c_str(), &here) != 0 || ::stat((folder + "/..").c_str(), &above) != 0 ||
        here.st_dev == above.st_dev) {
        return "";
    }
    std::error_code error;
    for (const auto& link : fs::directory_iterator("/dev/disk/by-uuid", error)) {
        struct stat node {};
        if (::stat(link.path().c_str(), &node) == 0 && node.st_rdev == here.st_dev) {
            return "volume:" + link.path().filename().string();
        }
    }
    return "";
}

std::string readMounts() {
    std::ostringstream text;
    text << std::ifstream("/proc/self/mountinfo").rdbuf();
    return text.str();
}

core::Result<void> flushVolume(int folder) {
    return ::syncfs(folder) == 0 ? core::Result<void>()
                                 : core::unexpected<core::Error>(core::systemError(errno, "cannot flush the device"));
}

void writeOut(int file, std::int64_t from, std::int64_t to) {
    ::sync_file_range(file, from, to - from, SYNC_FILE_RANGE_WRITE);
    ::sync_file_range(file, 0, from, SYNC_FILE_RANGE_WAIT_BEFORE | SYNC_FILE_RANGE_WRITE | SYNC_FILE_RANGE_WAIT_AFTER);
}

void forgetCached(int file) {
    ::posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
}

}  // namespace marea::sync
