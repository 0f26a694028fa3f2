#pragma once

#include <string>

#include "core/media/mediainfo.h"

namespace marea::server {

// The Content-Type of a whole file, with the `codecs` parameter (RFC 6381) where every stream that plays has a known
// code: `video/mp4; codecs="avc1.640028, mp4a.40.2"`.
std::string mimeType(const core::MediaInfo& file);
std::string baseMimeType(const core::MediaInfo& file);  // without parameters

// The extension, without its dot, of a file of that container: "mp4", "m4a", "mkv", "webm".
std::string extension(const core::MediaInfo& file);

// RFC 6381 code of one stream within `container`; empty when it is not known.
std::string codecCode(const core::StreamInfo& stream, const std::string& container);

}  // namespace marea::server
