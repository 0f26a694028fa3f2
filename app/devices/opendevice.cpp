#include "app/devices/opendevice.h"

#include <filesystem>

#include "sync/devices/massstorage/massstoragetarget.h"
#include "sync/devices/massstorage/volumesystem.h"
#include "sync/devices/mtp/mtptarget.h"

namespace marea::app {

namespace fs = std::filesystem;

namespace {

// Of a volume its label, which need not be a part of its path; of a folder its name.
std::string modelOf(const std::string& folder) {
    std::error_code error;
    const fs::path place = fs::weakly_canonical(folder, error);
    for (const sync::Volume& volume : sync::mountedVolumes()) {
        if (fs::path(volume.path) == place) {
            return volume.name;
        }
    }
    return place.filename().string();
}

fs::path realPath(const std::string& path) {
    std::error_code error;
    const fs::path real = fs::weakly_canonical(fs::absolute(path, error), error);
    return real.has_filename() ? real : real.parent_path();
}

// A folder may have several paths: it is mounted twice, or its name is the same in capitals.
bool isWithin(const fs::path& inner, const fs::path& outer) {
    std::error_code error;
    fs::path at = inner;
    while (at != outer && !fs::equivalent(at, outer, error)) {
        if (!at.has_relative_path()) {
            return false;
        }
        at = at.parent_path();
    }
    return true;
}

core::Result<OpenDevice> openPhone(const DeviceWish& wish) {
    const std::string serial = wish.place == "mtp" ? "" : wish.place.substr(4);
    auto target = sync::MtpTarget::open(serial, wish.folders, wish.storage);
    if (!target) {
        return core::unexpected<core::Error>(target.error());
    }
    const std::vector<sync::MtpStorage> storages = (*target)->storages();
    const std::string id =
        phoneId((*target)->serial(), wish.storage, storages.empty() ? std::string() : storages.front().name);
    const std::string model = (*target)->model();
    return OpenDevice{std::move(*target), model, id};
}

}  // namespace

std::vector<std::string> foldersOf(const std::vector<sync::DeviceProfile>& profiles) {
    std::vector<std::string> folders;
    for (const sync::DeviceProfile& profile : profiles) {
        folders.push_back(profile.musicFolder);
        folders.push_back(profile.videoFolder);
    }
    return folders;
}

bool isPhone(const std::string& place) {
    return place == "mtp" || place.compare(0, 4, "mtp:") == 0;
}

std::string phoneId(const std::string& serial, const std::string& storage, const std::string& largest) {
    return "mtp:" + serial + (storage.empty() || storage == largest ? "" : "/" + storage);
}

bool isOneInTheOther(const std::string& place, const std::string& folder) {
    if (isPhone(place)) {
        return false;
    }
    const fs::path device = realPath(place), library = realPath(folder);
    return isWithin(device, library) || isWithin(library, device);
}

std::string volumeKey(const std::string& folder) {
    std::error_code error;
    const std::string place = fs::weakly_canonical(folder, error).string();
    const std::string id = sync::volumeId(place);
    return id.empty() ? place : id;
}

core::Result<OpenDevice> openDevice(const DeviceWish& wish) {
    if (isPhone(wish.place)) {
        return openPhone(wish);
    }
    auto target = sync::MassStorageTarget::open(wish.place);
    if (!target) {
        return core::unexpected<core::Error>(target.error());
    }
    return OpenDevice{std::move(*target), modelOf(wish.place), volumeKey(wish.place)};
}

}  // namespace marea::app
