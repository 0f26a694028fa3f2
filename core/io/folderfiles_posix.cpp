#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <memory>

#include "core/io/folderfiles.h"

namespace marea::core {

namespace {

constexpr int kFolderFlags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;

struct CloseFolder {
    void operator()(DIR* folder) const { ::closedir(folder); }
};

FolderEntry entryOf(int folder, const char* name) {
    FolderEntry entry{.name = name};
    struct stat about {};
    if (::fstatat(folder, name, &about, AT_SYMLINK_NOFOLLOW) != 0) {
        entry.error = errno;
        return entry;
    }
    entry.isFolder = S_ISDIR(about.st_mode);
    entry.size = static_cast<std::uint64_t>(about.st_size);
    entry.modified = static_cast<TimeMs>(about.st_mtime) * 1000;
    return entry;
}

// Where the file system says so with the name there is no need to ask. Not each does.
bool isFolder([[maybe_unused]] const dirent& entry) {
#ifdef DT_DIR
    return entry.d_type == DT_DIR;
#else
    return false;
#endif
}

}  // namespace

std::optional<std::vector<FolderEntry>> entriesOf(int folder, std::size_t most) {
    FileHandle again(::openat(folder, ".", kFolderFlags));
    std::unique_ptr<DIR, CloseFolder> open(again ? ::fdopendir(again.get()) : nullptr);
    if (!open) {
        return std::nullopt;
    }
    again.release();
    std::vector<FolderEntry> entries;
    while (entries.size() <= most) {
        errno = 0;
        const dirent* entry = ::readdir(open.get());
        if (!entry) {
            const int error = errno;
            open.reset();
            errno = error;
            return error == 0 ? std::optional(std::move(entries)) : std::nullopt;
        }
        const std::string name = entry->d_name;
        if (name != "." && name != "..") {
            entries.push_back(isFolder(*entry) ? FolderEntry{.name = name, .isFolder = true}
                                               : entryOf(folder, entry->d_name));
        }
    }
    return entries;
}

FolderEntry entryIn(int folder, const std::string& name) {
    return entryOf(folder, name.c_str());
}

FileHandle folderIn(int folder, const std::string& name) {
    return FileHandle(::openat(folder, name.c_str(), kFolderFlags));
}

FileHandle newFileIn(int folder, const std::string& name) {
    FileHandle file(::openat(folder, name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666));
#ifdef F_NOCACHE  // macOS: what is once remembered there is read from memory by all, whatever they wish
    if (file) {
        ::fcntl(file.get(), F_NOCACHE, 1);
    }
#endif
    return file;
}

FileHandle fileToChangeIn(int folder, const std::string& name) {
    return FileHandle(::openat(folder, name.c_str(), O_RDWR | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
}

// O_NONBLOCK: a FIFO with nobody at its other end must not hang the thread. No effect on files.
FileHandle fileIn(int folder, const std::string& name, bool uncached) {
    FileHandle file(::openat(folder, name.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    if (file && uncached) {
#if defined(F_NOCACHE)
        ::fcntl(file.get(), F_NOCACHE, 1);
#elif defined(POSIX_FADV_DONTNEED)
        ::posix_fadvise(file.get(), 0, 0, POSIX_FADV_DONTNEED);
#endif
    }
    return file;
}

bool makeFolderIn(int folder, const std::string& name) {
    return ::mkdirat(folder, name.c_str(), 0777) == 0;
}

bool isIn(int folder, const std::string& name) {
    struct stat about {};
    return ::fstatat(folder, name.c_str(), &about, AT_SYMLINK_NOFOLLOW) == 0;
}

bool renameIn(int folder, const std::string& name, int toFolder, const std::string& toName) {
    return ::renameat(folder, name.c_str(), toFolder, toName.c_str()) == 0;
}

bool removeFileIn(int folder, const std::string& name) {
    return ::unlinkat(folder, name.c_str(), 0) == 0;
}

bool removeFolderIn(int folder, const std::string& name) {
    return ::unlinkat(folder, name.c_str(), AT_REMOVEDIR) == 0;
}

bool mayEnter(int folder) {
    struct stat about {};
    return ::fstatat(folder, ".", &about, 0) == 0;
}

bool isStillThere(int folder) {
    struct stat about {};
    return ::fstat(folder, &about) == 0 && about.st_nlink > 0;
}

std::optional<Room> roomOf(int folder) {
    struct statvfs about {};
    if (::fstatvfs(folder, &about) != 0) {
        return std::nullopt;
    }
    const std::uint64_t block = about.f_frsize;
    return Room{about.f_bavail * block, about.f_blocks * block};
}

bool isReadOnly(int folder) {
    struct statvfs about {};
    return ::fstatvfs(folder, &about) == 0 && (about.f_flag & ST_RDONLY) != 0;
}

}  // namespace marea::core
