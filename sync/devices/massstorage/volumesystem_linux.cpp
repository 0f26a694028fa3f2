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

std::string readMounts() {
    std::ostringstream text;
    text << std::ifstream("/proc/self/mountinfo").rdbuf();
    return text.str();
}

std::string numberOf(dev_t device) {
    return std::to_string(major(device)) + ":" + std::to_string(minor(device));
}

// FAT by a program in user space: the kernel tells only that it is one of those.
bool isFatByProgram(int folder) {
    struct stat about {};
    return ::fstat(folder, &about) == 0 && isFat(fileSystemOf(readMounts(), numberOf(about.st_dev)));
}

bool isBelow(const fs::path& link, const std::string& folder) {
    std::error_code error;
    const std::string target = fs::read_symlink(link, error).string();
    return !error && target.starts_with(folder) && (target.size() == folder.size() || target[folder.size()] == '/');
}

// By what its links say: nobody waits for the device.
bool hasOpen(const fs::path& process, const std::string& folder) {
    std::error_code error;
    if (isBelow(process / "cwd", folder) || isBelow(process / "exe", folder)) {
        return true;
    }
    for (const auto& file : fs::directory_iterator(process / "fd", error)) {
        if (isBelow(file.path(), folder)) {
            return true;
        }
    }
    return false;
}

}  // namespace

std::int64_t maxFileSizeOf(int folder) {
    struct statfs about {};
    const bool isKnown = ::fstatfs(folder, &about) == 0;
    const bool fat =
        isKnown && (about.f_type == MSDOS_SUPER_MAGIC || (about.f_type == FUSE_SUPER_MAGIC && isFatByProgram(folder)));
    return fat ? kMaxFatFile : 0;
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

std::vector<Volume> mountedVolumes() {
    return volumesFrom(readMounts());
}

core::Result<void> flushVolume(int folder) {
    return ::syncfs(folder) == 0 ? core::Result<void>()
                                 : core::unexpected<core::Error>(core::systemError(errno, "cannot flush the device"));
}

void writeOut(int file, std::int64_t from, std::int64_t to) {
    ::sync_file_range(file, from, to - from, SYNC_FILE_RANGE_WRITE);
    ::sync_file_range(file, 0, from, SYNC_FILE_RANGE_WAIT_BEFORE | SYNC_FILE_RANGE_WRITE | SYNC_FILE_RANGE_WAIT_AFTER);
}

// Other people's are not told to an account that is not root's.
std::string volumeHolder(const std::string& folder) {
    std::error_code error;
    for (const auto& process : fs::directory_iterator("/proc", error)) {
        const std::string number = process.path().filename().string();
        if (number.find_first_not_of("0123456789") == std::string::npos && hasOpen(process.path(), folder)) {
            std::ifstream file(process.path() / "comm");
            std::string name;
            std::getline(file, name);
            return name;
        }
    }
    return "";
}

}  // namespace marea::sync
