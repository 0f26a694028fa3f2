#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace marea::core::library {

struct LyricsLine {
    std::optional<double> start;  // seconds; none in plain lyrics
    std::string text;
};

struct Lyrics {
    bool synced = false;
    std::vector<LyricsLine> lines;  // in order of start when synced
};

// LRC ("[01:02.50]text", several stamps before one line, [offset:±ms]; stamps of single words are dropped) or plain
// text. Takes any bytes: invalid UTF-8 is read as Latin-1, a byte-order mark is skipped. At most 20,000 lines.
Lyrics parseLyrics(std::string_view bytes);

}  // namespace marea::core::library
