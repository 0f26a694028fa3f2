#pragma once

#include <memory>
#include <string>
#include <vector>

#include "sync/engine/journalfile.h"
#include "sync/engine/librarycopy.h"
#include "sync/plan/deviceprofile.h"

namespace marea::app {

// What this computer keeps of a device, in one folder: its journal, the copy of its library file, what was set for it.
class DeviceFiles {
public:
    // `folder` "": the usual one, "marea/sync" in the user's data folder.
    explicit DeviceFiles(std::string folder = "");

    const std::string& folder() const { return folder_; }
    core::Result<std::unique_ptr<sync::JournalFile>> journal(const std::string& device) const;
    std::unique_ptr<sync::LibraryCopyFile> copy(const std::string& device) const;
    std::string pathOf(const std::string& device, const std::string& ending) const;  // the folder is made
    // Under what devices know this computer: an id that is made once, also if several programs ask for it at the
    // same time, and the computer's name.
    core::Result<sync::LibraryOwner> owner() const;

private:
    std::string folder_;
};

// Of what was encoded for devices, on this computer.
inline constexpr std::int64_t kMostEncoded = 20'000'000'000;  // bytes
// Where `marea sync` has that, and what is under way: in `own`, the folder that was named for DeviceFiles, or in the
// user's cache where the application has them, too.
std::string encodingsFolder(const std::string& own);

// Those of the file `own` first, so that they win, then those that Marea has. `own` "": none.
core::Result<std::vector<sync::DeviceProfile>> profilesWith(const std::string& own);

// One's own profiles, in the folder of DeviceFiles. Kept whole or not at all; none: the file goes.
class OwnProfiles {
public:
    explicit OwnProfiles(const DeviceFiles& files) : path_(files.folder() + "/profiles.json") {}
    const std::string& path() const { return path_; }
    core::Result<std::vector<sync::DeviceProfile>> load() const;
    core::Result<void> put(const sync::DeviceProfile& profile) const;  // in place of the one with its id
    core::Result<void> remove(const std::string& id) const;

private:
    core::Result<void> save(const std::vector<sync::DeviceProfile>& profiles) const;
    std::string path_;
};

// The one with the id, or with an empty id the one for the model. Invalid, with those that there are, for others.
core::Result<sync::DeviceProfile> profileOf(const std::vector<sync::DeviceProfile>& profiles, const std::string& id,
                                            const std::string& model);

}  // namespace marea::app
