#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/apps/library/mediasource.h"
#include "server/stream/title.h"

namespace marea::server {

// Makes the subtitles that are pictures in files of their own streams of each of the item's files (besidestreams.h).
void addPictureSidecars(ItemDetail& item);

// The languages of its tracks; none where it has no pictures.
std::vector<std::string> pictureTracks(const Sidecar& sidecar);

// How a request names the language of a sidecar: by the sidecar's id, and where it has several, "id.1" is the second.
std::string trackId(const Sidecar& sidecar, std::size_t track);
// As the stream that it then is; nullopt: no such sidecar, or it is none of pictures.
std::optional<int> pictureStream(const ItemDetail& item, std::string_view trackId);

// Opens those of `item`. What cannot be opened is left out.
std::vector<TitlePictures> openPictureSidecars(MediaSource& media, const core::Id& user, const ItemDetail& item);

}  // namespace marea::server
