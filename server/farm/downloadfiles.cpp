#include "server/farm/downloadfiles.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <filesystem>

namespace marea::server {

namespace fs = std::filesystem;
using core::ErrorCode;
using core::FileHandle;
using core::Result;
using core::unexpected;

namespace {

constexpr const char* kNew = ".new-";

core::unexpected<core::Error> failed(const std::string& what) {
    const int code = errno;
    if (code == ENOSPC || code == EDQUOT) {
        return core::fail(ErrorCode::TooLarge, "There is no room left on the server's disk.", what);
    }
    return unexpected<core::Error>(core::systemError(code, what));
}

// No other process, and no other call, has this one.
std::string temporaryOf(const std::string& path) {
    static std::atomic<std::uint64_t> last{0};
    return path + kNew + std::to_string(::getpid()) + "-" + std::to_string(++last);
}

Result<void> writeAll(const FileHandle& file, std::string_view bytes, const std::string& path) {
    while (!bytes.empty()) {
        const ssize_t put = ::write(file.get(), bytes.data(), bytes.size());
        if (put < 0 && errno != EINTR) {
            return failed("write " + path);
        }
        bytes.remove_prefix(static_cast<std::size_t>(std::max<ssize_t>(put, 0)));
    }
    return {};
}

Result<FileHandle> create(const std::string& path) {
    FileHandle file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
    return file ? Result<FileHandle>(std::move(file)) : failed("make " + path);
}

FileHandle openToRead(const std::string& path) {
    return FileHandle(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
}

// `size` bytes of `from` to the end of `to`. A part that is shorter than that is damaged.
Result<void> copy(const FileHandle& from, std::uint64_t offset, std::uint64_t size, const FileHandle& to,
                  const std::string& path) {
    std::array<char, 256 * 1024> buffer;
    while (size > 0) {
        const ssize_t got = ::pread(from.get(), buffer.data(), std::min<std::uint64_t>(size, buffer.size()),
                                    static_cast<off_t>(offset));
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            return got < 0 ? failed("read a part of " + path)
                           : core::fail(ErrorCode::Corrupt, "A part of the file is damaged.", "too short: " + path);
        }
        if (auto written = writeAll(to, {buffer.data(), static_cast<std::size_t>(got)}, path); !written) {
            return written;
        }
        offset += static_cast<std::uint64_t>(got);
        size -= static_cast<std::uint64_t>(got);
    }
    return {};
}

// The names in a folder.
std::vector<std::string> namesIn(const std::string& folder) {
    std::vector<std::string> names;
    std::error_code error;
    for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
        names.push_back(it->path().filename().string());
    }
    return names;
}

struct Used {
    std::string path;
    std::int64_t size = 0, at = 0;
};

std::int64_t bytesBelow(const std::string& folder, std::vector<Used>* files = nullptr) {
    std::int64_t sum = 0;
    std::error_code error;
    for (fs::recursive_directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
        struct stat status;
        if (::lstat(it->path().c_str(), &status) != 0 || !S_ISREG(status.st_mode)) {
            continue;
        }
        sum += status.st_size;
        if (files) {
            files->push_back({it->path().string(), status.st_size, std::max(status.st_atime, status.st_mtime)});
        }
    }
    return sum;
}

}  // namespace

DownloadFiles::DownloadFiles(std::string folder, std::int64_t maxBytes)
    : folder_(std::move(folder)), maxBytes_(maxBytes) {}

std::optional<DownloadFiles::Entry> DownloadFiles::open(const std::string& key) const {
    Entry entry;
    entry.file = openToRead(fileOf(key));
    struct stat status;
    if (!entry.file || ::fstat(entry.file.get(), &status) != 0 || !S_ISREG(status.st_mode)) {
        return std::nullopt;
    }
    entry.size = status.st_size;
    entry.modified = static_cast<core::TimeMs>(status.st_mtim.tv_sec) * 1000 + status.st_mtim.tv_nsec / 1'000'000;
    // Set by hand, so that mounts without access times keep it too.
    const std::array<timespec, 2> times{timespec{0, UTIME_NOW}, timespec{0, UTIME_OMIT}};
    ::futimens(entry.file.get(), times.data());
    return entry;
}

std::optional<std::int64_t> DownloadFiles::size(const std::string& key) const {
    struct stat status;
    const bool there = ::lstat(fileOf(key).c_str(), &status) == 0 && S_ISREG(status.st_mode);
    return there ? std::optional<std::int64_t>(status.st_size) : std::nullopt;
}

Result<void> DownloadFiles::begin(const std::string& key) {
    std::error_code error;
    fs::create_directories(folder_ + "/files", error);
    fs::create_directories(workOf(key), error);
    errno = error.value();
    return error ? Result<void>(failed("make " + workOf(key))) : Result<void>();
}

