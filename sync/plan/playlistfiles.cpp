#include "sync/plan/playlistfiles.h"

#include <algorithm>

namespace marea::sync {

namespace {

constexpr std::string_view kPrefix = "playlist:";

// FNV-1a, 64 bits: enough to tell a list from its older self.
std::string textMark(std::string_view text) {
    std::uint64_t hash = 14695981039346656037ull;
    for (const char c : text) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ull;
    }
    return "m3u8-" + std::to_string(hash);
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

std::string textOf(const LibraryPlaylist& playlist, const std::string& folder,
                   const std::unordered_map<std::string, std::string>& paths) {
    std::string lines;
    for (const std::string& item : playlist.items) {
        if (const auto found = paths.find(item); found != paths.end()) {
            lines += relativeTo(folder, found->second) + "\n";
        }
    }
    return lines.empty() ? "" : "#EXTM3U\n" + lines;
}

}  // namespace

bool isPlaylistFile(const DeviceFile& file) {
    return file.item.substr(0, kPrefix.size()) == kPrefix;
}

std::vector<PlaylistFile> playlistFiles(const std::vector<LibraryPlaylist>& playlists,
                                        const std::vector<std::string>& only, const std::string& folder, NameKind names,
                                        const std::unordered_map<std::string, std::string>& paths) {
    std::vector<PlaylistFile> files;
    for (const LibraryPlaylist& playlist : playlists) {
        if (!only.empty() && std::find(only.begin(), only.end(), playlist.id) == only.end()) {
            continue;
        }
        std::string text = textOf(playlist, folder, paths);
        if (!text.empty()) {
            const std::string name = nameOnDevice(playlist.name + ".m3u8", names);
            std::string mark = textMark(text);
            files.push_back({std::string(kPrefix) + playlist.id, folder.empty() ? name : folder + "/" + name,
                             std::move(text), std::move(mark)});
        }
    }
    return files;
}

}  // namespace marea::sync
