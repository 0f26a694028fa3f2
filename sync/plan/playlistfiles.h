#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "sync/plan/plan.h"

namespace marea::sync {

// A playlist as an extended M3U8 file, which players with a file system read: UTF-8, paths relative to the file.
struct PlaylistFile {
    std::string item;    // "playlist:<id>": how it stands in the library file
    std::string wanted;  // path on the device
    std::string text;
    std::string fingerprint;
};

bool isPlaylistFile(const DeviceFile& file);

// The files of `playlists`, or of those that `only` names. `paths` has where items are on the device; others are left
// out, and so are lists without any.
std::vector<PlaylistFile> playlistFiles(const std::vector<LibraryPlaylist>& playlists,
                                        const std::vector<std::string>& only, const std::string& folder, NameKind names,
                                        const std::unordered_map<std::string, std::string>& paths);

}  // namespace marea::sync
