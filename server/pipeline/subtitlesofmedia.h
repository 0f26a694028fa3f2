#pragma once

#include <string>

#include "core/base/result.h"
#include "server/packaging/segment.h"
#include "server/pipeline/mediasource.h"

namespace marea::server {

// A file that is a subtitle, as WebVTT: SubRip, WebVTT, ASS, TTML or SAMI in any charset. `language` is a hint for the
// charset, and chooses where the file holds several. ErrorCode::Unprocessable, in words, for pictures and what is no
// subtitle at all.
core::Result<std::string> webVttOfFile(MediaSource& source, const std::string& language);

// A text stream of a media file, likewise. `origin` is the title's start in the file's own time, which times are
// counted from. Reads through the file once, and opens it anew for that: who has it open is not disturbed.
core::Result<std::string> webVttOfStream(MediaSource& source, int stream, const std::string& language, Ticks origin);

}  // namespace marea::server
