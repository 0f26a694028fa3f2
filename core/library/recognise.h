#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/library/nfo.h"
#include "core/media/mediainfo.h"

namespace marea::core::library {

// One media file of a folder, as far as it is known.
struct FolderFile {
    std::string name;
    const MediaInfo* info = nullptr;  // null: could not be read
    const Nfo* nfo = nullptr;         // of its own ("Heat.nfo" beside "Heat.mkv")
};

struct FolderInput {
    std::string path;  // relative to the library, "" for itself
    std::vector<FolderFile> files;
    const Nfo* movieNfo = nullptr;  // "movie.nfo" in the folder
};

// What one file is. Files of one item have the same `identity`, which is the same again whenever the same film, episode
// or track is met: made from tags and names, not from the place. Tracks and plain videos may share one by chance.
struct Recognised {
    std::string kind;  // "movie", "episode", "video", "track", "audiobook"; empty: not catalogued (an extra)
    std::string identity, title, sortTitle;
    int year = 0;
    std::vector<std::string> genres;
    std::string overview, people;
    std::string contentRating;     // as the .nfo file has it
    std::string set, setOverview;  // of films that belong together

    // several files of one item
    int part = 0;
    std::string version;

    // episodes
    std::string series, seriesIdentity, seasonIdentity, seriesFolder;
    int seriesYear = 0;
    std::optional<int> season, episode;

    // tracks and audiobooks; mainArtist: without guests
    std::string artist, mainArtist, artistIdentity, albumArtist, albumArtistIdentity, album, albumIdentity;
    std::optional<int> disc, track;
    bool compilation = false;
};

// One entry for each file of `folder`, in order. Pure: the same files in the same folder are always the same items.
std::vector<Recognised> recogniseFolder(const FolderInput& folder);

// Whether pictures and .nfo files of the parent folder also serve this one: "CD1", "Season 2".
bool belongsToParent(std::string_view folderPath);

}  // namespace marea::core::library
