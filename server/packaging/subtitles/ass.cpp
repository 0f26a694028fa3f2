#include "server/packaging/subtitles/ass.h"

#include <algorithm>

#include "server/packaging/subtitles/textlines.h"

namespace marea::server {
namespace {

constexpr std::size_t kMostStyles = 4096;
constexpr std::size_t kMostColumns = 64;
constexpr std::size_t kMostBlock = 4096;  // bytes of override tags in one pair of braces

std::vector<std::string> columns(std::string_view line) {
    std::vector<std::string> out;
    for (TextCursor cursor(line); !cursor.atEnd() && out.size() < kMostColumns; cursor.skip(1))
        out.push_back(lowered(trimmed(cursor.until(","))));
    return out;
}

// The values of a line in the order of its columns; the last takes the rest, commas and all.
std::vector<std::string_view> values(std::string_view line, std::size_t count) {
    std::vector<std::string_view> out;
    TextCursor cursor(line);
    while (out.size() + 1 < count && !cursor.atEnd()) {
        out.push_back(cursor.until(","));
        cursor.skip(1);
    }
    if (!cursor.atEnd())
        out.push_back(cursor.rest());
    out.resize(count);
    return out;
}

std::string_view value(const std::vector<std::string>& names, const std::vector<std::string_view>& all,
                       std::string_view name) {
    const auto found = std::find(names.begin(), names.end(), name);
    return found == names.end() ? std::string_view() : all[static_cast<std::size_t>(found - names.begin())];
}

bool isSet(std::string_view flag) {
    flag = trimmed(flag);
    return !flag.empty() && flag != "0";
}

std::int64_t integer(std::string_view text) {
    TextCursor cursor(trimmed(text));
    return cursor.number(9).value_or(0);
}

// "\N" breaks the line, "\n" only where the script breaks lines nowhere else, "\h" is a blank that does not.
void appendEscaped(CueText& out, std::string_view text, const TextStyle& style, bool softBreaks) {
    TextCursor cursor(text);
    while (!cursor.atEnd()) {
        out.append(cursor.until("\\"), style);
        if (cursor.take("\\N"))
            out.lineBreak();
        else if (cursor.take("\\n"))
            out.append(softBreaks ? " " : "\n", style);
        else if (cursor.take("\\h"))
            out.append("\u00A0", style);
        else if (cursor.take('\\'))
            out.append("\\", style);
    }
}

}  // namespace

AssReader::AssReader()
    : styleColumns_(
          columns("Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, "
                  "Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, "
                  "Shadow, Alignment, MarginL, MarginR, MarginV, Encoding")),
      eventColumns_(columns("Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text")) {}

void AssReader::script(std::string_view utf8) {
    TextLines lines(utf8);
    std::string_view next;
    while (out_.cues.size() < kMostCues && lines.next(next))
        line(next);
}

void AssReader::line(std::string_view line) {
    if (line.starts_with('[')) {
        const std::string name = lowered(trimmed(line.substr(0, 64)));
        legacy_ = name == "[v4 styles]" || (legacy_ && name != "[v4+ styles]");
        section_ = name == "[script info]"     ? Section::Info
                   : name.ends_with("styles]") ? Section::Styles
                   : name == "[events]"        ? Section::Events
                                               : Section::Other;
        return;
    }
    const std::size_t colon = line.substr(0, 64).find(':');
    if (section_ == Section::Other || colon == std::string_view::npos)
        return;
    const std::string_view key = trimmed(line.substr(0, colon));
    std::string_view rest = line.substr(colon + 1);
    rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size()));
    if (section_ == Section::Info)
        info(key, trimmed(rest));
    else if (equalsFolded(key, "format"))
        (section_ == Section::Styles ? styleColumns_ : eventColumns_) = columns(rest.substr(0, 4096));
    else if (section_ == Section::Styles && equalsFolded(key, "style"))
        style(rest);
    else if (section_ == Section::Events && equalsFolded(key, "dialogue"))
        dialogue(rest);
}