std::optional<std::string> DownloadFiles::part(const std::string& key, const std::string& name) const {
    const FileHandle file = openToRead(workOf(key) + "/" + name);
    struct stat status;
    if (!file || ::fstat(file.get(), &status) != 0) {
        return std::nullopt;
    }
    std::string bytes(static_cast<std::size_t>(status.st_size), '\0');
    std::size_t have = 0;
    while (have < bytes.size()) {
        const ssize_t got = ::pread(file.get(), bytes.data() + have, bytes.size() - have, static_cast<off_t>(have));
        if (got <= 0 && !(got < 0 && errno == EINTR)) {
            return std::nullopt;
        }
        have += static_cast<std::size_t>(std::max<ssize_t>(got, 0));
    }
    return bytes;
}

bool DownloadFiles::hasPart(const std::string& key, const std::string& name) const {
    struct stat status;
    return ::lstat((workOf(key) + "/" + name).c_str(), &status) == 0 && status.st_size > 0;
}

Result<void> DownloadFiles::keepPart(const std::string& key, const std::string& name, std::string_view bytes) {
    const std::string path = workOf(key) + "/" + name, temporary = temporaryOf(path);
    auto file = create(temporary);
    auto done = file ? writeAll(*file, bytes, temporary) : Result<void>(unexpected<core::Error>(file.error()));
    // Not synced: what a power cut took of it is found when the whole is put together, and made again.
    if (done && ::rename(temporary.c_str(), path.c_str()) != 0) {
        done = failed("rename " + temporary);
    }
    if (!done) {
        ::unlink(temporary.c_str());
    }
    return done;
}

Result<std::int64_t> DownloadFiles::finish(const std::string& key,
                                           const std::function<Result<std::optional<Piece>>()>& piece) {
    const std::string path = fileOf(key), temporary = temporaryOf(path);
    auto file = create(temporary);
    auto done = file ? Result<void>() : Result<void>(unexpected<core::Error>(file.error()));
    while (done) {
        auto next = piece();
        if (!next || !*next) {
            done = next ? Result<void>() : Result<void>(unexpected<core::Error>(next.error()));
            break;
        }
        done = writeAll(*file, (*next)->bytes, temporary);
        if (done && !(*next)->part.empty()) {
            const FileHandle from = openToRead(workOf(key) + "/" + (*next)->part);
            done =
                from ? copy(from, (*next)->offset, (*next)->size, *file, temporary) : failed("open a part of " + path);
        }
    }
    struct stat status {};
    if (done && (::fsync(file->get()) != 0 || ::fstat(file->get(), &status) != 0)) {
        done = failed("sync " + temporary);
    }
    if (done && ::rename(temporary.c_str(), path.c_str()) != 0) {
        done = failed("rename " + temporary);
    }
    if (!done) {
        ::unlink(temporary.c_str());
        return unexpected<core::Error>(done.error());
    }
    abandon(key);
    return static_cast<std::int64_t>(status.st_size);
}

void DownloadFiles::abandon(const std::string& key) {
    std::error_code ignored;
    fs::remove_all(workOf(key), ignored);
}

std::int64_t DownloadFiles::bytes() const {
    return bytesBelow(folder_);
}

Result<void> DownloadFiles::makeRoom(std::int64_t needed) {
    std::vector<Used> files;
    std::int64_t there = bytesBelow(folder_ + "/files", &files) + bytesBelow(folder_ + "/work");
    std::sort(files.begin(), files.end(), [](const Used& a, const Used& b) { return a.at < b.at; });
    for (auto file = files.begin(); there + needed > maxBytes_ && file != files.end(); ++file) {
        if (file->path.find(kNew) == std::string::npos && ::unlink(file->path.c_str()) == 0) {
            there -= file->size;
        }
    }
    return there + needed <= maxBytes_
               ? Result<void>()
               : core::fail(ErrorCode::TooLarge,
                            "The server keeps no more than a certain amount of downloads, and this "
                            "one does not fit.",
                            std::to_string(there) + " + " + std::to_string(needed) + " bytes");
}

std::set<std::string> DownloadFiles::keys() const {
    std::set<std::string> found;
    for (const char* kind : {"/files", "/work"}) {
        for (std::string& name : namesIn(folder_ + kind)) {
            found.insert(name.substr(0, name.find(kNew)));
        }
    }
    return found;
}

std::size_t DownloadFiles::sweep(const std::set<std::string>& files, const std::set<std::string>& beingMade) {
    std::size_t gone = 0;
    std::error_code ignored;
    for (const std::string& name : namesIn(folder_ + "/files")) {
        const std::string key = name.substr(0, name.find(kNew));
        const bool isTemporary = key.size() < name.size();
        if (isTemporary ? !beingMade.contains(key) : !files.contains(key)) {
            gone += fs::remove(folder_ + "/files/" + name, ignored) ? 1 : 0;
        }
    }
    for (const std::string& key : namesIn(folder_ + "/work")) {
        if (!beingMade.contains(key)) {
            abandon(key);
            ++gone;
        }
    }
    return gone;
}

}  // namespace marea::server
