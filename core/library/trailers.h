#pragma once

#include <string_view>

namespace marea::core::library {

// Whether a video is a trailer of a film or a series, by where the two lie, as media servers have it. Pure.

// "Trailers", "trailer", "Avances".
bool isTrailersFolder(std::string_view name);

// `trailer`: the relative path of a video that is no title of its own. `title`: that of one of a film's files, or the
// folder of a series. `alone`: nothing but that title is in its folder.
//   beside it    "Film (2020)-trailer.mp4", and "trailer.mp4" where it is alone
//   below it     "Trailers/anything.mp4", where it is alone and has a folder of its own
bool isTrailerOfFilm(std::string_view trailer, std::string_view title, bool alone);
bool isTrailerOfSeries(std::string_view trailer, std::string_view folder);

}  // namespace marea::core::library
