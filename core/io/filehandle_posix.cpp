#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "core/io/beneath.h"
#include "core/io/clearfile.h"

namespace marea::core {

namespace {

TimeMs modifiedMs(const struct stat& info) {
#ifdef __APPLE__
    const timespec& time = info.st_mtimespec;
#else
    const timespec& time = info.st_mtim;
#endif
    return static_cast<TimeMs>(time.tv_sec) * 1000 + static_cast<TimeMs>(time.tv_nsec / 1'000'000);
}

}  // namespace

FileHandle::~FileHandle() {
    if (descriptor_ >= 0) {
        ::close(descriptor_);
    }
}

Result<FileHandle> FileHandle::duplicate() const {
    const int copy = ::fcntl(descriptor_, F_DUPFD_CLOEXEC, 0);
    if (copy < 0) {
        return unexpected<Error>(systemError(errno, "cannot duplicate a descriptor"));
    }
    FileHandle second(copy);
    second.seal_ = seal_;
    return second;
}

Result<FileStatus> status(const FileHandle& file) {
    struct stat info {};
    if (::fstat(file.get(), &info) != 0) {
        return unexpected<Error>(systemError(errno, "cannot read a file's status"));
    }
    FileStatus result;
    result.size = file.seal() ? static_cast<std::int64_t>(file.seal()->header.clearSize) : info.st_size;
    result.modified = modifiedMs(info);
    result.device = static_cast<std::uint64_t>(info.st_dev);
    result.inode = static_cast<std::uint64_t>(info.st_ino);
    result.isFolder = S_ISDIR(info.st_mode);
    result.isFile = S_ISREG(info.st_mode);
    return result;
}

Result<FileHandle> openFolder(const std::string& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) {
        const int reason = errno;
        Error error = systemError(reason, "cannot open the folder " + path);
        error.code = openError(reason).code;
        return unexpected<Error>(std::move(error));
    }
    return FileHandle(descriptor);
}

}  // namespace marea::core
