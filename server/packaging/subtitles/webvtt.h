#pragma once

#include <string>
#include <string_view>

#include "server/packaging/subtitles/cue.h"

namespace marea::server {

// A whole WebVTT file. Cues are written as they stand: settle() them first.
std::string writeWebVtt(const Subtitles& subtitles);

// Reads WebVTT, more tolerant than a browser: a missing header or blank line costs nothing. STYLE and REGION blocks
// are kept, unless they name an address. A X-TIMESTAMP-MAP tells about segments that the file has left: it is dropped.
Subtitles readWebVtt(std::string_view utf8);

// The text and the settings of a cue as they may stand in a file: unknown tags and settings taken out, tags balanced.
std::string cleanCueText(std::string_view text);
std::string cleanCueSettings(std::string_view settings);
// An identifier that may stand before a cue; empty when it may not.
std::string cleanCueId(std::string_view id);

}  // namespace marea::server
