#include <algorithm>
#include <array>
#include <vector>

#include "server/packaging/subtitles/cue.h"
#include "server/packaging/subtitles/textlines.h"
#include "server/packaging/subtitles/webvtt.h"

namespace marea::server {
namespace {

constexpr std::size_t kMostTag = 512;
constexpr std::size_t kDeepest = 16;

bool isCueTag(std::string_view name) {
    static constexpr std::array<std::string_view, 8> names = {"c", "i", "b", "u", "ruby", "rt", "v", "lang"};
    return std::find(names.begin(), names.end(), name) != names.end();
}

bool isWord(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(),
                                        [](char c) { return static_cast<unsigned char>(c) > 0x20 && c != 0x7F; });
}

// W3C WebVTT section 4.2.2.
class CueTextCleaner {
public:
    std::string clean(std::string_view text) {
        TextCursor cursor(text.substr(0, 4 * kMostCueText));
        while (!cursor.atEnd()) {
            plain(cursor.until("<&\r\n"));
            if (cursor.atEnd())
                break;
            if (cursor.peek() == '<')
                tag(cursor);
            else if (cursor.peek() == '&')
                reference(cursor);
            else
                lineBreak(cursor);
        }
        while (!open_.empty())
            closeLast();
        while (out_.ends_with('\n'))
            out_.pop_back();
        return std::move(out_);
    }

private:
    void plain(std::string_view text) {
        for (const char c : text) {
            const auto code = static_cast<unsigned char>(c);
            if (c == '>')
                out_ += "&gt;";
            else if ((code >= 0x20 && code != 0x7F) || c == '\t')
                out_.push_back(c);
        }
    }

    void lineBreak(TextCursor& cursor) {
        cursor.skip(1);
        if (!out_.empty() && out_.back() != '\n' && !cursor.atEnd())
            out_.push_back('\n');
    }

    void reference(TextCursor& cursor) {
        const std::string_view rest = cursor.rest().substr(0, 12);
        const std::size_t end =
            rest.find_first_not_of("#0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", 1);
        const bool whole = end != std::string_view::npos && end > 1 && rest[end] == ';';
        out_ += whole ? "&" : "&amp;";
        cursor.skip(1);
    }

    void tag(TextCursor& cursor) {
        const std::string_view rest = cursor.rest().substr(0, kMostTag);
        const std::size_t end = rest.find('>');
        const bool named = rest.size() > 1 && (isLetter(rest[1]) || isDigit(rest[1]) || rest[1] == '/');
        if (end == std::string_view::npos || !named) {
            out_ += "&lt;";
            cursor.skip(1);
            return;
        }
        const std::string_view inside = rest.substr(1, end - 1);
        cursor.skip(end + 1);
        if (inside.starts_with('/'))
            close(inside.substr(1));
        else if (isDigit(inside.front()))
            timestamp(inside);
        else
            start(inside);
    }

    void timestamp(std::string_view inside) {
        TextCursor cursor(inside);
        if (readClock(cursor, ".") && cursor.atEnd())
            (out_ += "<").append(inside) += ">";
    }

    void start(std::string_view inside) {
        TextCursor cursor(inside);
        const std::string_view name = cursor.until(". \t\n\r");
        if (!isCueTag(name) || open_.size() >= kDeepest)
            return;
        (out_ += "<").append(name);
        while (cursor.take('.')) {
            if (const std::string_view word = cursor.until(". \t\n\r&<"); isWord(word)) {
                out_ += ".";
                std::for_each(word.begin(), word.end(), [this](char c) { putInTag(c); });
            }
        }
        if (name == "v" || name == "lang")
            annotation(cursor.rest());
        out_ += ">";
        open_.push_back(name);
    }

    void putInTag(char c) {
        if (c == '<')
            out_ += "&lt;";
        else if (c != '-' || out_.back() != '-')  // the tag's end would make it "-->"
            out_ += c;
    }

