#include "sync/devices/massstorage/massstoragetarget.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>

#include "sync/devices/massstorage/volumesystem.h"
#include "sync/plan/libraryfile.h"

namespace marea::sync {

namespace {

constexpr int kMaxDepth = 64;
constexpr std::size_t kMaxFiles = 2'000'000;
constexpr std::size_t kBlock = 1024 * 1024;
constexpr std::int64_t kAtOnce = 4 * 1024 * 1024;  // bytes that are on their way to the medium, and as many before
constexpr int kFolderFlags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;

struct CloseFolder {
    void operator()(DIR* folder) const { ::closedir(folder); }
};

std::string nameOf(const std::string& path) {
    return path.substr(path.rfind('/') + 1);
}

// While a device is listed: it went meanwhile.
bool isVanished(int errnoValue) {
    return errnoValue == ENOENT || errnoValue == ENOTDIR || errnoValue == ELOOP;
}

// It is somebody else's, or the file system's own. Whatever else cannot be read may be ours, and would count as
// missing.
bool isClosed(int errnoValue) {
    return errnoValue == EACCES || errnoValue == EPERM;
}

core::unexpected<core::Error> notPlain() {
    return core::fail(core::ErrorCode::Invalid, "The file's name is not allowed.");
}

}  // namespace

core::Result<std::unique_ptr<MassStorageTarget>> MassStorageTarget::open(const std::string& folder) {
    auto root = core::openFolder(folder);
    if (!root) {
        return core::fail(root.error().code, "There is no device at " + folder + ".", root.error().detail);
    }
    return std::make_unique<MassStorageTarget>(std::move(*root));
}

// A pulled device answers every call with an error of input and output, or has lost its root.
core::Error MassStorageTarget::failure(int errnoValue, const std::string& what) const {
    core::Error error = core::systemError(errnoValue, what);
    struct stat about {};
    const bool isGone = errnoValue == EIO || errnoValue == ENODEV || errnoValue == ENXIO || errnoValue == ENOTCONN ||
                        errnoValue == ESTALE || errnoValue == ESHUTDOWN;
    if (isGone || ::fstat(root_.get(), &about) != 0 || about.st_nlink == 0) {
        error.code = core::ErrorCode::Unavailable;
        error.text = "The device is no longer there, or does not answer.";
    } else if (errnoValue == ENOSPC || errnoValue == EDQUOT || errnoValue == EFBIG) {
        error.code = core::ErrorCode::TooLarge;
        error.text = "There is no room left on the device.";
    } else if (errnoValue == EROFS || errnoValue == EACCES || errnoValue == EPERM) {
        error.code = core::ErrorCode::Forbidden;
        error.text = "The device is write-protected, or these files are not yours.";
    } else if (errnoValue == ENOENT) {
        error.code = core::ErrorCode::NotFound;
    }
    return error;
}

TargetAbilities MassStorageTarget::abilities() const {
    return {NameKind::Fat, maxFileSizeOf(root_.get()), Moves::Anywhere};
}

core::Result<core::FileHandle> MassStorageTarget::folderOf(const std::string& path, bool make) const {
    if (!isPlainPath(path)) {
        return notPlain();
    }
    auto at = root_.duplicate();
    for (std::size_t begin = 0, slash = path.find('/'); at && slash != std::string::npos;
         begin = slash + 1, slash = path.find('/', begin)) {
        const std::string name = path.substr(begin, slash - begin);
        if (make && ::mkdirat(at->get(), name.c_str(), 0777) != 0 && errno != EEXIST) {
            return core::unexpected<core::Error>(failure(errno, "cannot make a folder"));
        }
        core::FileHandle next(::openat(at->get(), name.c_str(), kFolderFlags));
        if (!next) {
            return core::unexpected<core::Error>(failure(errno, "cannot open a folder"));
        }
        *at = std::move(next);
    }
    return at;
}

core::Result<std::vector<ListedFile>> MassStorageTarget::list() {
    std::vector<ListedFile> files;
    auto done = listInto(root_.get(), "", 0, files);
    return done ? core::Result<std::vector<ListedFile>>(std::move(files)) : core::unexpected<core::Error>(done.error());
}

core::Result<void> MassStorageTarget::listInto(int folder, const std::string& prefix, int depth,
                                               std::vector<ListedFile>& files) {
    const std::unique_ptr<DIR, CloseFolder> open(::fdopendir(::openat(folder, ".", kFolderFlags)));
    if (!open) {
        return core::unexpected<core::Error>(failure(errno, "cannot list a folder"));
    }
    while (true) {
        errno = 0;
        const dirent* entry = ::readdir(open.get());
        if (!entry) {
            return errno == 0 ? core::Result<void>()
                              : core::unexpected<core::Error>(failure(errno, "cannot list a folder"));
        }
        const std::string name = entry->d_name;
        if (name == "." || name == "..") {
            continue;
        }
        if (auto done = listEntry(folder, prefix, name, depth, files); !done) {
            return done;
        }
        if (files.size() > kMaxFiles) {
            return core::fail(core::ErrorCode::Unprocessable, "There are too many files on the device.");
        }
    }
}

core::Result<void> MassStorageTarget::listEntry(int folder, const std::string& prefix, const std::string& name,
                                                int depth, std::vector<ListedFile>& files) {
    struct stat about {};
    const bool isKnown = ::fstatat(folder, name.c_str(), &about, AT_SYMLINK_NOFOLLOW) == 0;
    if (isKnown && !S_ISDIR(about.st_mode)) {
        files.push_back({prefix + name, listedBytes(static_cast<std::uint64_t>(about.st_size)),
                         static_cast<core::TimeMs>(about.st_mtime) * 1000});
        return {};
    }
    const core::FileHandle inner(isKnown ? ::openat(folder, name.c_str(), kFolderFlags) : -1);
    // One may be allowed to open it, and not to go in.
    if (inner && ::fstatat(inner.get(), ".", &about, 0) == 0) {
        return depth < kMaxDepth ? listInto(inner.get(), prefix + name + "/", depth + 1, files) : core::Result<void>();
    }
    if (isClosed(errno)) {
        files.push_back({prefix + name, 0, 0, true});
        return {};
    }
    return isVanished(errno) ? core::Result<void>()
                             : core::unexpected<core::Error>(failure(errno, "cannot list " + prefix + name));
}

core::Result<std::int64_t> MassStorageTarget::freeBytes() {
    struct statvfs about {};
    if (::fstatvfs(root_.get(), &about) != 0) {
        return core::unexpected<core::Error>(failure(errno, "cannot ask for free space"));
    }
    return static_cast<std::int64_t>(about.f_bavail) * static_cast<std::int64_t>(about.f_frsize);
}

core::Result<std::int64_t> MassStorageTarget::totalBytes() {
    struct statvfs about {};
    if (::fstatvfs(root_.get(), &about) != 0) {
        return core::unexpected<core::Error>(failure(errno, "cannot ask for the size"));
    }
    return static_cast<std::int64_t>(about.f_blocks) * static_cast<std::int64_t>(about.f_frsize);
}

core::Result<void> MassStorageTarget::writeAll(int file, ByteStream& content) {
    std::vector<std::uint8_t> block(kBlock);
    std::int64_t all = 0, out = 0;
    while (true) {
        const auto count = content.read(block);
        if (!count) {
            return core::unexpected<core::Error>(count.error());
        }
        if (*count == 0) {
            return {};
        }
        for (std::size_t at = 0; at < *count;) {
            const ssize_t written = ::write(file, block.data() + at, *count - at);
            if (written < 0 && errno != EINTR) {
                return core::unexpected<core::Error>(failure(errno, "cannot write"));
            }
            at += static_cast<std::size_t>(std::max<ssize_t>(written, 0));
        }
        all += static_cast<std::int64_t>(*count);
        if (all - out >= kAtOnce) {
            writeOut(file, out, all);
            out = all;
        }
    }
}

core::Result<void> MassStorageTarget::write(const std::string& path, ByteStream& content) {
    auto folder = folderOf(path, true);
    if (!folder) {
        return core::unexpected<core::Error>(folder.error());
    }
    core::FileHandle file(
        ::openat(folder->get(), nameOf(path).c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666));
    if (!file) {
        return core::unexpected<core::Error>(failure(errno, "cannot make a file"));
    }
    auto done = writeAll(file.get(), content);
    if (done && ::fsync(file.get()) != 0) {
        return core::unexpected<core::Error>(failure(errno, "cannot flush a file"));
    }
    return done;
}

core::Result<void> MassStorageTarget::read(
    const std::string& path, const std::function<core::Result<void>(std::span<const std::uint8_t>)>& sink) {
    auto folder = folderOf(path, false);
    if (!folder) {
        return core::unexpected<core::Error>(folder.error());
    }
    core::FileHandle file(
        ::openat(folder->get(), nameOf(path).c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK));
    if (!file) {
        return core::unexpected<core::Error>(failure(errno, "cannot open a file"));
    }
    forgetCached(file.get());
    std::vector<std::uint8_t> block(kBlock);
    while (true) {
        const ssize_t count = ::read(file.get(), block.data(), block.size());
        if (count == 0) {
            return {};
        }
        if (count < 0) {
            if (errno == EINTR) {
                continue;
            }
            return core::unexpected<core::Error>(failure(errno, "cannot read"));
        }
        if (auto done = sink({block.data(), static_cast<std::size_t>(count)}); !done) {
            return done;
        }
    }
}

core::Result<void> MassStorageTarget::rename(const std::string& from, const std::string& to) {
    auto source = folderOf(from, false);
    auto folder = source ? folderOf(to, true) : core::Result<core::FileHandle>(core::FileHandle());
    if (!source || !folder) {
        return core::unexpected<core::Error>(source ? folder.error() : source.error());
    }
    struct stat about {};
    if (::fstatat(folder->get(), nameOf(to).c_str(), &about, AT_SYMLINK_NOFOLLOW) == 0) {
        return core::fail(core::ErrorCode::Conflict, "Another file has its name.");
    }
    if (::renameat(source->get(), nameOf(from).c_str(), folder->get(), nameOf(to).c_str()) != 0) {
        return core::unexpected<core::Error>(failure(errno, "cannot rename"));
    }
    removeEmptyFolders(from);
    return {};
}

core::Result<void> MassStorageTarget::remove(const std::string& path) {
    auto folder = folderOf(path, false);
    if (!folder) {
        return core::unexpected<core::Error>(folder.error());
    }
    if (::unlinkat(folder->get(), nameOf(path).c_str(), 0) != 0) {
        return core::unexpected<core::Error>(failure(errno, "cannot remove"));
    }
    removeEmptyFolders(path);
    return {};
}

void MassStorageTarget::removeEmptyFolders(std::string path) {
    path.resize(std::min(path.rfind('/'), path.size()));
    while (path.find('/') != std::string::npos) {
        auto parent = folderOf(path, false);
        if (!parent || ::unlinkat(parent->get(), nameOf(path).c_str(), AT_REMOVEDIR) != 0) {
            return;
        }
        path.resize(path.rfind('/'));
    }
}

core::Result<void> MassStorageTarget::flush() {
    auto done = flushVolume(root_.get());
    return done ? done : core::unexpected<core::Error>(failure(errno, "cannot flush the device"));
}

}  // namespace marea::sync
