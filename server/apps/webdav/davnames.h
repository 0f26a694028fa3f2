#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace marea::server::webdav {

// What a file is called by. What does not fit its kind is empty.
struct FileFacts {
    std::string kind;  // "movie", "video", "episode", "track", "audiobook"
    std::string title, artist, series;
    int year = 0;
    std::optional<int> season, episode, disc, track;
    int part = 0;           // of a title in several files, from 1
    std::string version;    // of a title that is there in several
    std::string extension;  // "mkv", as the file has it

    bool operator==(const FileFacts&) const = default;
};

// A name of something in a folder. All of it is text that fits into one part of an address and into the names of the
// file systems of phones: what they do not take is there in its wide form ("AC／DC"), so that it reads the same.
struct Name {
    std::string base;
    std::string extension = {};  // empty: none
    std::string text() const { return extension.empty() ? base : base + "." + extension; }
};

std::string safeText(std::string_view text);  // never empty
Name folderName(std::string_view title);
// "Season 02"; 0 is "Specials". Without a number: its title.
Name seasonName(std::optional<int> season, std::string_view title);
// "Tide (2020) - part 2.mkv", "Tides - S01E02 - Neap.mkv", "03 Ebb.flac", with its disc "2-03 Ebb.flac".
Name fileName(const FileFacts& file, bool withDisc);
// In a list: "007 Artist - Title.flac".
Name listedName(const FileFacts& file, std::size_t number, std::size_t count);
// No two are the same, also where upper and lower case are: of those that were, the later ones get a number.
void makeUnique(std::vector<Name>& names);

// "/dav" and each part percent-encoded; of a folder with "/" at its end.
std::string hrefOf(const std::vector<std::string>& parts, bool folder);
// The parts of a decoded path below "/dav".
std::vector<std::string> partsOf(std::string_view path);

}  // namespace marea::server::webdav
