#include "sync/plan/playlistfiles.h"

#include <algorithm>

namespace marea::sync {

namespace {

constexpr std::string_view kPrefix = "playlist:";

// FNV-1a, 64 bits: enough to tell a list from its older self.
std::string textMark(std::string_view kind, std::string_view text) {
    std::uint64_t hash = 14695981039346656037ull;
    for (const char c : text) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ull;
    }
    return std::string(kind) + "-" + std::to_string(hash);
}

std::string relativeTo(std::string_view folder, std::string_view path) {
    if (folder.empty()) {
        return std::string(path);
    }
    const std::string begin = std::string(folder) + "/";
    if (path.substr(0, begin.size()) == begin) {
        return std::string(path.substr(begin.size()));
    }
    std::string up = "../";
    for (std::size_t i = 0; i < static_cast<std::size_t>(std::count(folder.begin(), folder.end(), '/')); ++i) {
        up += "../";
    }
    return up + std::string(path);
}

using Paths = std::unordered_map<std::string, std::string>;

std::string textOf(const std::vector<std::string>& items, const std::string& folder, const Paths& paths, bool asLists) {
    std::string text = asLists ? "" : "#EXTM3U\n";
    for (const std::string& item : items) {
        text += (asLists ? paths.at(item) : relativeTo(folder, paths.at(item))) + "\n";
    }
    return text;
}

}  // namespace

bool isPlaylistFile(const DeviceFile& file) {
    return file.item.substr(0, kPrefix.size()) == kPrefix;
}

bool isDeviceList(std::string_view item, std::string_view encoding) {
    return item.substr(0, kPrefix.size()) == kPrefix && encoding == kDeviceList;
}

bool isRefusedList(const DeviceFile& file) {
    return isDeviceList(file.item, file.encoding) && !file.verified && !file.fingerprint.empty();
}

std::vector<PlaylistFile> playlistFiles(const std::vector<LibraryPlaylist>& playlists,
                                        const std::vector<std::string>& only, const std::string& folder, NameKind names,
                                        const Paths& paths, bool asLists) {
    std::vector<PlaylistFile> files;
    for (const LibraryPlaylist& playlist : playlists) {
        std::vector<std::string> items = playlist.items;
        std::erase_if(items, [&](const std::string& item) { return paths.count(item) == 0; });
        if (items.empty() || (!only.empty() && std::find(only.begin(), only.end(), playlist.id) == only.end())) {
            continue;
        }
        const std::string name = nameOnDevice(playlist.name + (asLists ? ".pla" : ".m3u8"), names);
        std::string text = textOf(items, folder, paths, asLists);
        std::string mark = textMark(asLists ? kDeviceList : "m3u8", text);
        files.push_back({std::string(kPrefix) + playlist.id, folder.empty() ? name : folder + "/" + name,
                         std::move(text), std::move(mark), asLists ? kDeviceList : "", std::move(items)});
    }
    return files;
}

}  // namespace marea::sync
