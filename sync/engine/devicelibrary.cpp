#include "sync/engine/devicelibrary.h"

#include <algorithm>

namespace marea::sync {

namespace {

bool isListed(const std::vector<ListedFile>& listed, std::string_view path) {
    return std::any_of(listed.begin(), listed.end(), [&](const ListedFile& file) { return file.path == path; });
}

core::Result<LibraryFile> read(Target& target, const char* path) {
    std::string text;
    auto done = target.read(path, [&](std::span<const std::uint8_t> bytes) -> core::Result<void> {
        if (text.size() + bytes.size() > kMaxLibraryFileBytes) {
            return core::fail(core::ErrorCode::Unprocessable, "The device's library file is too large.");
        }
        text.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
        return {};
    });
    return done ? libraryFileFrom(text) : core::unexpected<core::Error>(done.error());
}

core::Result<void> removeIfThere(Target& target, const char* path) {
    auto done = target.remove(path);
    return done || done.error().code == core::ErrorCode::NotFound ? core::Result<void>() : done;
}

// Whole or not at all.
core::Result<void> put(Target& target, Transfer& transfer, const char* path, const LibraryFile& library) {
    TextStream text(libraryFileText(library));
    const auto written = transfer.put(path, text);
    auto done = written ? target.flush() : core::unexpected<core::Error>(written.error());
    if (!done && !isGone(done.error())) {
        static_cast<void>(removeIfThere(target, path));  // a part takes room
    }
    return done;
}

bool isMissing(Target& target, const char* path) {
    const auto about = target.about(path);
    return !about && about.error().code == core::ErrorCode::NotFound;
}

// The new library file takes the place of the old one. Whenever that ends, the new one is whole, or the old one is.
core::Result<void> putInPlace(Target& target, Transfer& transfer, const LibraryFile& library) {
    auto done = removeIfThere(target, kLibraryPath);
    if (!done) {
        return done;
    }
    if (target.abilities().moves != Moves::Nowhere) {
        done = target.rename(kNewLibraryPath, kLibraryPath);
        return done ? target.flush() : done;
    }
    done = put(target, transfer, kLibraryPath, library);
    return done ? removeIfThere(target, kNewLibraryPath) : done;
}

}  // namespace

bool isMareasOwn(std::string_view path) {
    return path == kLibraryPath || path == kNewLibraryPath;
}

core::Result<LibraryFile> loadLibrary(Target& target, Transfer& transfer, const std::vector<ListedFile>& listed) {
    const bool isThere = isListed(listed, kLibraryPath);
    auto library = isThere ? read(target, kLibraryPath) : core::Result<LibraryFile>(LibraryFile{});
    const bool isDamaged = !library && library.error().code == core::ErrorCode::Invalid;
    if ((isThere && !isDamaged) || !isListed(listed, kNewLibraryPath)) {
        return library;
    }
    // A run ended while the new one took the old one's place; it is whole if it can be read.
    auto newer = read(target, kNewLibraryPath);
    if (!newer) {
        return isGone(newer.error()) ? newer : library;
    }
    // On a full device it stays where it is: what makes room has to know what is there.
    auto done = putInPlace(target, transfer, *newer);
    const bool isKnown = done || (!isGone(done.error()) && done.error().code != core::ErrorCode::Cancelled);
    return isKnown ? newer : core::unexpected<core::Error>(done.error());
}

core::Result<void> storeLibrary(Target& target, Transfer& transfer, const LibraryFile& library) {
    if (library.files.size() > kMaxLibraryFiles || libraryFileText(library).size() > kMaxLibraryFileBytes) {
        // nobody could read it
        return core::fail(core::ErrorCode::Unprocessable, "The device's library file is too large.");
    }
    // If the new one is all that there is, and whole, it stays until the other one is.
    if (isMissing(target, kLibraryPath) && read(target, kNewLibraryPath)) {
        auto done = put(target, transfer, kLibraryPath, library);
        return done ? removeIfThere(target, kNewLibraryPath) : done;
    }
    auto done = removeIfThere(target, kNewLibraryPath);
    done = done ? put(target, transfer, kNewLibraryPath, library) : done;
    return done ? putInPlace(target, transfer, library) : done;
}

}  // namespace marea::sync
