#pragma once

#include <string_view>
#include <vector>

#include "server/packaging/subtitles/cuetext.h"

namespace marea::server {

// What ASS calls override tags, "{\an8\b1}", which SubRip files use too.
struct AssOverrides {
    TextStyle style;
    int alignment = 0;           // 1 to 9 as on a numeric keypad; 0: not told
    std::optional<CuePoint> at;  // in units of the script's picture
    bool drawing = false;        // what follows are shapes, not text
};

// Applies the inside of one block, without its braces. `reset` is what "\r" goes back to.
void applyAssOverrides(std::string_view block, const TextStyle& reset, AssOverrides& state);

// HTML as SubRip and SAMI have it: b, i, u, font, br, entities. Other tags of HTML are left out; what is no tag is
// text. Blocks of override tags are obeyed as well where `overrides` is given.
class MarkupReader {
public:
    enum class Blanks { Keep, Collapse };
    MarkupReader(CueText& out, Blanks blanks, AssOverrides* overrides = nullptr)
        : out_(&out), overrides_(overrides), blanks_(blanks) {}

    void read(std::string_view text);

private:
    struct Open {
        std::string name;
        TextStyle before;
    };
    void add(std::string_view text);
    bool tag(std::string_view inside);
    void startTag(std::string_view name, std::string_view inside);
    void endTag(std::string_view name);

    CueText* out_;
    AssOverrides* overrides_;
    Blanks blanks_;
    TextStyle style_;
    std::vector<Open> open_;
};

// The value of an attribute inside a tag, "font color=\"red\""; empty when it is not there.
std::string_view markupAttribute(std::string_view inside, std::string_view lowerName);

}  // namespace marea::server
