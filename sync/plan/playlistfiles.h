#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "sync/plan/plan.h"

namespace marea::sync {

// A playlist on a device. As an extended M3U8 file, which players with a file system read: UTF-8, paths relative to the
// file. Or as a list that the device keeps itself.
struct PlaylistFile {
    std::string item;    // "playlist:<id>": how it stands in the library file
    std::string wanted;  // path on the device
    std::string text;    // of a list the paths of its titles, one each line
    std::string fingerprint;
    std::string encoding;            // of a list kDeviceList
    std::vector<std::string> items;  // ids of those that are in it
};

// In the place of an encoding, in the library file and in steps: the device keeps it as a list of its own.
inline constexpr const char* kDeviceList = "list";

bool isPlaylistFile(const DeviceFile& file);
bool isDeviceList(std::string_view item, std::string_view encoding);
// A list that the device did not take as its fingerprint says: not there at all, or as it was before. In the library
// file it is one that was not verified.
bool isRefusedList(const DeviceFile& file);

// The files of `playlists`, or of those that `only` names; `asLists`: as the device's own. `paths` has where items are
// on the device; others are left out, and so are lists without any.
std::vector<PlaylistFile> playlistFiles(const std::vector<LibraryPlaylist>& playlists,
                                        const std::vector<std::string>& only, const std::string& folder, NameKind names,
                                        const std::unordered_map<std::string, std::string>& paths, bool asLists);

}  // namespace marea::sync
