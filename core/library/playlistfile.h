#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace marea::core::library {

// One title in a playlist as other programs write it. Empty and 0: it does not say.
struct PlaylistFileEntry {
    std::string id;        // our own, when we wrote it
    std::string location;  // a path with '/' between its parts, or a URL
    std::string title, artist, album;
    double duration = 0;  // seconds
};

struct PlaylistFile {
    std::string name;
    std::vector<PlaylistFileEntry> entries;
};

enum class PlaylistFormat { M3u, Xspf };

constexpr std::size_t kMostFileEntries = 10'000;  // what comes after them is left out

PlaylistFormat playlistFormatOf(std::string_view text);  // what it looks like
// M3U and M3U8 in UTF-8, with #EXTINF, #EXTALB, #EXTART and #PLAYLIST. Nothing in it is opened.
PlaylistFile parseM3u(std::string_view text);
// XSPF 1 (xspf.org); nullopt when it is not well-formed.
std::optional<PlaylistFile> parseXspf(std::string_view text);

std::string m3uText(const PlaylistFile& file);
std::string xspfText(const PlaylistFile& file);

}  // namespace marea::core::library
