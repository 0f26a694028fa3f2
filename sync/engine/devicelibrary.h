#pragma once

#include "sync/engine/target.h"
#include "sync/engine/transfer.h"

namespace marea::sync {

inline constexpr const char* kLibraryPath = "marea-library.json";
inline constexpr const char* kNewLibraryPath =
    "marea-library-new.json";  // complete and read back before it takes its place

bool isMareasOwn(std::string_view path);  // one of the two

// Marea's own file on a device, or an empty one where there is none. One that is damaged is an error: what is on the
// device would be taken for foreign. A replacement that was cut off is finished.
core::Result<LibraryFile> loadLibrary(Target& target, Transfer& transfer, const std::vector<ListedFile>& listed);
core::Result<void> storeLibrary(Target& target, Transfer& transfer, const LibraryFile& library);

}  // namespace marea::sync