    // Words with single blanks between them.
    void annotation(std::string_view said) {
        bool blank = true;
        for (const char c : said) {
            if (static_cast<unsigned char>(c) <= 0x20 || c == 0x7F) {
                blank = true;
                continue;
            }
            out_ += blank ? " " : "";
            putInTag(c);
            blank = false;
        }
    }

    void close(std::string_view name) {
        const auto found = std::find(open_.rbegin(), open_.rend(), name);
        if (found == open_.rend())
            return;
        for (auto levels = found - open_.rbegin(); levels >= 0; --levels)
            closeLast();
    }

    void closeLast() {
        ((out_ += "</") += open_.back()) += ">";
        open_.pop_back();
    }

    std::string out_;
    std::vector<std::string_view> open_;
};

// number, or with '%' at its end; then an alignment after a comma.
bool isPlace(std::string_view value, bool mustBePercent, std::string_view alignments) {
    TextCursor cursor(value);
    const auto number = cursor.decimal();
    if (!number)
        return false;
    const bool isPercent = cursor.take('%');
    if ((isPercent && (*number < 0 || *number > 100)) || (mustBePercent && !isPercent))
        return false;
    if (!cursor.take(','))
        return cursor.atEnd();
    return !cursor.atEnd() &&
           (" " + std::string(alignments) + " ").find(" " + std::string(cursor.rest()) + " ") != std::string::npos;
}

// Section 4.4. Older drafts said "middle" for "center", and "start" and "end" in places.
std::string cleanSetting(std::string_view name, std::string_view value) {
    std::string fixed(value);
    if (const std::size_t old = fixed.find("middle"); old != std::string::npos)
        fixed.replace(old, 6, "center");
    bool good = false;
    if (name == "vertical")
        good = fixed == "rl" || fixed == "lr";
    else if (name == "line")
        good = isPlace(fixed, false, "start center end");
    else if (name == "size")
        good = isPlace(fixed, true, "");
    else if (name == "align")
        good = fixed == "start" || fixed == "center" || fixed == "end" || fixed == "left" || fixed == "right";
    else if (name == "region")
        good = !fixed.empty() && fixed.find("-->") == std::string::npos;
    else if (name == "position") {
        for (const auto& [old, now] : {std::pair{",start", ",line-left"}, std::pair{",end", ",line-right"}}) {
            if (fixed.ends_with(old))
                fixed.replace(fixed.rfind(','), std::string::npos, now);
        }
        good = isPlace(fixed, true, "line-left center line-right");
    }
    return good ? std::string(name) + ":" + fixed : std::string();
}

}  // namespace

std::string cleanCueText(std::string_view text) {
    return CueTextCleaner().clean(text);
}

std::string cleanCueSettings(std::string_view settings) {
    std::string out, seen = " ";
    TextCursor cursor(settings.substr(0, 1024));
    for (cursor.skipBlanks(); !cursor.atEnd(); cursor.skipBlanks()) {
        const std::string_view word = cursor.until(kBlanks);
        const std::size_t colon = word.find(':');
        if (colon == std::string_view::npos)
            continue;
        const std::string_view name = word.substr(0, colon);
        const std::string setting = cleanSetting(name, word.substr(colon + 1));
        if (setting.empty() || seen.find(" " + std::string(name) + " ") != std::string::npos)
            continue;
        seen += std::string(name) + " ";
        (out += out.empty() ? "" : " ") += setting;
    }
    return out;
}

std::string cleanCueId(std::string_view id) {
    constexpr std::size_t kMostId = 256;
    id = trimmed(id);
    const bool isPlain =
        std::none_of(id.begin(), id.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; });
    const bool isBlock = id.starts_with("NOTE") || id == "STYLE" || id == "REGION" || id.starts_with("WEBVTT");
    const bool good = isPlain && !isBlock && id.size() <= kMostId && id.find("-->") == std::string_view::npos;
    return good ? std::string(id) : std::string();
}

}  // namespace marea::server
