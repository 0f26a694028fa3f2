#pragma once

#include <optional>
#include <string_view>

#include "server/packaging/subtitles/cue.h"

namespace marea::server {

// TTML (W3C TTML2, IMSC and EBU-TT-D documents): times on body, div, p and span, line breaks, bold, italic, underline,
// colour, regions and alignment. Pictures, animations and sequential containers have no counterpart.
Subtitles readTtml(std::string_view utf8);

// How a document counts time, section 7.2: "00:01:02.5", "00:01:02:12", "62.5s", "1500f", "90000t".
struct TtmlClock {
    double frameRate = 30, tickRate = 1;
    std::optional<Millis> read(std::string_view expression) const;
};

}  // namespace marea::server
