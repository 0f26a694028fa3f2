#include "core/io/sealoriginal.h"

#include <fcntl.h>
#include <openssl/rand.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <vector>

#include "core/io/flushnames.h"

namespace marea::core {

namespace {

using FileLook = struct ::stat;

// Where an original lies: the folder, and its names there. While it is worked on, its folder is locked: two that do so
// at once would take each other's part for their own. Where a file system has no locks, the looks below remain.
struct OriginalPlace {
    FileHandle folder;
    std::string clear, sealed, part;
};

unexpected<Error> originalFailed(const std::string& what) {
    return unexpected<Error>(systemError(errno, what));
}

Result<OriginalPlace> placeOf(const FileHandle& root, const std::string& relative) {
    const auto slash = relative.rfind('/');
    auto folder = slash == std::string::npos ? root.duplicate() : openBeneath(root, relative.substr(0, slash));
    if (!folder) {
        return unexpected<Error>(folder.error());
    }
    if (::flock(folder->get(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
        return fail(ErrorCode::Conflict, "Another run works in this folder: try again later.", relative);
    }
    std::string name = slash == std::string::npos ? relative : relative.substr(slash + 1);
    std::string sealed = name + std::string(kSealedSuffix), part = "." + name + ".marea-part";
    return OriginalPlace{std::move(*folder), std::move(name), std::move(sealed), std::move(part)};
}

bool isThere(const OriginalPlace& place, const std::string& name) {
    FileLook info{};
    return ::fstatat(place.folder.get(), name.c_str(), &info, AT_SYMLINK_NOFOLLOW) == 0;
}

Result<FileHandle> openHere(const OriginalPlace& place, const std::string& name) {
    FileHandle file(::openat(place.folder.get(), name.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
    if (!file) {
        return errno == ELOOP ? fail(ErrorCode::Unprocessable, "This is a link: seal the file that it leads to.", name)
                              : originalFailed("open " + name);
    }
    return file;
}

Result<FileLook> lookAt(const FileHandle& file) {
    FileLook info{};
    return ::fstat(file.get(), &info) == 0 ? Result<FileLook>(info) : originalFailed("look at a file");
}

bool isSameFile(const FileLook& a, const FileLook& b) {
    return a.st_ino == b.st_ino && a.st_dev == b.st_dev;
}

bool isSame(const FileLook& a, const FileLook& b) {
    return isSameFile(a, b) && a.st_size == b.st_size && a.st_mtim.tv_sec == b.st_mtim.tv_sec &&
           a.st_mtim.tv_nsec == b.st_mtim.tv_nsec;
}

// Whether that file still has this name. Another one may have been renamed onto it, of which nothing was read.
bool isStill(const OriginalPlace& place, const std::string& name, const FileLook& seen) {
    FileLook now{};
    return ::fstatat(place.folder.get(), name.c_str(), &now, AT_SYMLINK_NOFOLLOW) == 0 && isSame(now, seen);
}

unexpected<Error> twice(const OriginalPlace& place) {
    return fail(ErrorCode::Conflict, "It is there twice, in the clear and sealed, and the two differ: remove one.",
                place.clear);
}

unexpected<Error> changedMeanwhile(const OriginalPlace& place) {
    return fail(ErrorCode::Conflict, "This file was written to meanwhile: try again later.", place.clear);
}

Result<void> writeAll(const FileHandle& file, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t wrote = ::write(file.get(), bytes.data(), bytes.size());
        if (wrote < 0 && errno != EINTR) {
            return originalFailed("write a file beside its original");
        }
        bytes.remove_prefix(wrote < 0 ? 0 : static_cast<std::size_t>(wrote));
    }
    return {};
}

Result<void> syncFolder(const OriginalPlace& place) {
    return flushNames(place.folder.get());
}

// Whether both have the same in them, read from the disk.
Result<bool> sameClear(const FileHandle& one, const FileHandle& other) {
    auto first = ClearReader::create(one), second = ClearReader::create(other);
    if (!first || !second) {
        return unexpected<Error>(first ? second.error() : first.error());
    }
    std::vector<char> a(kSealedChunk), b(kSealedChunk);
    for (std::uint64_t at = 0;; at += a.size()) {
        const auto left = first->read(at, a.data(), a.size()), right = second->read(at, b.data(), b.size());
        if (!left || !right) {
            return unexpected<Error>(left ? right.error() : left.error());
        }
        if (*left != *right || !std::equal(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(*left), b.begin())) {
            return false;
        }
        if (*left < a.size()) {
            return true;
        }
    }
}

// A file of this name and `like`'s rights and times, filled by `fill`; synced, and out of the system's memory as far as
// that goes, so that reading it back reads the disk.
template <class Fill>
Result<FileHandle> writePart(const OriginalPlace& place, const FileLook& like, Fill fill) {
    ::unlinkat(place.folder.get(), place.part.c_str(), 0);  // of a run that was cut off
    FileHandle part(
        ::openat(place.folder.get(), place.part.c_str(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!part) {
        return originalFailed("make " + place.part);
    }
    auto done = fill(part);
    const timespec times[2] = {{0, UTIME_NOW}, like.st_mtim};
    if (done && (::fchmod(part.get(), like.st_mode & 07777) != 0 || ::futimens(part.get(), times) != 0 ||
                 ::fsync(part.get()) != 0)) {
        done = originalFailed("sync " + place.part);
    }
    if (!done) {
        ::unlinkat(place.folder.get(), place.part.c_str(), 0);
        return unexpected<Error>(done.error());
    }
    (void)!::fchown(part.get(), like.st_uid, like.st_gid);  // where we may
#ifdef POSIX_FADV_DONTNEED
    ::posix_fadvise(part.get(), 0, 0, POSIX_FADV_DONTNEED);
#endif
    return part;
}

// The file that goes, as it was when it was read.
struct Surplus {
    const std::string& name;
    const FileLook& seen;
};

Result<void> removeSurplus(const OriginalPlace& place, const Surplus& surplus) {
    if (!isStill(place, surplus.name, surplus.seen)) {
        return twice(place);
    }
    if (::unlinkat(place.folder.get(), surplus.name.c_str(), 0) != 0) {
        return originalFailed("remove " + surplus.name);
    }
    return syncFolder(place);
}

// By its number alone: some file systems round times only once they have written them.
bool isOwnPart(const OriginalPlace& place, const FileHandle& part) {
    FileLook named{};
    const auto own = lookAt(part);
    return own && ::fstatat(place.folder.get(), place.part.c_str(), &named, AT_SYMLINK_NOFOLLOW) == 0 &&
           isSameFile(named, *own);
}

void removePart(const OriginalPlace& place, const FileHandle& part) {
    if (isOwnPart(place, part)) {
        ::unlinkat(place.folder.get(), place.part.c_str(), 0);
    }
}

Result<void> givePartItsName(const OriginalPlace& place, const FileHandle& part, const std::string& name,
                             const Surplus& surplus) {
    if (!isOwnPart(place, part) || !isStill(place, surplus.name, surplus.seen)) {
        return changedMeanwhile(place);
    }
    if (isThere(place, name)) {
        return fail(ErrorCode::Conflict, "There is a file of this name already.", name);
    }
    return ::renameat(place.folder.get(), place.part.c_str(), place.folder.get(), name.c_str()) == 0
               ? syncFolder(place)
               : originalFailed("rename " + place.part);
}

// Gives the part its name; the other file goes when that is on the disk.
Result<void> putInPlace(const OriginalPlace& place, const FileHandle& part, const std::string& name,
                        const Surplus& surplus) {
    if (auto named = givePartItsName(place, part, name, surplus); !named) {
        removePart(place, part);
        return named;
    }
    return removeSurplus(place, surplus);
}

// Both are there, from a run that was cut off: `surplus` goes when they are the same.
Result<void> removeSecond(const OriginalPlace& place, const FileHandle& one, const FileHandle& other,
                          const Surplus& surplus) {
    const auto same = sameClear(one, other);
    if (!same) {
        return unexpected<Error>(same.error());
    }
    return *same ? removeSurplus(place, surplus) : twice(place);
}

Result<SealedHeader> newHeader(std::uint64_t size, const SealId& id) {
    SealedHeader header;
    header.chunk = kSealedChunk;
    header.clearSize = size;
    header.keyId = id;
    if (RAND_bytes(header.salt.data(), static_cast<int>(header.salt.size())) != 1) {
        return fail(ErrorCode::Internal, "This cannot be encrypted here.", "no random numbers");
    }
    return header;
}

Result<void> writeSealed(const FileHandle& clear, const FileSeal& seal, const FileHandle& part) {
    auto chunks = SealedChunks::create(seal.header, seal.secret);
    auto done = chunks ? writeAll(part, seal.header.bytes()) : unexpected<Error>(chunks.error());
    std::string piece(kSealedChunk, '\0');
    for (std::uint64_t number = 0; done && number < seal.header.chunks(); ++number) {
        const auto got = readAt(clear.get(), number * kSealedChunk, piece.data(), piece.size());
        const auto sealed =
            got ? chunks->seal(number, std::string_view(piece).substr(0, *got)) : unexpected<Error>(got.error());
        done = sealed ? writeAll(part, *sealed) : unexpected<Error>(sealed.error());
    }
    return done;
}

Result<void> writeClear(const FileHandle& sealed, const FileHandle& part) {
    auto reader = ClearReader::create(sealed);
    std::string piece(kSealedChunk, '\0');
    for (std::uint64_t at = 0; reader; at += piece.size()) {
        const auto got = reader->read(at, piece.data(), piece.size());
        const auto done =
            got ? writeAll(part, std::string_view(piece).substr(0, *got)) : unexpected<Error>(got.error());
        if (!done || *got < piece.size()) {
            return done;
        }
    }
    return unexpected<Error>(reader.error());
}

// Read back, and the original is still what it was.
Result<void> checkPart(const OriginalPlace& place, const FileHandle& part, const FileHandle& original,
                       const FileLook& before) {
    const auto same = sameClear(part, original);
    const auto after = lookAt(original);
    Result<void> checked;
    if (!same || !after) {
        checked = unexpected<Error>(same ? after.error() : same.error());
    } else if (!*same || !isSame(before, *after)) {
        checked = changedMeanwhile(place);
    }
    if (!checked) {
        removePart(place, part);
    }
    return checked;
}

// Opens keys of its own alone.
class OneSecret final : public SealSecrets {
public:
    OneSecret(const SealId& id, const std::string& secret) : id_(id), secret_(secret) {}
    Result<std::string> secretOf(const SealId& id) override {
        return id == id_ ? Result<std::string>(secret_)
                         : fail(ErrorCode::Conflict, "It was sealed under another key.", "key of another title");
    }

private:
    const SealId& id_;
    const std::string& secret_;
};

Result<void> mayBeSealed(const FileLook& info) {
    if (!S_ISREG(info.st_mode)) {
        return fail(ErrorCode::Unprocessable, "This is no file.");
    }
    if (info.st_nlink > 1) {
        return fail(ErrorCode::Unprocessable, "This file has further names, under which it would stay in the clear.");
    }
    return info.st_size > 0 ? Result<void>() : fail(ErrorCode::Unprocessable, "This file is empty.");
}

}  // namespace

Result<SealOutcome> sealOriginal(const FileHandle& root, const std::string& relative, const SealId& id,
                                 const std::string& secret) {
    const auto place = placeOf(root, relative);
    if (!place) {
        return unexpected<Error>(place.error());
    }
    if (!isThere(*place, place->clear) && isThere(*place, place->sealed)) {
        return SealOutcome{};
    }
    const auto clear = openHere(*place, place->clear);
    const auto before = clear ? lookAt(*clear) : unexpected<Error>(clear.error());
    const auto may = before ? mayBeSealed(*before) : unexpected<Error>(before.error());
    if (!may) {
        return unexpected<Error>(may.error());
    }
    const SealOutcome sealed{true, static_cast<std::uint64_t>(before->st_size)};
    if (isThere(*place, place->sealed)) {
        OneSecret own(id, secret);
        auto other = openHere(*place, place->sealed);
        auto opened = other ? openSealed(std::move(*other), &own) : std::move(other);
        const auto done =
            opened ? removeSecond(*place, *clear, *opened, {place->clear, *before}) : unexpected<Error>(opened.error());
        return done ? Result<SealOutcome>(sealed) : unexpected<Error>(done.error());
    }
    const auto header = newHeader(sealed.size, id);
    if (!header) {
        return unexpected<Error>(header.error());
    }
    const auto seal = std::make_shared<const FileSeal>(*header, secret);
    auto part = writePart(*place, *before, [&](const FileHandle& file) { return writeSealed(*clear, *seal, file); });
    if (!part) {
        return unexpected<Error>(part.error());
    }
    part->setSeal(seal);
    auto done = checkPart(*place, *part, *clear, *before);
    done = done ? putInPlace(*place, *part, place->sealed, {place->clear, *before}) : done;
    return done ? Result<SealOutcome>(sealed) : unexpected<Error>(done.error());
}

Result<SealOutcome> unsealOriginal(const FileHandle& root, const std::string& relative, SealSecrets& secrets) {
    const auto place = placeOf(root, relative);
    if (!place) {
        return unexpected<Error>(place.error());
    }
    if (!isThere(*place, place->sealed)) {
        return isThere(*place, place->clear) ? Result<SealOutcome>(SealOutcome{})
                                             : fail(ErrorCode::NotFound, "There is no such file.", relative);
    }
    auto found = openHere(*place, place->sealed);
    const auto before = found ? lookAt(*found) : unexpected<Error>(found.error());
    const auto sealed = before ? openSealed(std::move(*found), &secrets) : unexpected<Error>(before.error());
    if (!sealed) {
        return unexpected<Error>(sealed.error());
    }
    const SealOutcome unsealed{true, sealed->seal()->header.clearSize};
    if (isThere(*place, place->clear)) {
        const auto clear = openHere(*place, place->clear);
        const auto done =
            clear ? removeSecond(*place, *clear, *sealed, {place->sealed, *before}) : unexpected<Error>(clear.error());
        return done ? Result<SealOutcome>(unsealed) : unexpected<Error>(done.error());
    }
    const auto part = writePart(*place, *before, [&](const FileHandle& file) { return writeClear(*sealed, file); });
    auto done = part ? checkPart(*place, *part, *sealed, *before) : unexpected<Error>(part.error());
    done = done ? putInPlace(*place, *part, place->clear, {place->sealed, *before}) : done;
    return done ? Result<SealOutcome>(unsealed) : unexpected<Error>(done.error());
}

Result<SealOutcome> verifyOriginal(const FileHandle& root, const std::string& relative, SealSecrets& secrets) {
    auto found = openBeneath(root, relative + std::string(kSealedSuffix));
    const auto sealed = found ? openSealed(std::move(*found), &secrets) : std::move(found);
    auto reader = sealed ? ClearReader::create(*sealed) : unexpected<Error>(sealed.error());
    std::string piece(kSealedChunk, '\0');
    for (std::uint64_t at = 0; reader; at += piece.size()) {
        const auto got = reader->read(at, piece.data(), piece.size());
        if (!got) {
            return unexpected<Error>(got.error());
        }
        if (*got < piece.size()) {
            return SealOutcome{false, sealed->seal()->header.clearSize};
        }
    }
    return unexpected<Error>(reader.error());
}

}  // namespace marea::core
