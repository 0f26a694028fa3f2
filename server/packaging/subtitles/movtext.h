#pragma once

#include <string_view>

#include "server/packaging/subtitles/cue.h"
#include "server/packaging/subtitles/cuetext.h"

namespace marea::server {

// A sample of 3GPP timed text (tx3g, 3GPP TS 26.245 section 5.17), which MP4 files have, into `cue`: text, and bold,
// italic, underline and colour from its styl box.
void readMovText(std::string_view sample, CueColours& colours, Cue& cue);

// A sample of WebVTT in MP4 (wvtt, ISO/IEC 14496-30 section 6.6): its cues, all from `start` to `end`.
void readMp4WebVtt(std::string_view sample, Millis start, Millis end, Subtitles& out);

}  // namespace marea::server
