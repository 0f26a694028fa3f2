#pragma once

#include <functional>

#include "core/io/filehandle.h"
#include "sync/engine/librarysource.h"

namespace marea::sync {

// The media files of a folder as a library. An item's id is its path, or made from it where that is no plain one; its
// content is known by its size, its begin and its end. What is in a file is guessed from its name. M3U files in the
// folder are its playlists. A library that cannot be read as a whole is none: what is missing from it would be deleted
// from devices.
class FolderSource final : public LibrarySource {
public:
    static core::Result<std::unique_ptr<FolderSource>> open(const std::string& folder);
    FolderSource(core::FileHandle root, std::string folder) : root_(std::move(root)), folder_(std::move(folder)) {}

    // Asked for each file. Cancelled once it says no.
    using IsWanted = std::function<bool()>;
    using Told = std::function<void(std::size_t done, std::size_t total)>;  // files that were looked at
    core::Result<std::vector<LibraryItem>> items(const IsWanted& isWanted = {}, const Told& told = {}) const;
    core::Result<std::vector<LibraryPlaylist>> playlists(const IsWanted& isWanted = {}) const;
    core::Result<std::unique_ptr<ByteStream>> open(const LibraryItem& item) override;
    core::Result<core::FileHandle> file(const LibraryItem& item) const;  // as open()

private:
    core::Result<std::vector<std::string>> paths(bool (*wanted)(std::string_view name), const IsWanted& isWanted) const;
    core::Result<LibraryItem> itemAt(const std::string& path) const;

    core::FileHandle root_;
    std::string folder_;
};

// Container and codecs that a file of this name usually has; empty for what nothing is known of.
FileFormat guessedFormat(std::string_view path);

}  // namespace marea::sync
