#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "sync/plan/plan.h"

// Several computers may put files on one device. Each knows its own by its id in the device's library file, and leaves
// the others' as they are.
namespace marea::sync {

struct OwnedFiles {
    std::vector<DeviceFile> own, others;
};

// `known`: files that this computer knows for its own, from before owners were noted. Of what nobody is noted for, the
// rest is others'. With an empty `id` all is one's own. Of others' what is no longer there is left out. Each path comes
// once, as one's own before others'.
OwnedFiles filesByOwner(std::vector<DeviceFile> files, const std::string& id, const std::vector<DeviceFile>& known,
                        const std::vector<ListedFile>& listed, NameKind names);

// What the device's library file is after a run.
LibraryFile jointLibrary(std::string device, std::vector<DeviceFile> own, const LibraryOwner& owner,
                         const std::vector<DeviceFile>& others, const std::vector<LibraryOwner>& before,
                         NameKind names);

}  // namespace marea::sync
