#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/id.h"
#include "core/base/result.h"
#include "core/io/filehandle.h"

namespace marea::server {

// A file that is being received: in a hidden folder of the library, so that it is on the same disk as the place it goes
// to, and no scan sees it before it is whole. Calls block; one at a time for each upload.
class StagedFile {
public:
    // Opens, or makes, the one of upload `id` in the library's folder. Unprocessable when that folder is not there or
    // cannot be written to.
    static core::Result<StagedFile> open(const std::string& libraryFolder, const core::Id& id);
    // How much has come of it; 0 when there is none.
    static std::int64_t sizeOf(const std::string& libraryFolder, const core::Id& id);
    static void remove(const std::string& libraryFolder, const core::Id& id);

    core::Result<std::int64_t> size() const;
    core::Result<void> write(std::int64_t offset, std::string_view bytes);  // TooLarge: the disk is full
    core::Result<void> cutTo(std::int64_t size);
    core::Result<void> sync();  // once it failed, nothing of the file can be relied on
    // Puts it to `path` of the library, whose folders are made. Never over another file: Conflict. Afterwards this is
    // used no more.
    core::Result<void> publish(const std::string& path);

private:
    core::FileHandle root_, folder_, file_;
    std::string name_;
};

// The size of what is at `path` of the library; nullopt: nothing.
std::optional<std::int64_t> sizeAt(const std::string& libraryFolder, const std::string& path);

// Free bytes for this process on the disk of `folder`; -1: unknown.
std::int64_t freeBytes(const std::string& folder);

}  // namespace marea::server
