#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace marea::core::library {

// What an .nfo file (Kodi's XML) says. Empty or zero: says nothing about it.
struct Nfo {
    std::string root;  // "movie", "tvshow", "episodedetails", "album", "artist"
    std::string title, originalTitle, sortTitle, plot, show;
    int year = 0, season = -1, episode = -1;
    std::vector<std::string> genres, directors, actors;
    std::map<std::string, std::string> ids;  // "imdb" → "tt0113277"
    std::string contentRating;               // as it stands there: "Rated PG-13", "DE:FSK 12"
    std::string set, setOverview;            // the films that it belongs to
};

// nullopt when it is not such XML. Entities are never read from outside and a document type is refused, so that
// nothing can expand; the text may go on after the root element (Kodi allows a link there).
std::optional<Nfo> parseNfo(std::string_view bytes);

std::string toText(const Nfo& nfo);  // for keeping; fromText(toText(x)) == x
std::optional<Nfo> nfoFromText(std::string_view text);

}  // namespace marea::core::library
