#pragma once

#include "server/audio/mp3file.h"
#include "server/gateway/http.h"
#include "server/stream/streamservice.h"

namespace marea::server {

// The file of an MP3 rendition. NotFound when it is none. Pure.
core::Result<Mp3File> mp3FileOf(const StreamTitle& title, const MediaIndex& index, std::string_view rendition);

// Its bytes, made piece by piece as a client takes them, from wherever it begins. `wish` names the rendition; the
// service outlives the body.
StreamBody mp3Body(StreamService& service, SegmentWish wish, const Mp3File& file);

}  // namespace marea::server
