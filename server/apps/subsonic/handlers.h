#pragma once

#include "server/apps/subsonic/call.h"

namespace marea::server::subsonic {

// The endpoints, one function each, by what they are about.

// system.cpp
Done ping(const Call& call, Element& answer);
Done getLicense(const Call& call, Element& answer);
Done getOpenSubsonicExtensions(const Call& call, Element& answer);
Done tokenInfo(const Call& call, Element& answer);
Done getUser(const Call& call, Element& answer);
Done getUsers(const Call& call, Element& answer);
Done getScanStatus(const Call& call, Element& answer);
Done startScan(const Call& call, Element& answer);

// browsing.cpp
Done getMusicFolders(const Call& call, Element& answer);
Done getIndexes(const Call& call, Element& answer);
Done getMusicDirectory(const Call& call, Element& answer);
Done getArtists(const Call& call, Element& answer);
Done getArtist(const Call& call, Element& answer);
Done getAlbum(const Call& call, Element& answer);
Done getSong(const Call& call, Element& answer);
Done getGenres(const Call& call, Element& answer);
Done getVideos(const Call& call, Element& answer);

// lists.cpp
Done getAlbumList(const Call& call, Element& answer);
Done getAlbumList2(const Call& call, Element& answer);
Done getRandomSongs(const Call& call, Element& answer);
Done getSongsByGenre(const Call& call, Element& answer);
Done getNowPlaying(const Call& call, Element& answer);
Done getStarred(const Call& call, Element& answer);
Done getStarred2(const Call& call, Element& answer);
Done search2(const Call& call, Element& answer);
Done search3(const Call& call, Element& answer);

// about.cpp
Done getArtistInfo(const Call& call, Element& answer);
Done getArtistInfo2(const Call& call, Element& answer);
Done getAlbumInfo(const Call& call, Element& answer);
Done getSimilarSongs(const Call& call, Element& answer);
Done getSimilarSongs2(const Call& call, Element& answer);
Done getTopSongs(const Call& call, Element& answer);
Done getLyrics(const Call& call, Element& answer);
Done getLyricsBySongId(const Call& call, Element& answer);

// annotation.cpp
Done star(const Call& call, Element& answer);
Done unstar(const Call& call, Element& answer);
Done setRating(const Call& call, Element& answer);
Done scrobble(const Call& call, Element& answer);

// playlists.cpp
Done getPlaylists(const Call& call, Element& answer);
Done getPlaylist(const Call& call, Element& answer);
Done createPlaylist(const Call& call, Element& answer);
Done updatePlaylist(const Call& call, Element& answer);
Done deletePlaylist(const Call& call, Element& answer);

// kept.cpp
Done getPlayQueue(const Call& call, Element& answer);
Done getPlayQueueByIndex(const Call& call, Element& answer);
Done savePlayQueue(const Call& call, Element& answer);
Done savePlayQueueByIndex(const Call& call, Element& answer);
Done getBookmarks(const Call& call, Element& answer);
Done createBookmark(const Call& call, Element& answer);
Done deleteBookmark(const Call& call, Element& answer);
Done getInternetRadioStations(const Call& call, Element& answer);
Done createInternetRadioStation(const Call& call, Element& answer);
Done updateInternetRadioStation(const Call& call, Element& answer);
Done deleteInternetRadioStation(const Call& call, Element& answer);

// media.cpp
void stream(const Call& call, const SharedReply& reply);
void download(const Call& call, const SharedReply& reply);
void getCoverArt(const Call& call, const SharedReply& reply);

}  // namespace marea::server::subsonic
