#include "sync/engine/librarycopy.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <unordered_map>

#include "core/io/filehandle.h"
#include "sync/plan/playlistfiles.h"

namespace marea::sync {

namespace fs = std::filesystem;

namespace {

core::Result<void> writeAll(int file, std::string_view text) {
    while (!text.empty()) {
        const ssize_t count = ::write(file, text.data(), text.size());
        if (count < 0 && errno != EINTR) {
            return core::unexpected<core::Error>(core::systemError(errno, "cannot write the copy of a library file"));
        }
        text.remove_prefix(static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    }
    return ::fsync(file) == 0
               ? core::Result<void>()
               : core::unexpected<core::Error>(core::systemError(errno, "cannot write the copy of a library file"));
}

}  // namespace

bool LibraryCopyFile::isThere() const {
    std::error_code error;
    return fs::exists(path_, error);
}

core::Result<LibraryFile> LibraryCopyFile::load() {
    std::ifstream file(path_, std::ios::binary);
    std::ostringstream text;
    if (!file || !(text << file.rdbuf())) {
        return core::fail(core::ErrorCode::NotFound, "There is no copy of the device's library file.");
    }
    return libraryFileFrom(text.str());
}

core::Result<void> LibraryCopyFile::store(const LibraryFile& library) {
    const std::string part = path_ + ".part";
    const core::FileHandle file(::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    auto done = file
                    ? writeAll(file.get(), libraryFileText(library))
                    : core::unexpected<core::Error>(core::systemError(errno, "cannot keep the copy of a library file"));
    if (done && ::rename(part.c_str(), path_.c_str()) != 0) {
        done = core::unexpected<core::Error>(core::systemError(errno, "cannot keep the copy of a library file"));
    }
    if (!done) {
        done.error().text = "The computer cannot keep a copy of the device's library file. Is its disk full?";
    }
    return done;
}

core::Result<LibraryFile> confirmed(Transfer& transfer, const LibraryFile& copy, const std::vector<ListedFile>& listed,
                                    NameKind names) {
    std::unordered_map<std::string, std::int64_t> sizes;
    for (const ListedFile& file : listed) {
        sizes.emplace(clashKey(file.path, names), file.size);
    }
    LibraryFile found{copy.device, {}, copy.owners};
    for (const DeviceFile& file : copy.files) {
        const auto there = sizes.find(clashKey(file.path, names));
        const bool isThere = there != sizes.end() && there->second == file.size;
        if (isThere && isDeviceList(file.item, file.encoding)) {  // there is nothing to read
            found.files.push_back(file);
        }
        if (!isThere || file.checksum.empty()) {
            continue;
        }
        const auto content = transfer.checksumOf(file.path, file.size);
        if (!content && (isGone(content.error()) || content.error().code == core::ErrorCode::Cancelled)) {
            return core::unexpected<core::Error>(content.error());
        }
        if (content && content->checksum == file.checksum) {
            found.files.push_back(file);
        }
    }
    return found;
}

}  // namespace marea::sync
