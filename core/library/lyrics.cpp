#include "core/library/lyrics.h"

#include <algorithm>
#include <charconv>
#include <QString>
#include <QStringDecoder>

#include "core/library/text.h"

namespace marea::core::library {

namespace {

constexpr std::size_t kMaxLines = 20'000;

std::string asUtf8(std::string_view bytes) {
    const auto size = static_cast<qsizetype>(bytes.size());
    const QByteArrayView view(bytes.data(), size);
    if (const auto encoding = QStringConverter::encodingForData(view)) {
        return QStringDecoder(*encoding).decode(view).operator QString().toStdString();
    }
    QStringDecoder utf8(QStringDecoder::Utf8, QStringConverter::Flag::Stateless);
    const QString text = utf8.decode(view);
    return utf8.hasError() ? QString::fromLatin1(view).toStdString() : text.toStdString();
}

std::optional<double> number(std::string_view text) {
    if (text.empty() || text.size() > 9) {
        return std::nullopt;
    }
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
    return error == std::errc() && end == text.data() + text.size() && value >= 0 ? std::optional(value) : std::nullopt;
}

// "mm:ss", "mm:ss.xx", "mm:ss:xx" or "hh:mm:ss.xx".
std::optional<double> stamp(std::string_view text) {
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos || text.find_first_not_of("0123456789:.") != std::string_view::npos) {
        return std::nullopt;
    }
    std::string rest(text.substr(colon + 1));
    const auto first = number(text.substr(0, colon));
    if (const std::size_t second = rest.find(':'); second != std::string::npos) {
        if (rest.find('.') == std::string::npos) {
            rest[second] = '.';
        } else {
            const auto minutes = number(std::string_view(rest).substr(0, second));
            const auto seconds = number(std::string_view(rest).substr(second + 1));
            return first && minutes && seconds ? std::optional(*first * 3600 + *minutes * 60 + *seconds) : std::nullopt;
        }
    }
    const auto seconds = number(rest);
    return first && seconds ? std::optional(*first * 60 + *seconds) : std::nullopt;
}

std::string withoutWordStamps(std::string_view text) {
    std::string result;
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t end = text[i] == '<' ? text.find('>', i) : std::string_view::npos;
        if (end != std::string_view::npos && stamp(text.substr(i + 1, end - i - 1))) {
            i = end + 1;
        } else {
            result.push_back(text[i++]);
        }
    }
    return trimmed(result);
}

struct Parser {
    Lyrics lyrics;
    std::vector<LyricsLine> plain;
    double offset = 0;  // seconds, added to every start

    void line(std::string_view text) {
        std::vector<double> starts;
        bool tag = false;
        std::string_view rest = text;
        while (!rest.empty() && rest.front() == '[') {
            const std::size_t end = rest.find(']');
            if (end == std::string_view::npos) {
                break;
            }
            const std::string_view inside = rest.substr(1, end - 1);
            if (const auto start = stamp(inside)) {
                starts.push_back(*start);
            } else if (starts.empty() && isTag(inside)) {
                tag = true;
            } else {
                break;
            }
            rest.remove_prefix(end + 1);
        }
        for (const double start : starts) {
            lyrics.lines.push_back({start, withoutWordStamps(rest)});
        }
        if (starts.empty() && !tag) {
            plain.push_back({std::nullopt, trimmed(text)});
        }
    }

    bool isTag(std::string_view inside) {
        for (const std::string_view name :
             {"ar", "al", "ti", "au", "by", "re", "ve", "length", "la", "offset", "tool", "#"}) {
            if (startsWithNoCase(inside, name) && inside.size() > name.size() && inside[name.size()] == ':') {
                if (name == "offset") {
                    readOffset(trimmed(inside.substr(name.size() + 1)));
                }
                return true;
            }
        }
        return false;
    }

    // A positive offset makes lines appear earlier.
    void readOffset(std::string text) {
        const bool negative = text.starts_with('-');
        if (negative || text.starts_with('+')) {
            text.erase(0, 1);
        }
        offset = number(text).value_or(0) / 1000 * (negative ? 1 : -1);
    }
};

}  // namespace

Lyrics parseLyrics(std::string_view bytes) {
    const std::string text = asUtf8(bytes);
    Parser parser;
    std::size_t start = 0;
    while (start < text.size() && parser.plain.size() + parser.lyrics.lines.size() < kMaxLines) {
        const std::size_t end = std::min(text.find('\n', start), text.size());
        parser.line(trimmed(std::string_view(text).substr(start, end - start)));
        start = end + 1;
    }
    Lyrics& lyrics = parser.lyrics;
    lyrics.synced = !lyrics.lines.empty();
    if (!lyrics.synced) {
        lyrics.lines = std::move(parser.plain);
        while (!lyrics.lines.empty() && lyrics.lines.back().text.empty()) {
            lyrics.lines.pop_back();
        }
        return std::move(lyrics);
    }
    for (LyricsLine& line : lyrics.lines) {
        line.start = std::max(0.0, *line.start + parser.offset);
    }
    std::stable_sort(lyrics.lines.begin(), lyrics.lines.end(),
                     [](const LyricsLine& a, const LyricsLine& b) { return *a.start < *b.start; });
    return std::move(lyrics);
}

}  // namespace marea::core::library
