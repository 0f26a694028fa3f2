#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "server/packaging/subtitles/cue.h"
#include "server/packaging/subtitles/markup.h"

namespace marea::server {

// Advanced SubStation Alpha and SSA: text, bold, italic, underline, colour, alignment and place. Drawings, movements,
// fonts and effects have no counterpart in WebVTT.
class AssReader {
public:
    AssReader();

    // Lines of a script: a whole one, or the header that a Matroska file keeps apart.
    void script(std::string_view utf8);
    // An event as a Matroska packet has it: ReadOrder, Layer, Style, Name, MarginL, MarginR, MarginV, Effect, Text.
    void event(std::string_view packet, Millis start, Millis end);

    Subtitles take();

private:
    struct Style {
        TextStyle text;
        int alignment = 2;
    };
    using Columns = std::vector<std::string>;

    void line(std::string_view line);
    void info(std::string_view key, std::string_view value);
    void style(std::string_view values);
    void dialogue(std::string_view values);
    void add(std::string_view styleName, std::string_view text, Millis start, Millis end);
    std::string place(const AssOverrides& state, int alignment, int lines) const;

    enum class Section { Other, Info, Styles, Events } section_ = Section::Other;
    bool legacy_ = false;  // SSA: alignments count otherwise
    bool softBreaks_ = true;
    double width_ = 0, height_ = 0;
    Columns styleColumns_, eventColumns_;
    std::map<std::string, Style, std::less<>> styles_;
    CueColours colours_;
    Subtitles out_;
};

Subtitles readAss(std::string_view utf8);

}  // namespace marea::server
