#include "server/packaging/subtitles/cuetext.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "core/base/utf8.h"
#include "server/packaging/subtitles/cue.h"
#include "server/packaging/subtitles/textlines.h"

namespace marea::server {
namespace {

struct NamedColour {
    std::string_view name;
    std::uint32_t colour;
};

// WebVTT section 5.1: the classes that stand for a colour without a rule.
constexpr NamedColour kClasses[] = {{"white", 0xFFFFFF}, {"lime", 0x00FF00},   {"cyan", 0x00FFFF},
                                    {"red", 0xFF0000},   {"yellow", 0xFFFF00}, {"magenta", 0xFF00FF},
                                    {"blue", 0x0000FF},  {"black", 0x000000}};

// CSS's names that subtitles use besides.
constexpr NamedColour kNames[] = {
    {"aqua", 0x00FFFF},   {"fuchsia", 0xFF00FF}, {"gray", 0x808080},   {"grey", 0x808080},
    {"green", 0x008000},  {"maroon", 0x800000},  {"navy", 0x000080},   {"olive", 0x808000},
    {"orange", 0xFFA500}, {"pink", 0xFFC0CB},    {"purple", 0x800080}, {"silver", 0xC0C0C0},
    {"teal", 0x008080},   {"gold", 0xFFD700},    {"brown", 0xA52A2A},  {"violet", 0xEE82EE}};

std::optional<int> hexDigit(char c) {
    if (isDigit(c))
        return c - '0';
    c = lower(c);
    return c >= 'a' && c <= 'f' ? std::optional(c - 'a' + 10) : std::nullopt;
}

std::optional<std::uint32_t> hexColour(std::string_view digits) {
    if (digits.size() != 3 && digits.size() != 4 && digits.size() != 6 && digits.size() != 8)
        return std::nullopt;
    const std::size_t each = digits.size() < 6 ? 1 : 2;
    std::uint32_t colour = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        const auto digit = hexDigit(digits[i]);
        if (!digit)
            return std::nullopt;
        if (i < 3 * each)  // what follows is how opaque it is
            colour = each == 1 ? colour << 8 | static_cast<std::uint32_t>(*digit * 17)
                               : colour << 4 | static_cast<std::uint32_t>(*digit);
    }
    return colour;
}

std::optional<std::uint32_t> rgbColour(std::string_view text) {
    TextCursor cursor(text);
    cursor.until("(");
    cursor.skip(1);
    std::uint32_t colour = 0;
    for (int i = 0; i < 3; ++i) {
        cursor.skipBlanks();
        const auto part = cursor.decimal();
        if (!part)
            return std::nullopt;
        const double value = cursor.take('%') ? *part * 2.55 : *part;
        colour = colour << 8 | static_cast<std::uint32_t>(std::clamp(std::lround(value), 0L, 255L));
        cursor.skipBlanks();
        cursor.take(',');
    }
    return colour;
}

struct Reference {
    std::string_view name, text;
};
constexpr Reference kReferences[] = {
    {"amp", "&"},        {"lt", "<"},        {"gt", ">"},         {"quot", "\""},       {"apos", "'"},
    {"nbsp", "\u00A0"},  {"lrm", "\u200E"},  {"rlm", "\u200F"},   {"hellip", "\u2026"}, {"mdash", "\u2014"},
    {"ndash", "\u2013"}, {"copy", "\u00A9"}, {"laquo", "\u00AB"}, {"raquo", "\u00BB"},  {"iquest", "\u00BF"},
    {"iexcl", "\u00A1"}, {"shy", "\u00AD"}};

std::optional<std::uint32_t> numericReference(std::string_view digits) {
    const bool hex = !digits.empty() && lower(digits.front()) == 'x';
    if (hex)
        digits.remove_prefix(1);
    if (digits.empty() || digits.size() > 7)
        return std::nullopt;
    std::uint32_t code = 0;
    for (const char c : digits) {
        const auto digit = hexDigit(c);
        if (!digit || (!hex && *digit > 9))
            return std::nullopt;
        code = code * (hex ? 16 : 10) + static_cast<std::uint32_t>(*digit);
    }
    return code;
}

std::string percent(double value) {
    char text[16];
    std::snprintf(text, sizeof text, "%ld%%", std::lround(std::clamp(value, 0.0, 100.0)));
    return text;
}

constexpr double kLineHeight = 6;  // percent of the picture, in browsers' default style

}  // namespace

std::string CueColours::className(std::uint32_t colour) {
    for (const NamedColour& named : kClasses) {
        if (named.colour == colour)
            return std::string(named.name);
    }
    if (used_.size() >= kMost && !used_.contains(colour))
        return {};
    used_.insert(colour);
    char text[8];
    std::snprintf(text, sizeof text, "c%06x", colour & 0xFFFFFF);
    return text;
}

std::string CueColours::css() const {
    std::string out;
    char rule[48];
    for (const std::uint32_t colour : used_) {
        std::snprintf(rule, sizeof rule, "::cue(.c%06x) { color: #%06x }\n", colour & 0xFFFFFF, colour & 0xFFFFFF);
        out += rule;
    }
    return out;
}

