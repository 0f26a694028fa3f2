#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace marea::core::library {

// What the name of a video says, without its folder and extension.
struct VideoName {
    std::string title;  // of the film, or of the series when there is an episode; may be empty
    int year = 0;
    std::optional<int> season, episode, lastEpisode;  // lastEpisode: of a file that holds several
    bool dated = false;                               // aired on a date: season = year, episode = month * 100 + day
    std::string episodeTitle;
    int part = 0;         // "CD1", "part2"
    std::string version;  // "2160p", "Director's Cut"
};

// Without `withPart`, "part 2" at the end is left in the title.
VideoName parseVideoName(std::string_view stem, bool withPart = true);

// A folder's name as title and year: "Heat (1995) [1080p]" → "Heat", 1995.
VideoName parseFolderName(std::string_view name);

// "Season 2", "Temporada 2", "S02", "Staffel 2" → 2; "Specials", "Especiales" → 0.
std::optional<int> seasonOfFolder(std::string_view name);

// "CD1", "Disc 2", "Disco 2" → its number.
std::optional<int> discOfFolder(std::string_view name);

// The episode's number in a file inside a season folder that says no more than "05 - Title" or "Show 05".
struct LooseEpisode {
    int episode = 0;
    std::string title;
};
std::optional<LooseEpisode> parseLooseEpisode(std::string_view stem);

}  // namespace marea::core::library
