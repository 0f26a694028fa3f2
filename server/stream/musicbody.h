#pragma once

#include <optional>
#include <string_view>

#include "server/audio/musicfile.h"
#include "server/gateway/http.h"
#include "server/stream/streamservice.h"

namespace marea::server {

// "audio.mp3" → "mp3"; "audio.opus", "audio.flac". Empty for what is no file of music.
std::string_view musicCodec(std::string_view piece);

// The file of a rendition, or what of it comes from a time on. NotFound when it is none of that codec, Invalid for a
// time that it does not have. Pure.
core::Result<MusicFilePtr> musicFileOf(const StreamTitle& title, const MediaIndex& index, std::string_view rendition,
                                       std::string_view codec, Ticks from);

// Its bytes, made piece by piece as a client takes them, from wherever it begins; of a length that is known before only
// when all is there. `wish` names the rendition; the service outlives the body.
StreamBody musicBody(StreamService& service, SegmentWish wish, MusicFilePtr file);

}  // namespace marea::server
