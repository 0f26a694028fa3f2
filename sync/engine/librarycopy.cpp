#include "sync/engine/librarycopy.h"

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "core/io/diskfile.h"
#include "sync/plan/playlistfiles.h"

namespace marea::sync {

namespace fs = std::filesystem;

namespace {

// Its name comes when it is closed: else it would be in use.
bool isWritten(const std::string& path, const std::string& text) {
    const core::FileHandle file = core::openFile(path, core::FileUse::Over, true);
    return file && core::writeAll(file.get(), text.data(), text.size()) && core::flushFile(file.get());
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
    if (isWritten(part, libraryFileText(library)) && core::replaceFile(part, path_)) {
        return {};
    }
    core::Error error = core::systemError(errno, "cannot keep the copy of a library file");
    error.text = "The computer cannot keep a copy of the device's library file. Is its disk full?";
    return core::unexpected<core::Error>(std::move(error));
}

core::Result<LibraryFile> confirmed(Transfer& transfer, const LibraryFile& copy, const std::vector<ListedFile>& listed,
                                    NameKind names) {
    TakenPaths there(names);
    there.takeListed(listed);
    LibraryFile found{copy.device, {}, copy.owners};
    for (const DeviceFile& file : copy.files) {
        const bool isThere = there.sizeOf(file.path) == file.size;
        if (isThere && isDeviceList(file.item, file.encoding)) {  // there is nothing to read
            found.files.push_back(file);
        }
        if (!isThere || file.checksum.empty()) {
            continue;
        }
        const auto content = transfer.readBack(file.path, file.size);
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
