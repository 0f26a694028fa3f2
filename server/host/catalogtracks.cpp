#include "server/host/catalogtracks.h"

namespace marea::server {

namespace {

std::string first(const std::vector<std::string>& ids) {
    return ids.empty() ? std::string() : ids.front();
}

}  // namespace

core::Result<std::optional<ScrobbledTrack>> scrobbledTrack(Catalog& catalog, const core::Id& mediaId) {
    const auto item = catalog.itemForWork(mediaId);
    if (!item) {
        return core::unexpected<core::Error>(item.error());
    }
    if (item->kind != "track") {
        return std::optional<ScrobbledTrack>();
    }
    ScrobbledTrack track;
    track.artist = item->artist.empty() ? item->albumArtist : item->artist;
    track.title = item->title;
    track.album = item->album;
    track.duration = item->duration;
    track.number = item->track.value_or(0);
    if (!item->files.empty()) {
        const core::Tags& tags = item->files.front().info.tags;
        track.recordingId = first(musicBrainzIds(tags.musicBrainzTrackId));
        track.releaseId = first(musicBrainzIds(tags.musicBrainzAlbumId));
        track.artistIds = musicBrainzIds(tags.musicBrainzArtistId);
    }
    return track;
}

}  // namespace marea::server
