#pragma once

#include <string>
#include <vector>

#include "core/base/json.h"
#include "server/apps/library/playlists.h"
#include "server/gateway/http.h"

namespace marea::server {

core::json::object playlistJson(const Playlist& list, const core::Id& userId);
std::string playlistTag(const Playlist& list);  // "\"r12\"", its ETag
// If-Match of a request: nullopt without one, or "*". Tags that were never given out match no revision.
IfRevision ifRevision(const Request& request);

struct NewPlaylist {
    Playlist list;
    std::vector<core::Id> media;
};
core::Result<NewPlaylist> parseNewPlaylist(std::string_view body);
core::Result<PlaylistChange> parsePlaylistChange(std::string_view body);

core::Result<std::string> parsePreview(std::string_view body);  // the rules, as they were sent

struct NewEntries {
    std::vector<core::Id> media;
    PlaylistPlace place;
};
core::Result<NewEntries> parseNewEntries(std::string_view body);
core::Result<PlaylistPlace> parsePlace(std::string_view body);

}  // namespace marea::server
