#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/base/json.h"
#include "core/base/result.h"
#include "sync/plan/libraryfile.h"

namespace marea::sync {

// A library file, taken apart as it is read: what is made of a file of the device is kept, and not what was read of it.
// So it takes little more memory than its files, whatever somebody wrote into it.
struct LibraryParts {
    core::json::value frame;                // all but the files: "files" is an empty list
    std::vector<DeviceFile> files;          // all, or none where `wrong` says why
    std::optional<core::Error> wrong = {};  // with the first file that is none: as deviceFileFrom()
};

// Invalid for what is no JSON.
core::Result<LibraryParts> libraryParts(std::string_view text, std::size_t mostFiles);

}  // namespace marea::sync
