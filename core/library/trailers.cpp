#include "core/library/trailers.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "core/library/text.h"
#include "core/library/videoname.h"

namespace marea::core::library {

namespace {

// What stands before "-trailer"; nullopt: the name says no such thing.
std::optional<std::string_view> beforeTrailer(std::string_view fileStem) {
    constexpr std::string_view kWord = "trailer";
    const std::string folded = fold(fileStem);
    if (folded.size() != fileStem.size() || !folded.ends_with(kWord)) {
        return std::nullopt;
    }
    const std::string_view rest = fileStem.substr(0, fileStem.size() - kWord.size());
    if (rest.empty()) {
        return rest;
    }
    const bool set = rest.back() == '-' || rest.back() == '.' || rest.back() == '_';
    return set ? std::optional(rest.substr(0, rest.size() - 1)) : std::nullopt;
}

bool isInTrailersFolder(std::string_view trailer, std::string_view folder) {
    const std::string_view own = folderOf(trailer);
    return !folder.empty() && isTrailersFolder(fileName(own)) && folderOf(own) == folder;
}

}  // namespace

bool isTrailersFolder(std::string_view name) {
    constexpr std::array<std::string_view, 3> kNames{"trailers", "trailer", "avances"};
    return std::find(kNames.begin(), kNames.end(), fold(name)) != kNames.end();
}

bool isTrailerOfFilm(std::string_view trailer, std::string_view title, bool alone) {
    const std::string_view folder = folderOf(title);
    if (folderOf(trailer) != folder) {
        return alone && isInTrailersFolder(trailer, folder);
    }
    const auto before = beforeTrailer(stem(fileName(trailer)));
    if (!before) {
        return false;
    }
    const VideoName named = parseVideoName(*before), film = parseVideoName(stem(fileName(title)));
    const bool same = searchText(named.title) == searchText(film.title) && named.year == film.year;
    return alone || (!before->empty() && same);
}

bool isTrailerOfSeries(std::string_view trailer, std::string_view folder) {
    const bool beside = !folder.empty() && folderOf(trailer) == folder && beforeTrailer(stem(fileName(trailer)));
    return beside || isInTrailersFolder(trailer, folder);
}

}  // namespace marea::core::library
