#include "sync/engine/owners.h"

#include <algorithm>
#include <unordered_set>

#include "sync/plan/playlistfiles.h"

namespace marea::sync {

namespace {

using ByPath = std::unordered_map<std::string, const DeviceFile*>;

ByPath byPath(const std::vector<DeviceFile>& files) {
    ByPath found;
    for (const DeviceFile& file : files) {
        found.insert_or_assign(file.path, &file);
    }
    return found;
}

bool isKnown(const DeviceFile& file, const ByPath& known) {
    const auto found = known.find(file.path);
    return found != known.end() && found->second->size == file.size && found->second->checksum == file.checksum;
}

// Of those that have one path the first: the library file may have been edited by anybody.
void keepEachOnce(std::vector<DeviceFile>& files, std::unordered_set<std::string>& paths) {
    paths.reserve(paths.size() + files.size());
    std::erase_if(files, [&](const DeviceFile& file) { return !paths.insert(file.path).second; });
}

}  // namespace

OwnedFiles filesByOwner(std::vector<DeviceFile> files, const std::string& id, const std::vector<DeviceFile>& known,
                        const std::vector<ListedFile>& listed, NameKind names) {
    std::unordered_set<std::string> paths;
    if (id.empty()) {
        keepEachOnce(files, paths);
        return {std::move(files), {}};
    }
    const ByPath ours = byPath(known);
    OwnedFiles result;
    for (DeviceFile& file : files) {
        if (file.owner == id || (file.owner.empty() && isKnown(file, ours))) {
            result.own.push_back(std::move(file));
        } else {
            result.others.push_back(std::move(file));
        }
    }
    keepEachOnce(result.own, paths);
    keepEachOnce(result.others, paths);
    if (result.others.empty()) {
        return result;
    }
    std::unordered_set<std::string> there;
    for (const ListedFile& file : listed) {
        there.insert(clashKey(file.path, names));
    }
    std::erase_if(result.others, [&](const DeviceFile& file) {
        return there.count(clashKey(file.path, names)) == 0 && !isRefusedList(file);
    });
    return result;
}

// A path that is ours by now is no longer another's.
LibraryFile jointLibrary(std::string device, std::vector<DeviceFile> own, const LibraryOwner& owner,
                         const std::vector<DeviceFile>& others, const std::vector<LibraryOwner>& before,
                         NameKind names) {
    LibraryFile library{std::move(device), std::move(own)};
    if (owner.id.empty()) {
        return library;
    }
    std::unordered_set<std::string> ours, still;
    for (DeviceFile& file : library.files) {
        file.owner = owner.id;
        ours.insert(clashKey(file.path, names));
    }
    for (const DeviceFile& file : others) {
        if (ours.count(clashKey(file.path, names)) == 0) {
            library.files.push_back(file);
            still.insert(file.owner);
        }
    }
    library.owners.push_back(owner);
    for (const LibraryOwner& one : before) {
        if (one.id != owner.id && still.count(one.id) > 0 && library.owners.size() < kMaxOwners) {
            library.owners.push_back(one);
        }
    }
    return library;
}

}  // namespace marea::sync
