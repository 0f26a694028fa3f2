#include "server/packaging/subtitles/markup.h"

#include <algorithm>
#include <array>

#include "server/packaging/subtitles/textlines.h"

namespace marea::server {
namespace {

constexpr std::size_t kMostTag = 512;
constexpr std::size_t kDeepest = 16;

bool isHtmlTag(std::string_view name) {
    static constexpr std::array<std::string_view, 26> names = {
        "a",    "b", "big", "body", "br", "c",     "center", "div",    "em",     "font", "h1",  "h2", "i",
        "lang", "p", "rt",  "ruby", "s",  "small", "span",   "strike", "strong", "sub",  "sup", "u",  "v"};
    return std::find(names.begin(), names.end(), name) != names.end();
}

// "\c&H00FFFF&" counts blue first.
std::optional<std::uint32_t> assColour(std::string_view value) {
    TextCursor cursor(value);
    while (cursor.take('&') || cursor.take('H') || cursor.take('h')) {
    }
    std::uint32_t bgr = 0;
    int digits = 0;
    for (; digits < 8 && !cursor.atEnd(); ++digits, cursor.skip(1)) {
        const char c = lower(cursor.peek());
        if (!isDigit(c) && (c < 'a' || c > 'f'))
            break;
        bgr = bgr << 4 | static_cast<std::uint32_t>(isDigit(c) ? c - '0' : c - 'a' + 10);
    }
    if (digits == 0)
        return std::nullopt;
    const std::uint32_t rgb = (bgr & 0xFF) << 16 | (bgr & 0xFF00) | (bgr >> 16 & 0xFF);
    return rgb == 0xFFFFFF ? kNoColour : rgb;
}

// The numbers of "(150,50.5)", at most four.
std::vector<double> arguments(std::string_view text) {
    std::vector<double> found;
    TextCursor cursor(text);
    for (cursor.skipBlanks(), cursor.take('('); found.size() < 4; cursor.take(',')) {
        cursor.skipBlanks();
        const auto value = cursor.decimal();
        if (!value)
            break;
        found.push_back(*value);
        cursor.skipBlanks();
    }
    return found;
}

// "\a" counts from the left below, 5 above, 9 in the middle.
int legacyAlignment(std::int64_t value) {
    const int column = static_cast<int>(value & 3);
    if (column == 0)
        return 0;
    return column + ((value & 4) ? 6 : (value & 8) ? 3 : 0);
}

void setAlignment(std::string_view name, std::string_view value, AssOverrides& state) {
    TextCursor cursor(value);
    cursor.skipBlanks();
    const std::int64_t number = cursor.number(2).value_or(0);
    const int alignment = name == "an" ? static_cast<int>(number) : legacyAlignment(number);
    if (alignment >= 1 && alignment <= 9)
        state.alignment = alignment;
}

void applyTag(std::string_view name, std::string_view value, const TextStyle& reset, AssOverrides& state) {
    TextCursor cursor(value);
    const std::int64_t number = cursor.number(9).value_or(-1);
    if (name == "b") {
        state.style.bold = number < 0 ? reset.bold : number == 1 || number >= 600;
    } else if (name == "i") {
        state.style.italic = number < 0 ? reset.italic : number != 0;
    } else if (name == "u") {
        state.style.underline = number < 0 ? reset.underline : number != 0;
    } else if (name == "c" || name == "1c") {
        state.style.colour = assColour(value).value_or(reset.colour);
    } else if (name == "an" || name == "a") {
        setAlignment(name, value, state);
    } else if (name == "p") {
        state.drawing = number > 0;
    } else if (name == "pos" || name == "move") {
        const auto numbers = arguments(value);
        if (numbers.size() >= 2)  // of a movement, where it ends
            state.at = numbers.size() == 4 ? CuePoint{numbers[2], numbers[3]} : CuePoint{numbers[0], numbers[1]};
    } else if (name.starts_with('r') && name != "rnd") {
        state.style = reset;
    }
}

}  // namespace

void applyAssOverrides(std::string_view block, const TextStyle& reset, AssOverrides& state) {
    TextCursor cursor(block);
    cursor.until("\\");
    while (cursor.take('\\')) {
        cursor.skipBlanks();
        const std::string_view rest = cursor.rest();
        const std::size_t digit = !rest.empty() && isDigit(rest.front()) ? 1 : 0;
        cursor.skip(digit);
        const std::string_view letters = cursor.whileLetters();
        const std::string_view name = rest.substr(0, digit + letters.size());
        std::string_view value = cursor.until("\\(");
        if (cursor.peek() == '(') {  // the tags inside "\t(…)" come about later, or never
            const std::string_view inside = cursor.until(")");
            value = value.empty() || trimmed(value).empty() ? inside : value;
            cursor.until("\\");
        }
        applyTag(name, value, reset, state);
    }
}

void MarkupReader::add(std::string_view text) {
    if (overrides_ && overrides_->drawing)
        return;
    TextStyle style = style_;
    if (overrides_) {
        style.bold |= overrides_->style.bold;
        style.italic |= overrides_->style.italic;
        style.underline |= overrides_->style.underline;
        if (style.colour == kNoColour)
            style.colour = overrides_->style.colour;
    }
    if (blanks_ == Blanks::Collapse)
        out_->appendCollapsed(text, style);
    else
        out_->append(text, style);
}

void MarkupReader::read(std::string_view text) {
    TextCursor cursor(text);
    while (!cursor.atEnd()) {
        if (const std::string_view plain = cursor.until("<&{"); !plain.empty())
            add(plain);
        const std::string_view rest = cursor.rest().substr(0, kMostTag);
        if (rest.empty())
            break;
        std::size_t length = 1;
        if (rest.front() == '&') {
            const std::string character = decodeReference(rest, length);
            add(character.empty() ? rest.substr(0, length = 1) : std::string_view(character));
        } else if (const std::size_t end = rest.find(rest.front() == '<' ? '>' : '}'); end == std::string_view::npos) {
            add(rest.substr(0, 1));
        } else if (rest.front() == '<' && tag(rest.substr(1, end - 1))) {
            length = end + 1;
        } else if (rest.front() == '{' && overrides_ && rest[1] == '\\') {
            applyAssOverrides(rest.substr(1, end - 1), {}, *overrides_);
            length = end + 1;
        } else {
            add(rest.substr(0, 1));
        }
        cursor.skip(length);
    }
}

bool MarkupReader::tag(std::string_view inside) {
    if (inside.starts_with('!') || inside.starts_with('?') || inside.starts_with("--"))
        return true;
    TextCursor cursor(inside);
    const bool ends = cursor.take('/');
    const std::string name = lowered(cursor.until(" \t\r\n/.="));
    if (!isHtmlTag(name))
        return false;
    if (name == "br")
        out_->lineBreak();
    else if (ends)
        endTag(name);
    else
        startTag(name, inside);
    return true;
}

void MarkupReader::startTag(std::string_view name, std::string_view inside) {
    if (open_.size() >= kDeepest)
        return;
    open_.push_back({std::string(name), style_});
    if (name == "b" || name == "strong")
        style_.bold = true;
    else if (name == "i" || name == "em")
        style_.italic = true;
    else if (name == "u")
        style_.underline = true;
    else if (name == "font")
        style_.colour = parseColour(markupAttribute(inside, "color")).value_or(style_.colour);
}

void MarkupReader::endTag(std::string_view name) {
    const auto found = std::find_if(open_.rbegin(), open_.rend(), [&](const Open& o) { return o.name == name; });
    if (found == open_.rend())
        return;
    style_ = found->before;
    open_.erase(std::next(found).base(), open_.end());
}

std::string_view markupAttribute(std::string_view inside, std::string_view lowerName) {
    TextCursor cursor(inside);
    cursor.until(kBlanks);
    for (cursor.skipBlanks(); !cursor.atEnd(); cursor.skipBlanks()) {
        const std::string_view name = cursor.until(" \t\f\v\r\n=");
        cursor.skipBlanks();
        if (!cursor.take('=')) {
            continue;
        }
        cursor.skipBlanks();
        const char quote = cursor.peek();
        std::string_view value;
        if (quote == '"' || quote == '\'') {
            cursor.skip(1);
            value = cursor.until(std::string_view(&quote, 1));
            cursor.skip(1);
        } else {
            value = cursor.until(kBlanks);
        }
        if (equalsFolded(name, lowerName))
            return value;
    }
    return {};
}

}  // namespace marea::server
