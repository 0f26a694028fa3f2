#include "core/library/recognisevideo.h"

#include <algorithm>
#include <map>

#include "core/library/text.h"
#include "core/library/videoname.h"

namespace marea::core::library {

namespace {

constexpr double kFeatureSeconds = 45 * 60;  // a video this long is taken for a film

struct Place {
    std::optional<int> season;  // of a season folder
    std::string seriesFolder;   // the series' folder, when there is one
    VideoName folder;           // the name of the film's or series' folder; no title at the top
    int disc = 0;               // of "CD1"
};

Place placeOf(const std::string& path) {
    Place place;
    std::string_view folder = path;
    if (const auto disc = discOfFolder(fileName(folder)); disc && !folderOf(folder).empty()) {
        place.disc = *disc;
        folder = folderOf(folder);
    }
    if (!folderOf(folder).empty()) {
        place.season = seasonOfFolder(fileName(folder));
    }
    if (place.season) {
        folder = folderOf(folder);
    }
    place.seriesFolder = std::string(folder);
    if (!folder.empty()) {
        place.folder = parseFolderName(fileName(folder));
    }
    return place;
}

std::string joined(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    std::string result;
    for (const auto* list : {&a, &b}) {
        for (const std::string& entry : *list) {
            result += (result.empty() ? "" : "\n") + entry;
        }
    }
    return result;
}

void takeNfo(const Nfo& nfo, Recognised& found) {
    found.title = nfo.title.empty() ? found.title : nfo.title;
    found.sortTitle = nfo.sortTitle;
    found.year = nfo.year ? nfo.year : found.year;
    found.overview = nfo.plot;
    found.genres = nfo.genres;
    found.people = joined(nfo.directors, nfo.actors);
    found.contentRating = nfo.contentRating;
}

std::string episodeTitle(const VideoName& name, int season, int episode) {
    if (!name.episodeTitle.empty()) {
        return name.episodeTitle;
    }
    if (name.dated) {
        std::string text = std::to_string(season * 10000 + episode);
        return text.insert(6, "-").insert(4, "-");
    }
    return "Episode " + std::to_string(episode);
}

// The series: the folder's name when it is about the same, or the file says none.
void setSeries(const Place& place, const VideoName& name, Recognised& found) {
    const bool sameAsFolder = !place.folder.title.empty() && searchText(place.folder.title) == searchText(name.title);
    const bool folderWins = !place.folder.title.empty() && (place.season || name.title.empty() || sameAsFolder);
    found.series = folderWins ? place.folder.title : name.title;
    found.seriesYear = folderWins && place.folder.year ? place.folder.year : name.year;
    found.seriesFolder = folderWins ? place.seriesFolder : std::string();
    if (found.series.empty()) {
        found.series = "Unknown series";
    }
}

Recognised episodeOf(const FolderFile& file, const Place& place, const VideoName& name, int season, int episode) {
    Recognised found;
    found.kind = "episode";
    setSeries(place, name, found);
    found.title = episodeTitle(name, season, episode);
    found.season = season;
    found.episode = episode;
    found.version = name.version;
    if (file.nfo && file.nfo->root == "episodedetails") {
        takeNfo(*file.nfo, found);
        found.season = file.nfo->season >= 0 ? file.nfo->season : season;
        found.episode = file.nfo->episode >= 0 ? file.nfo->episode : episode;
    }
    found.seriesIdentity = "series|" + searchText(found.series) +
                           (found.seriesYear ? "|" + std::to_string(found.seriesYear) : std::string());
    found.seasonIdentity = found.seriesIdentity + "|" + std::to_string(*found.season);
    found.identity = found.seasonIdentity + "|e" + std::to_string(*found.episode);
    if (name.lastEpisode) {
        found.identity += "-" + std::to_string(*name.lastEpisode);
    }
    return found;
}

std::optional<Recognised> asEpisode(const FolderFile& file, const Place& place, VideoName name,
                                    std::string_view fileStem) {
    if (name.episode) {
        return episodeOf(file, place, name, *name.season, *name.episode);
    }
    const bool anime = fileStem.starts_with('[') && fileStem.find(" - ") != std::string_view::npos;
    if (!place.season && !anime) {
        return std::nullopt;
    }
    if (const auto loose = parseLooseEpisode(fileStem)) {
        const std::size_t dash = fileStem.find(" - ");
        name.title = place.season ? std::string() : parseVideoName(fileStem.substr(0, dash)).title;
        name.year = 0;
        name.episodeTitle = loose->title;
        return episodeOf(file, place, name, place.season.value_or(1), loose->episode);
    }
    return std::nullopt;
}

Recognised movieOrVideo(const FolderFile& file, const Nfo* movieNfo, const Place& place, const VideoName& name,
                        bool alone) {
    Recognised found;
    const std::string own = searchText(name.title), folder = searchText(place.folder.title);
    // The folder names the film when the file does not do it better.
    const bool fromFolder = !folder.empty() && place.folder.year && !name.year && (alone || own.starts_with(folder));
    found.title = fromFolder || own.empty() ? place.folder.title : name.title;
    found.year = name.year ? name.year : (fromFolder || own == folder ? place.folder.year : 0);
    found.title = own == folder && !folder.empty() ? place.folder.title : found.title;
    if (found.title.empty()) {
        found.title = std::string(stem(file.name));
    }
    found.version = name.version;
    found.part = name.part ? name.part : place.disc;
    const Nfo* nfo = file.nfo && file.nfo->root == "movie" ? file.nfo : (alone ? movieNfo : nullptr);
    if (nfo) {
        takeNfo(*nfo, found);
        found.set = nfo->set;
        found.setOverview = nfo->setOverview;
    }
    const bool feature = file.info && file.info->duration >= kFeatureSeconds;
    const bool movie = nfo || found.year || feature || (alone && !folder.empty() && own == folder);
    found.kind = movie ? "movie" : "video";
    if (!movie && file.info && !file.info->tags.title.empty()) {
        found.title = file.info->tags.title;
    }
    found.identity = found.kind + "|" + searchText(found.title) + "|" + std::to_string(found.year);
    return found;
}

// "part2" means a part only where there is another part of the same film; else it belongs to the title.
void settleParts(const FolderInput& folder, const std::vector<std::size_t>& videos, std::vector<VideoName>& names) {
    std::map<std::string, int> parts;
    for (const VideoName& name : names) {
        if (name.part) {
            ++parts[searchText(name.title) + std::to_string(name.year)];
        }
    }
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (names[i].part && parts[searchText(names[i].title) + std::to_string(names[i].year)] < 2) {
            names[i] = parseVideoName(stem(folder.files[videos[i]].name), false);
        }
    }
}

}  // namespace

void recogniseVideos(const FolderInput& folder, const std::vector<std::size_t>& videos,
                     std::vector<Recognised>& result) {
    const Place place = placeOf(folder.path);
    std::vector<VideoName> names;
    for (const std::size_t i : videos) {
        names.push_back(parseVideoName(stem(folder.files[i].name)));
    }
    settleParts(folder, videos, names);
    // Alone: all videos here are parts or versions of one title.
    const bool alone = std::all_of(names.begin(), names.end(), [&](const VideoName& name) {
        return searchText(name.title) == searchText(names.front().title) && name.year == names.front().year;
    });
    for (std::size_t i = 0; i < videos.size(); ++i) {
        const FolderFile& file = folder.files[videos[i]];
        auto episode = asEpisode(file, place, names[i], stem(file.name));
        result[videos[i]] = episode ? std::move(*episode) : movieOrVideo(file, folder.movieNfo, place, names[i], alone);
    }
}

}  // namespace marea::core::library
