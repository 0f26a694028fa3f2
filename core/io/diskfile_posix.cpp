#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "core/base/folderflush.h"
#include "core/io/diskfile.h"

namespace marea::core {

namespace {

int flagsOf(FileUse use) {
    switch (use) {
        case FileUse::New:
            return O_WRONLY | O_CREAT | O_EXCL;
        case FileUse::Over:
            return O_WRONLY | O_CREAT | O_TRUNC;
        case FileUse::Append:
            return O_RDWR | O_CREAT | O_APPEND;
        default:
            return O_RDONLY;
    }
}

template <class Call>
std::ptrdiff_t uninterrupted(Call call) {
    while (true) {
        const ssize_t count = call();
        if (count >= 0 || errno != EINTR) {
            return count;
        }
    }
}

bool flushAt(const std::string& path, int flags) {
    const FileHandle file(::open(path.c_str(), flags | O_CLOEXEC));
    return file && flushFile(file.get());
}

}  // namespace

FileHandle openFile(const std::string& path, FileUse use, bool onlyOurs) {
    return FileHandle(::open(path.c_str(), flagsOf(use) | O_CLOEXEC, onlyOurs ? 0600 : 0644));
}

std::ptrdiff_t readSome(int file, void* to, std::size_t count) {
    return uninterrupted([&] { return ::read(file, to, count); });
}

std::ptrdiff_t readSomeAt(int file, void* to, std::size_t count, std::uint64_t at) {
    return uninterrupted([&] { return ::pread(file, to, count, static_cast<off_t>(at)); });
}

bool writeAll(int file, const void* from, std::size_t count) {
    for (const auto* bytes = static_cast<const char*>(from); count > 0;) {
        const auto written = uninterrupted([&] { return ::write(file, bytes, count); });
        if (written < 0) {
            return false;
        }
        bytes += written;
        count -= static_cast<std::size_t>(written);
    }
    return true;
}

bool flushFile(int file) {
#ifdef F_FULLFSYNC
    // macOS: fsync(2) there leaves it to the drive when it writes. Not every file system knows the other.
    if (::fcntl(file, F_FULLFSYNC) == 0) {
        return true;
    }
#endif
    return ::fsync(file) == 0;
}

bool flushPath(const std::string& path) {
    return flushAt(path, O_RDONLY);
}

bool flushFolder(const std::string& path) {
    return flushAt(path, O_RDONLY | O_DIRECTORY) || hasNoFolderFlush(errno);
}

bool replaceFile(const std::string& from, const std::string& to) {
    return std::rename(from.c_str(), to.c_str()) == 0;
}

bool takeFreeName(const std::string& from, const std::string& to) {
    return ::link(from.c_str(), to.c_str()) == 0;
}

bool lockFile(int file) {
    return ::flock(file, LOCK_EX | LOCK_NB) == 0;
}

bool shareFile(int file) {
    return ::flock(file, LOCK_SH | LOCK_NB) == 0;
}

bool emptyFile(int file) {
    return ::ftruncate(file, 0) == 0;
}

bool seekTo(int file, std::uint64_t at) {
    return ::lseek(file, static_cast<off_t>(at), SEEK_SET) >= 0;
}

bool cutFile(int file, std::uint64_t size) {
    return ::ftruncate(file, static_cast<off_t>(size)) == 0;
}

bool setModified(int file, TimeMs time) {
    const timespec at{static_cast<time_t>(time / 1000), 0};
    const timespec both[2] = {at, at};
    return ::futimens(file, both) == 0;
}

bool meansFull(int errnoValue) {
    return errnoValue == ENOSPC || errnoValue == EDQUOT || errnoValue == EFBIG;
}

bool meansGone(int errnoValue) {
    return errnoValue == EIO || errnoValue == ENODEV || errnoValue == ENXIO || errnoValue == ENOTCONN ||
           errnoValue == ESTALE || errnoValue == ESHUTDOWN;
}

}  // namespace marea::core
