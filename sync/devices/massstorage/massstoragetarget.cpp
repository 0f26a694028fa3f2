#include "sync/devices/massstorage/massstoragetarget.h"

#include <algorithm>
#include <cerrno>
#include <memory>

#include "core/io/diskfile.h"
#include "core/io/folderfiles.h"
#include "sync/devices/massstorage/folderlisting.h"
#include "sync/devices/massstorage/volumesystem.h"
#include "sync/plan/libraryfile.h"

namespace marea::sync {

namespace {

constexpr std::size_t kBlock = 1024 * 1024;
constexpr std::int64_t kAtOnce = 4 * 1024 * 1024;  // bytes that are on their way to the medium, and as many before

// What is read past the system's memory of files has to go into memory that begins where a page does.
struct alignas(4096) Page {
    std::uint8_t bytes[4096];
};

std::string nameOf(const std::string& path) {
    return path.substr(path.rfind('/') + 1);
}

// It is somebody else's, or the file system's own.
bool isClosed(int errnoValue) {
    return errnoValue == EACCES || errnoValue == EPERM;
}

bool hasAt(int file, std::span<const std::uint8_t> bytes, std::uint64_t at, std::vector<std::uint8_t>& room) {
    std::size_t read = 0;
    while (read < bytes.size()) {
        const auto some = core::readSomeAt(file, room.data() + read, bytes.size() - read, at + read);
        if (some <= 0) {
            return false;
        }
        read += static_cast<std::size_t>(some);
    }
    return std::equal(bytes.begin(), bytes.end(), room.begin());
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
    if (core::meansGone(errnoValue) || !core::isStillThere(root_.get())) {
        error.code = core::ErrorCode::Unavailable;
        error.text = "The device is no longer there, or does not answer.";
    } else if (core::meansFull(errnoValue)) {
        error.code = core::ErrorCode::TooLarge;
        error.text = "There is no room left on the device.";
    } else if (errnoValue == EROFS || isClosed(errnoValue)) {
        error.code = core::ErrorCode::Forbidden;
        error.text = "The device is write-protected, or these files are not yours.";
    } else if (errnoValue == EBUSY) {
        error.code = core::ErrorCode::Io;
        error.text = "Another program has the file open.";
    } else if (errnoValue == ENOENT) {
        error.code = core::ErrorCode::NotFound;
    }
    return error;
}

TargetAbilities MassStorageTarget::abilities() const {
    return {.names = NameKind::Fat,
            .maxFileSize = maxFileSizeOf(root_.get()),
            .moves = Moves::Anywhere,
            .isReadOnly = core::isReadOnly(root_.get()),
            .completes = true};
}

core::Result<core::FileHandle> MassStorageTarget::folderOf(const std::string& path, bool make) const {
    if (!isPlainPath(path)) {
        return notPlain();
    }
    auto at = root_.duplicate();
    for (std::size_t begin = 0, slash = path.find('/'); at && slash != std::string::npos;
         begin = slash + 1, slash = path.find('/', begin)) {
        const std::string name = path.substr(begin, slash - begin);
        if (make && !core::makeFolderIn(at->get(), name) && errno != EEXIST) {
            return core::unexpected<core::Error>(failure(errno, "cannot make a folder"));
        }
        core::FileHandle next = core::folderIn(at->get(), name);
        if (!next) {
            return core::unexpected<core::Error>(failure(errno, "cannot open a folder"));
        }
        *at = std::move(next);
    }
    return at;
}

core::Result<std::vector<ListedFile>> MassStorageTarget::list(const Look& look) {
    auto root = root_.duplicate();
    if (!root) {
        return core::unexpected<core::Error>(failure(errno, "cannot list the device"));
    }
    FolderListing listing(look, [this](int errnoValue, const std::string& what) { return failure(errnoValue, what); });
    return listing.run(std::move(*root));
}

core::Result<ListedFile> MassStorageTarget::about(const std::string& path) {
    const auto folder = folderOf(path, false);
    if (!folder) {
        return core::unexpected<core::Error>(folder.error());
    }
    const core::FolderEntry entry = core::entryIn(folder->get(), nameOf(path));
    if (entry.error != 0) {
        return core::unexpected<core::Error>(failure(entry.error, "cannot look at a file"));
    }
    return ListedFile{path, listedBytes(entry.size), entry.modified};
}

core::Result<std::int64_t> MassStorageTarget::freeBytes() {
    const auto room = core::roomOf(root_.get());
    return room ? core::Result<std::int64_t>(roomBytes(room->free))
                : core::unexpected<core::Error>(failure(errno, "cannot ask for free space"));
}

core::Result<std::int64_t> MassStorageTarget::totalBytes() {
    const auto room = core::roomOf(root_.get());
    return room ? core::Result<std::int64_t>(roomBytes(room->total))
                : core::unexpected<core::Error>(failure(errno, "cannot ask for the size"));
}

core::Result<void> MassStorageTarget::writeAll(int file, ByteStream& content, std::int64_t at) {
    std::vector<std::uint8_t> block(kBlock);
    std::int64_t all = at, out = at;
    while (true) {
        const auto count = content.read(block);
        if (!count) {
            return core::unexpected<core::Error>(count.error());
        }
        if (*count == 0) {
            return {};
        }
        if (!core::writeAll(file, block.data(), *count)) {
            return core::unexpected<core::Error>(failure(errno, "cannot write"));
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
    const core::FileHandle file = core::newFileIn(folder->get(), nameOf(path));
    if (!file) {
        return core::unexpected<core::Error>(failure(errno, "cannot make a file"));
    }
    auto done = writeAll(file.get(), content);
    if (done && !core::flushFile(file.get())) {
        return core::unexpected<core::Error>(failure(errno, "cannot flush a file"));
    }
    return done;
}

// How much of `content` the file has from its beginning; the block that is another is written. Nothing: it has all.
core::Result<std::optional<std::int64_t>> MassStorageTarget::keep(int file, ByteStream& content) {
    std::vector<std::uint8_t> block(kBlock), there(kBlock);
    for (std::uint64_t at = 0;;) {
        const auto count = content.read(block);
        if (!count) {
            return core::unexpected<core::Error>(count.error());
        }
        if (*count == 0) {
            return std::optional<std::int64_t>();
        }
        if (!hasAt(file, {block.data(), *count}, at, there)) {
            if (!core::cutFile(file, at) || !core::seekTo(file, at) || !core::writeAll(file, block.data(), *count)) {
                return core::unexpected<core::Error>(failure(errno, "cannot write"));
            }
            return std::optional(static_cast<std::int64_t>(at + *count));
        }
        at += *count;
    }
}

core::Result<void> MassStorageTarget::complete(const std::string& path, ByteStream& content) {
    const auto folder = folderOf(path, false);
    const core::FileHandle file = folder ? core::fileToChangeIn(folder->get(), nameOf(path)) : core::FileHandle();
    if (!file) {
        return folder ? core::unexpected<core::Error>(failure(errno, "cannot open a file"))
                      : core::unexpected<core::Error>(folder.error());
    }
    const auto kept = keep(file.get(), content);
    auto done = kept ? core::Result<void>() : core::unexpected<core::Error>(kept.error());
    if (done && *kept) {
        done = writeAll(file.get(), content, **kept);
    } else if (done && !core::cutFile(file.get(), static_cast<std::uint64_t>(content.size()))) {
        return core::unexpected<core::Error>(failure(errno, "cannot write"));
    }
    if (done && !core::flushFile(file.get())) {
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
    const core::FileHandle file = core::fileIn(folder->get(), nameOf(path), true);
    if (!file) {
        return core::unexpected<core::Error>(failure(errno, "cannot open a file"));
    }
    std::vector<Page> pages(kBlock / sizeof(Page));
    while (true) {
        const auto count = core::readSome(file.get(), pages.data(), kBlock);
        if (count < 0) {
            return core::unexpected<core::Error>(failure(errno, "cannot read"));
        }
        if (count == 0) {
            return {};
        }
        if (auto done = sink({pages.data()->bytes, static_cast<std::size_t>(count)}); !done) {
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
    if (core::isIn(folder->get(), nameOf(to))) {
        return core::fail(core::ErrorCode::Conflict, "Another file has its name.");
    }
    if (!core::renameIn(source->get(), nameOf(from), folder->get(), nameOf(to))) {
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
    if (!core::removeFileIn(folder->get(), nameOf(path))) {
        return core::unexpected<core::Error>(failure(errno, "cannot remove"));
    }
    removeEmptyFolders(path);
    return {};
}

void MassStorageTarget::removeEmptyFolders(std::string path) {
    path.resize(std::min(path.rfind('/'), path.size()));
    while (path.find('/') != std::string::npos) {
        auto parent = folderOf(path, false);
        if (!parent || !core::removeFolderIn(parent->get(), nameOf(path))) {
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
