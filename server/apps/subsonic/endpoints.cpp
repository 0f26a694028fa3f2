#include <algorithm>

#include "server/apps/subsonic/handlers.h"

namespace marea::server::subsonic {

namespace {

constexpr Endpoint kEndpoints[] = {
    {"ping", ping},
    {"getLicense", getLicense},
    {.name = "getOpenSubsonicExtensions", .handler = getOpenSubsonicExtensions, .open = true},
    {"tokenInfo", tokenInfo},
    {"getUser", getUser},
    {"getUsers", getUsers},
    {"getScanStatus", getScanStatus},
    {.name = "startScan", .handler = startScan, .ownersOnly = true, .audit = "library.scan"},

    {"getMusicFolders", getMusicFolders},
    {"getIndexes", getIndexes},
    {"getMusicDirectory", getMusicDirectory},
    {"getArtists", getArtists},
    {"getArtist", getArtist},
    {"getAlbum", getAlbum},
    {"getSong", getSong},
    {"getGenres", getGenres},
    {"getVideos", getVideos},

    {"getAlbumList", getAlbumList},
    {"getAlbumList2", getAlbumList2},
    {"getRandomSongs", getRandomSongs},
    {"getSongsByGenre", getSongsByGenre},
    {"getNowPlaying", getNowPlaying},
    {"getStarred", getStarred},
    {"getStarred2", getStarred2},
    {.name = "search2", .handler = search2, .rate = RateClass::Search},
    {.name = "search3", .handler = search3, .rate = RateClass::Search},

    {"getArtistInfo", getArtistInfo},
    {"getArtistInfo2", getArtistInfo2},
    {"getAlbumInfo", getAlbumInfo},
    {"getAlbumInfo2", getAlbumInfo},
    {"getSimilarSongs", getSimilarSongs},
    {"getSimilarSongs2", getSimilarSongs2},
    {"getTopSongs", getTopSongs},
    {"getLyrics", getLyrics},
    {"getLyricsBySongId", getLyricsBySongId},

    {"star", star},
    {"unstar", unstar},
    {"setRating", setRating},
    {"scrobble", scrobble},

    {"getPlaylists", getPlaylists},
    {"getPlaylist", getPlaylist},
    {"createPlaylist", createPlaylist},
    {"updatePlaylist", updatePlaylist},
    {"deletePlaylist", deletePlaylist},

    {"getPlayQueue", getPlayQueue},
    {"getPlayQueueByIndex", getPlayQueueByIndex},
    {"savePlayQueue", savePlayQueue},
    {"savePlayQueueByIndex", savePlayQueueByIndex},
    {"getBookmarks", getBookmarks},
    {"createBookmark", createBookmark},
    {"deleteBookmark", deleteBookmark},
    {"getInternetRadioStations", getInternetRadioStations},
    {.name = "createInternetRadioStation",
     .handler = createInternetRadioStation,
     .ownersOnly = true,
     .audit = "radio.add"},
    {.name = "updateInternetRadioStation",
     .handler = updateInternetRadioStation,
     .ownersOnly = true,
     .audit = "radio.change"},
    {.name = "deleteInternetRadioStation",
     .handler = deleteInternetRadioStation,
     .ownersOnly = true,
     .audit = "radio.remove"},

    {.name = "stream", .bytes = stream},
    {.name = "download", .bytes = download},
    {.name = "getCoverArt", .bytes = getCoverArt},
};

}  // namespace

std::span<const Endpoint> endpoints() {
    return kEndpoints;
}

const Endpoint* endpoint(std::string_view name) {
    const auto* found = std::find_if(std::begin(kEndpoints), std::end(kEndpoints),
                                     [&](const Endpoint& one) { return one.name == name; });
    return found == std::end(kEndpoints) ? nullptr : found;
}

}  // namespace marea::server::subsonic
