#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/io/filehandle.h"

namespace marea::server {

// Files made for downloads: <folder>/files/<key>, and below <folder>/work/<key> the parts of those being made, so that
// a making goes on where it was stopped. A key names the content for good. Files come to be by a rename, after their
// bytes are on the disk. The whole keeps within its bound: what nobody took for longest goes first; what is being made
// never does. Several processes may use one folder. Calls block on the disk; thread-safe.
class DownloadFiles {
public:
    DownloadFiles(std::string folder, std::int64_t maxBytes);

    struct Entry {
        core::FileHandle file;
        std::int64_t size = 0;
        core::TimeMs modified = 0;
    };
    // Opened for somebody: it was used.
    std::optional<Entry> open(const std::string& key) const;
    std::optional<std::int64_t> size(const std::string& key) const;

    // Of a file being made. TooLarge, in words: the disk is full, or the bound is reached.
    core::Result<void> begin(const std::string& key);
    std::optional<std::string> part(const std::string& key, const std::string& name) const;
    bool hasPart(const std::string& key, const std::string& name) const;
    core::Result<void> keepPart(const std::string& key, const std::string& name, std::string_view bytes);
    // A piece of the whole: bytes, or a stretch of a part.
    struct Piece {
        std::string bytes;
        std::string part;
        std::uint64_t offset = 0, size = 0;
    };
    // All of it becomes the file; the parts go. `piece` gives one after the other until nullopt. Returns its size.
    core::Result<std::int64_t> finish(const std::string& key,
                                      const std::function<core::Result<std::optional<Piece>>()>& piece);
    void abandon(const std::string& key);  // its parts go

    // Room for so many more bytes within the bound, by removing what was not used for longest.
    core::Result<void> makeRoom(std::int64_t bytes);
    // Files and parts of other keys go. How many.
    std::size_t sweep(const std::set<std::string>& files, const std::set<std::string>& beingMade);
    std::set<std::string> keys() const;  // of files and of what is being made
    std::int64_t bytes() const;

private:
    std::string fileOf(const std::string& key) const { return folder_ + "/files/" + key; }
    std::string workOf(const std::string& key) const { return folder_ + "/work/" + key; }

    const std::string folder_;
    const std::int64_t maxBytes_;
};

}  // namespace marea::server