void AssReader::info(std::string_view key, std::string_view value) {
    if (equalsFolded(key, "playresx"))
        width_ = static_cast<double>(integer(value));
    else if (equalsFolded(key, "playresy"))
        height_ = static_cast<double>(integer(value));
    else if (equalsFolded(key, "wrapstyle"))
        softBreaks_ = integer(value) != 2;
}

void AssReader::style(std::string_view line) {
    if (styles_.size() >= kMostStyles)
        return;
    const auto all = values(line, styleColumns_.size());
    const auto of = [&](std::string_view name) { return value(styleColumns_, all, name); };
    AssOverrides told;
    // What a style says is what override tags say, so one reader does for both.
    const std::string colour(trimmed(of("primarycolour")).substr(0, 32));
    const std::string alignment(trimmed(of("alignment")).substr(0, 4));
    applyAssOverrides((colour.starts_with('&') ? "\\c" + colour : "") + (legacy_ ? "\\a" : "\\an") + alignment, {},
                      told);
    Style& made = styles_[std::string(trimmed(of("name")).substr(0, 256))];
    made.text = {isSet(of("bold")), isSet(of("italic")), isSet(of("underline")), told.style.colour};
    made.alignment = told.alignment > 0 ? told.alignment : 2;
}

void AssReader::dialogue(std::string_view line) {
    if (eventColumns_.empty())
        return;
    const auto all = values(line, eventColumns_.size());
    const auto time = [&](std::string_view name) {
        TextCursor cursor(trimmed(value(eventColumns_, all, name)));
        return readClock(cursor, ".:,");
    };
    const auto start = time("start"), end = time("end");
    if (start && end && *end > *start)
        add(trimmed(value(eventColumns_, all, "style")), value(eventColumns_, all, "text"), *start, *end);
}

void AssReader::event(std::string_view packet, Millis start, Millis end) {
    const auto all = values(packet, 9);
    if (out_.cues.size() < kMostCues)
        add(trimmed(all[2]), all[8], start, end);
}

void AssReader::add(std::string_view styleName, std::string_view text, Millis start, Millis end) {
    if (styleName.starts_with('*'))
        styleName.remove_prefix(1);
    auto named = styles_.find(styleName);
    if (named == styles_.end())
        named = styles_.find(std::string_view("Default"));
    const Style base = named == styles_.end() ? Style() : named->second;
    AssOverrides state;
    state.style = base.text;
    CueText out(colours_);
    TextCursor cursor(text.substr(0, 16 * kMostCueText));
    while (!cursor.atEnd()) {
        const std::string_view rest = cursor.rest().substr(0, kMostBlock);
        const std::size_t end2 = rest.starts_with('{') ? rest.find('}') : std::string_view::npos;
        if (end2 != std::string_view::npos) {
            applyAssOverrides(rest.substr(1, end2 - 1), base.text, state);
            cursor.skip(end2 + 1);
            continue;
        }
        const std::size_t plain = std::min(cursor.rest().find('{', 1), cursor.rest().size());
        if (!state.drawing)
            appendEscaped(out, cursor.rest().substr(0, plain), state.style, softBreaks_);
        cursor.skip(plain);
    }
    Cue cue{start, end, {}, {}, {}};
    cue.settings = place(state, state.alignment > 0 ? state.alignment : base.alignment, out.lines());
    cue.text = out.take();
    if (!cue.text.empty())
        out_.cues.push_back(std::move(cue));
}

std::string AssReader::place(const AssOverrides& state, int alignment, int lines) const {
    if (!state.at)
        return cueSettings(alignment, std::nullopt, lines);
    // Without a size of their own, scripts are written for 384 × 288.
    const double width = width_ > 0 ? width_ : height_ > 0 ? height_ * 4 / 3 : 384;
    const double height = height_ > 0 ? height_ : width_ > 0 ? width_ * 3 / 4 : 288;
    return cueSettings(alignment, CuePoint{state.at->x / width * 100, state.at->y / height * 100}, lines);
}

Subtitles AssReader::take() {
    if (std::string css = colours_.css(); !css.empty())
        out_.styles.push_back(std::move(css));
    return std::move(out_);
}

Subtitles readAss(std::string_view utf8) {
    AssReader reader;
    reader.script(utf8);
    return reader.take();
}

}  // namespace marea::server