bool CueText::isOn(const TextStyle& style, int level) const {
    switch (level) {
        case 0:
            return style.colour != kNoColour;
        case 1:
            return style.bold;
        case 2:
            return style.italic;
        default:
            return style.underline;
    }
}

std::string CueText::tag(int level) const {
    static constexpr std::array<const char*, kLevels> names = {"c", "b", "i", "u"};
    return names[static_cast<std::size_t>(level)];
}

// Tags nest in the order of levels: all from the first one that differs are closed, and opened again as needed.
void CueText::change(const TextStyle& to) {
    if (to == open_)
        return;
    int first = 0;
    while (first < kLevels && isOn(open_, first) == isOn(to, first) && (first > 0 || open_.colour == to.colour))
        ++first;
    const bool hadClass = !openClass_.empty();
    for (int level = kLevels - 1; level >= first; --level) {
        if (isOn(open_, level) && (level > 0 || hadClass))
            text_ += "</" + tag(level) + ">";
    }
    if (first == 0)
        openClass_ = to.colour == kNoColour ? std::string() : colours_->className(to.colour);
    for (int level = first; level < kLevels; ++level) {
        if (isOn(to, level) && (level > 0 || !openClass_.empty()))
            text_ += "<" + tag(level) + (level == 0 ? "." + openClass_ : "") + ">";
    }
    open_ = to;
}

void CueText::put(char c) {
    switch (c) {
        case '&':
            text_ += "&amp;";
            break;
        case '<':
            text_ += "&lt;";
            break;
        case '>':  // so that "-->" never stands in a cue
            text_ += "&gt;";
            break;
        default:
            text_.push_back(c);
    }
}

void CueText::append(std::string_view text, const TextStyle& style) {
    for (const char c : text) {
        if (c == '\n') {
            lineBreak();
            continue;
        }
        const auto code = static_cast<unsigned char>(c);
        if ((code < 0x20 && c != '\t') || code == 0x7F || (text_.size() >= kMostCueText && (code & 0xC0) != 0x80))
            continue;
        if (breakPending_) {
            text_.push_back('\n');
            ++lines_;
            breakPending_ = false;
        }
        change(style);
        put(c);
    }
}

void CueText::appendCollapsed(std::string_view text, const TextStyle& style) {
    while (!text.empty()) {
        const std::size_t blanks = std::min(text.find_first_not_of(kBlanks), text.size());
        const bool separates = blanks > 0 && !text_.empty() && !breakPending_ && text_.back() != ' ';
        text.remove_prefix(blanks);
        if (separates)
            append(" ", style);
        const std::string_view word = text.substr(0, text.find_first_of(kBlanks));
        append(word, style);
        text.remove_prefix(word.size());
    }
}

std::string CueText::take() {
    change({});
    while (!text_.empty() && kBlanks.find(text_.back()) != std::string_view::npos)
        text_.pop_back();
    std::string out = std::move(text_);
    text_.clear();
    breakPending_ = false;
    lines_ = 1;
    return out;
}

std::optional<std::uint32_t> parseColour(std::string_view text) {
    text = trimmed(text);
    if (text.starts_with('#'))
        return hexColour(text.substr(1));
    if (startsFolded(text, "rgb"))
        return rgbColour(text);
    for (const NamedColour& named : kClasses) {
        if (equalsFolded(text, named.name))
            return named.colour;
    }
    for (const NamedColour& named : kNames) {
        if (equalsFolded(text, named.name))
            return named.colour;
    }
    return text.size() == 6 ? hexColour(text) : std::nullopt;
}

std::string decodeReference(std::string_view text, std::size_t& length) {
    const std::size_t end = text.substr(0, 12).find(';');
    if (!text.starts_with('&') || end == std::string_view::npos)
        return {};
    const std::string_view name = text.substr(1, end - 1);
    length = end + 1;
    if (name.starts_with('#')) {
        std::string out;
        if (const auto code = numericReference(name.substr(1)))
            core::appendUtf8(out, *code == 0 ? 0xFFFD : *code);
        return out;
    }
    for (const Reference& reference : kReferences) {
        if (reference.name == name)
            return std::string(reference.text);
    }
    return {};
}

std::string cueSettings(int alignment, std::optional<CuePoint> at, int lines) {
    if (alignment < 1 || alignment > 9)
        alignment = 2;
    const int column = (alignment - 1) % 3, row = (alignment - 1) / 3;  // from the left; from below
    const double height = kLineHeight * lines;
    std::string out;
    if (at)
        out = "line:" + percent(row == 2 ? at->y : std::max(row == 1 ? at->y - height / 2 : at->y - height, 0.0));
    else if (row > 0)
        out = row == 2 ? "line:0" : "line:" + percent(50 - height / 2);
    if (at)
        out += " position:" + percent(at->x);
    if (column != 1)
        out += std::string(out.empty() ? "" : " ") + (column == 0 ? "align:left" : "align:right");
    return out;
}

}  // namespace marea::server
