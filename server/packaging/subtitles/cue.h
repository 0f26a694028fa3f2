#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace marea::server {

// Milliseconds since the title's start, as text formats count.
using Millis = std::int64_t;

// A cue in the words of WebVTT (W3C WebVTT, section 4.1), which is what every reader makes.
struct Cue {
    Millis start = 0;
    Millis end = 0;        // kOpenEnd: until the next cue, which settle() finds
    std::string id;        // one line; may be empty
    std::string settings;  // cue settings, "line:0 align:left"; may be empty
    std::string text;      // cue text: escaped, tags balanced, no blank lines

    bool operator==(const Cue&) const = default;
};
constexpr Millis kOpenEnd = -1;

struct Subtitles {
    std::vector<std::string> styles;   // the CSS of STYLE blocks
    std::vector<std::string> regions;  // the settings of REGION blocks
    std::vector<Cue> cues;
};

// What a file may make of itself. What is beyond is left out; no reader takes more than linear time.
constexpr std::size_t kMostCues = 200'000;
constexpr std::size_t kMostCueText = 16 << 10;        // bytes of one cue
constexpr std::size_t kMostSubtitleText = 64 << 20;   // bytes of a file
constexpr Millis kLatestCue = 1000LL * 3600'000 - 1;  // 999:59:59.999
constexpr Millis kLongestOpenCue = 10'000;            // of one whose end nobody tells

// Puts cues in order of their start, ends the open ones, and drops what is empty, never shown or beyond the limits.
void settle(Subtitles& subtitles);

}  // namespace marea::server
