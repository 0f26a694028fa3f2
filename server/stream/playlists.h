#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"
#include "server/packaging/segment.h"
#include "server/protection/manifests.h"
#include "server/stream/title.h"

namespace marea::server {

enum class MasterKind { None, Hls, HlsTs, Dash, DashWebm };

// Playlists of a file as they are served: what server/packaging writes, for the names in a URL. NotFound for names
// that the file has no renditions of, and for what cannot be protected like that: with `key`, Common Encryption of
// MPEG-TS, whole segments in DASH, and systems that are of HLS alone there. Pure.
core::Result<std::string> masterPlaylist(MasterKind kind, const StreamTitle& title, const MediaIndex& index,
                                         std::string_view plan, const SignalledKey* key = nullptr);
// `pictures`: of the pictures that decode alone.
core::Result<std::string> mediaPlaylist(const StreamTitle& title, const MediaIndex& index, std::string_view rendition,
                                        bool pictures = false, const SignalledKey* key = nullptr);

// Of text tracks: one segment, the whole file.
std::string subtitlePlaylist(const core::MediaInfo& file);
// RFC 8216 section 3.5: when the text is shown relative to segments, which present everything later.
std::string withTimestampMap(std::string webVtt);

}  // namespace marea::server
