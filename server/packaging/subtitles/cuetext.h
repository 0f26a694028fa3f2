#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace marea::server {

constexpr std::uint32_t kNoColour = 0xFFFF'FFFF;

struct TextStyle {
    bool bold = false, italic = false, underline = false;
    std::uint32_t colour = kNoColour;  // 0xRRGGBB
    bool operator==(const TextStyle&) const = default;
};

// The colours that a file uses beyond those with a name in WebVTT (section 5.1), each as a class and a rule for it.
class CueColours {
public:
    static constexpr std::size_t kMost = 64;
    // The class of a colour: "yellow", "c8040ff"; empty when there are too many.
    std::string className(std::uint32_t colour);
    // CSS for a STYLE block; empty when none is needed.
    std::string css() const;

private:
    std::set<std::uint32_t> used_;
};

// Builds the text of a cue: escaped, with balanced tags and no blank lines.
class CueText {
public:
    explicit CueText(CueColours& colours) : colours_(&colours) {}

    // Line feeds break the line; other control characters are left out.
    void append(std::string_view text, const TextStyle& style);
    void lineBreak() { breakPending_ = !text_.empty(); }
    // As append(), with white space that only separates words: runs become one blank.
    void appendCollapsed(std::string_view text, const TextStyle& style);

    bool empty() const { return text_.empty(); }
    int lines() const { return lines_; }
    std::string take();  // closes what is open; the builder is empty again

private:
    static constexpr int kLevels = 4;
    std::string tag(int level) const;
    bool isOn(const TextStyle& style, int level) const;
    void change(const TextStyle& to);
    void put(char c);

    CueColours* colours_;
    std::string text_;
    TextStyle open_;
    std::string openClass_;
    bool breakPending_ = false;
    int lines_ = 1;
};

// "#ff8000", "#f80", "yellow", "rgb(255, 128, 0)", "rgba(…)", "ff8000" as HTML, CSS and TTML write colours.
std::optional<std::uint32_t> parseColour(std::string_view text);

// The character that a reference ("&amp;", "&#39;", "&#x27;", "&nbsp;") at the front of `text` stands for, in UTF-8;
// `length` is that of the reference. Empty when it is none.
std::string decodeReference(std::string_view text, std::size_t& length);
void appendUtf8(std::string& out, std::uint32_t code);  // U+FFFD for what is no character

struct CuePoint {
    double x = 0, y = 0;  // percent of the picture
};

// Settings for text whose `alignment` (as on a numeric keypad: 2 is below, in the middle) is at a side of the picture,
// or at a point of it. Without line and position alignment, which not all browsers know: where they would be needed,
// the height of the lines is estimated.
std::string cueSettings(int alignment, std::optional<CuePoint> at, int lines);

}  // namespace marea::server
