#include "server/apps/uploads/stagedfile.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "core/io/clearfile.h"

namespace marea::server {

using core::ErrorCode;
using core::FileHandle;
using core::Result;

namespace {

constexpr const char* kFolder = ".marea-uploads";
constexpr int kOpenFolder = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;

std::string partName(const core::Id& id) {
    return id + ".part";
}

core::unexpected<core::Error> failed(const std::string& what) {
    return core::unexpected<core::Error>(core::systemError(errno, what));
}

core::unexpected<core::Error> notWritable(const std::string& folder) {
    const core::Error system = core::systemError(errno, folder);
    return core::fail(ErrorCode::Unprocessable, "The library's folder cannot be written to.", system.detail);
}

// The folder `name` of an open one, made when it is not there; no symlink is followed.
FileHandle folderIn(const FileHandle& parent, const char* name, ::mode_t mode) {
    if (::mkdirat(parent.get(), name, mode) != 0 && errno != EEXIST) {
        return {};
    }
    return FileHandle(::openat(parent.get(), name, kOpenFolder));
}

}  // namespace

Result<StagedFile> StagedFile::open(const std::string& libraryFolder, const core::Id& id) {
    StagedFile staged;
    staged.name_ = partName(id);
    staged.root_ = FileHandle(::open(libraryFolder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!staged.root_) {
        return core::fail(ErrorCode::Unprocessable, "The library's folder is not there.", libraryFolder);
    }
    staged.folder_ = folderIn(staged.root_, kFolder, 0700);
    if (staged.folder_) {
        staged.file_ = FileHandle(
            ::openat(staged.folder_.get(), staged.name_.c_str(), O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0644));
    }
    return staged.file_ ? Result<StagedFile>(std::move(staged)) : notWritable(libraryFolder);
}

std::int64_t StagedFile::sizeOf(const std::string& libraryFolder, const core::Id& id) {
    struct stat status;
    const std::string path = libraryFolder + "/" + kFolder + "/" + partName(id);
    return ::lstat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) ? std::int64_t{status.st_size} : 0;
}

void StagedFile::remove(const std::string& libraryFolder, const core::Id& id) {
    const std::string folder = libraryFolder + "/" + kFolder;
    ::unlink((folder + "/" + partName(id)).c_str());
    ::rmdir(folder.c_str());  // when it was the last one
}

Result<std::int64_t> StagedFile::size() const {
    struct stat status;
    return ::fstat(file_.get(), &status) == 0 ? Result<std::int64_t>(status.st_size) : failed("stat an upload");
}

Result<void> StagedFile::write(std::int64_t offset, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t put = ::pwrite(file_.get(), bytes.data(), bytes.size(), offset);
        if (put < 0 && (errno == ENOSPC || errno == EDQUOT || errno == EFBIG)) {
            return core::fail(ErrorCode::TooLarge, "The disk is full.", core::systemError(errno, name_).detail);
        }
        if (put < 0 && errno != EINTR) {
            return failed("write an upload");
        }
        const auto written = std::max<ssize_t>(put, 0);
        bytes.remove_prefix(static_cast<std::size_t>(written));
        offset += written;
    }
    return {};
}

Result<void> StagedFile::cutTo(std::int64_t size) {
    return ::ftruncate(file_.get(), size) == 0 ? Result<void>() : failed("shorten an upload");
}

Result<void> StagedFile::sync() {
    return ::fdatasync(file_.get()) == 0 ? Result<void>() : failed("sync an upload");
}

Result<void> StagedFile::publish(const std::string& path) {
    FileHandle folder;
    std::size_t from = 0;
    for (std::size_t slash = path.find('/'); slash != std::string::npos; slash = path.find('/', from)) {
        FileHandle next = folderIn(folder ? folder : root_, path.substr(from, slash - from).c_str(), 0755);
        if (!next) {
            return notWritable(path);
        }
        folder = std::move(next);
        from = slash + 1;
    }
    const int parent = folder ? folder.get() : root_.get();
    const std::string name = path.substr(from);
    struct stat status;
    const std::string sealed = name + std::string(core::kSealedSuffix);
    if (::fstatat(parent, sealed.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0) {
        return core::fail(ErrorCode::Conflict, "There is a file of this name in the library already.", path);
    }
    // A rename replaces what is there: the name is taken by an empty file first. An empty file that was there already
    // has nothing to lose; it may be ours, from a server that was killed just here.
    const FileHandle place(::openat(parent, name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644));
    if (!place && errno != EEXIST) {
        return notWritable(path);
    }
    if (!place && (::fstatat(parent, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(status.st_mode) ||
                   status.st_size > 0)) {
        return core::fail(ErrorCode::Conflict, "There is a file of this name in the library already.", path);
    }
    if (::renameat(folder_.get(), name_.c_str(), parent, name.c_str()) != 0) {
        return failed("move an upload to " + path);
    }
    ::fsync(parent);
    ::unlinkat(root_.get(), kFolder, AT_REMOVEDIR);  // when it was the last one
    return {};
}

std::optional<std::int64_t> sizeAt(const std::string& libraryFolder, const std::string& path) {
    struct stat status;
    return ::lstat((libraryFolder + "/" + path).c_str(), &status) == 0 ? std::optional<std::int64_t>(status.st_size)
                                                                       : std::nullopt;
}

std::int64_t freeBytes(const std::string& folder) {
    struct statvfs status;
    return ::statvfs(folder.c_str(), &status) == 0
               ? static_cast<std::int64_t>(status.f_bavail) * static_cast<std::int64_t>(status.f_frsize)
               : -1;
}

}  // namespace marea::server
