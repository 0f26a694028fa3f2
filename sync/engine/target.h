#pragma once

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "sync/engine/bytestream.h"
#include "sync/plan/plan.h"

namespace marea::sync {

struct TargetAbilities {
    NameKind names = NameKind::Fat;
    std::int64_t maxFileSize = 0;  // 0: any
    Moves moves = Moves::Anywhere;
    std::optional<std::string> lists = {};  // as of DeviceState, once it was listed
    bool leavesOut = false;   // list() may leave out single files without a word; asked once more, it may have them
    bool isReadOnly = false;  // all of it: a card with its lock on, a storage that only tells what is in it
    bool completes = false;   // a part of a file that is there can be gone on with
};

// A device that files are put on. Paths are plain and relative (isPlainPath). Calls block; all come from one thread.
// Errors: Unavailable when the device is gone, and nothing more is tried; TooLarge when it is full; NotFound; anything
// else concerns the one file alone. Whatever fails may leave a part of a file under the path that was being written.
class Target {
public:
    virtual ~Target() = default;
    virtual TargetAbilities abilities() const = 0;
    // Asked again and again while a device is listed, each time when it has just answered. An error ends that.
    using Look = std::function<core::Result<void>()>;
    // Folders that may not be opened stand among the files, as closed. After an error the device has to be listed anew.
    virtual core::Result<std::vector<ListedFile>> list(const Look& look) = 0;
    core::Result<std::vector<ListedFile>> list() {
        return list([] { return core::Result<void>(); });
    }
    // Folders of which the last list() could not tell all that is in them ("": the top), as far as one can know.
    virtual std::vector<std::string> partlyListed() const { return {}; }
    // Paths of the last list() that several files have: only one of them can be read, and none is changed.
    virtual std::vector<std::string> doubled() const { return {}; }
    // What it says of one file now. `modified` 0: that cannot be compared with what was listed.
    virtual core::Result<ListedFile> about(const std::string& path) = 0;
    virtual core::Result<std::int64_t> freeBytes() = 0;
    virtual core::Result<std::int64_t> totalBytes() { return 0; }  // 0: not known
    // All of `content` as a new file; its folders are made. Cancelled when `content` says so.
    virtual core::Result<void> write(const std::string& path, ByteStream& content) = 0;
    // The same over a file that may hold a part of it, from a run that was cut off: what is there and the same stays,
    // up to the first difference. For devices that say that they can.
    virtual core::Result<void> complete(const std::string& /*path*/, ByteStream& /*content*/) {
        return core::fail(core::ErrorCode::Unprocessable, "The device does not go on with files.");
    }
    // From the device itself, not from a cache of what was written, where the system lets one.
    virtual core::Result<void> read(const std::string& path,
                                    const std::function<core::Result<void>(std::span<const std::uint8_t>)>& sink) = 0;
    // Conflict when `to` is there.
    virtual core::Result<void> rename(const std::string& from, const std::string& to) = 0;
    virtual core::Result<void> remove(const std::string& path) = 0;
    // What the music in the file `path` is, for devices that keep that beside their files. Others take no notice, and
    // whatever fails does no harm to the file.
    virtual core::Result<void> describe(const std::string& /*path*/, const LibraryItem& /*item*/) { return {}; }
    // A list of the device's own as `path`, made, or given these titles (paths) in the place of those that it has.
    // Tells how it is listed from then on: the device may name it otherwise.
    virtual core::Result<ListedFile> putList(const std::string& /*path*/, const std::vector<std::string>& /*titles*/) {
        return core::fail(core::ErrorCode::Unprocessable, "The device keeps no playlists.");
    }
    // The titles in one of them: paths, and for those that are not listed something that is no path.
    virtual core::Result<std::vector<std::string>> titlesOf(const std::string& /*path*/) {
        return std::vector<std::string>();
    }
    // Everything so far survives the cable being pulled.
    virtual core::Result<void> flush() = 0;
};

// What a device says of a size, within bounds: no file of a device is larger, and those of millions of files have a
// sum.
inline constexpr std::int64_t kMostListedBytes = std::int64_t{1} << 41;
inline std::int64_t listedBytes(std::uint64_t said) {
    return static_cast<std::int64_t>(std::min<std::uint64_t>(said, kMostListedBytes));
}
// And of the room on it.
inline std::int64_t roomBytes(std::uint64_t said) {
    return static_cast<std::int64_t>(std::min<std::uint64_t>(said, std::uint64_t{1} << 60));
}

inline constexpr const char* kReadOnly =
    "The device is write-protected: nothing can be put on it or removed. Photos and videos can be imported from it.";
// Forbidden, with that, before anything is tried.
inline core::Result<void> mayBeWritten(const Target& target) {
    return target.abilities().isReadOnly ? core::fail(core::ErrorCode::Forbidden, kReadOnly) : core::Result<void>();
}

inline bool isGone(const core::Error& error) {
    return error.code == core::ErrorCode::Unavailable;
}

}  // namespace marea::sync
