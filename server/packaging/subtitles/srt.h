#pragma once

#include <string_view>

#include "server/packaging/subtitles/cue.h"
#include "server/packaging/subtitles/cuetext.h"

namespace marea::server {

// SubRip. A cue may lack its number or the blank line before it, and may have blank lines inside; what has no time is
// left out.
Subtitles readSrt(std::string_view utf8);

// The text of one cue, as Matroska and SubRip files have it, into `cue`.
void readSrtText(std::string_view text, CueColours& colours, Cue& cue);

}  // namespace marea::server
