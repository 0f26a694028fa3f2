#include "server/packaging/subtitles/textlines.h"

#include <algorithm>

namespace marea::server {
namespace {

// The digits of a fraction as thousandths; later ones are read and left.
std::int64_t thousandths(TextCursor& cursor) {
    std::int64_t value = 0, unit = 100;
    for (; isDigit(cursor.peek()); cursor.skip(1)) {
        value += (cursor.peek() - '0') * unit;
        unit /= 10;
    }
    return value;
}

}  // namespace

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(kBlanks);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

bool isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

std::string lowered(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), lower);
    return out;
}

bool equalsFolded(std::string_view a, std::string_view lowerCase) {
    return a.size() == lowerCase.size() && startsFolded(a, lowerCase);
}

bool startsFolded(std::string_view text, std::string_view lowerCase) {
    return text.size() >= lowerCase.size() &&
           std::equal(lowerCase.begin(), lowerCase.end(), text.begin(), [](char l, char t) { return l == lower(t); });
}

void TextCursor::skipBlanks() {
    skip(std::min(rest_.find_first_not_of(kBlanks), rest_.size()));
}

bool TextCursor::take(char c) {
    if (rest_.empty() || rest_.front() != c)
        return false;
    skip(1);
    return true;
}

bool TextCursor::take(std::string_view word) {
    if (!rest_.starts_with(word))
        return false;
    skip(word.size());
    return true;
}

std::string_view TextCursor::until(std::string_view any) {
    const std::string_view found = rest_.substr(0, rest_.find_first_of(any));
    skip(found.size());
    return found;
}

std::string_view TextCursor::whileLetters() {
    std::size_t count = 0;
    while (count < rest_.size() && isLetter(rest_[count]))
        ++count;
    const std::string_view found = rest_.substr(0, count);
    skip(count);
    return found;
}

std::optional<std::int64_t> TextCursor::number(int most) {
    std::int64_t value = 0;
    int digits = 0;
    for (; isDigit(peek()) && digits <= most; ++digits, skip(1))
        value = value * 10 + (peek() - '0');
    return digits > 0 && digits <= most ? std::optional(value) : std::nullopt;
}

std::optional<double> TextCursor::decimal() {
    const bool negative = take('-');
    if (!negative)
        take('+');
    const bool bare = peek() == '.';
    const auto whole = bare ? std::optional<std::int64_t>(0) : number();
    if (!whole)
        return std::nullopt;
    double value = static_cast<double>(*whole), unit = 0.1;
    if (peek() == '.' && rest_.size() > 1 && isDigit(rest_[1])) {
        for (skip(1); isDigit(peek()); skip(1), unit /= 10)
            value += (peek() - '0') * unit;
    } else if (bare) {
        return std::nullopt;
    }
    return negative ? -value : value;
}

std::optional<std::int64_t> readClock(TextCursor& cursor, std::string_view separators) {
    std::int64_t parts[3] = {};
    int count = 0;
    do {
        const auto part = cursor.number();
        if (!part)
            return std::nullopt;
        parts[count++] = *part;
    } while (count < 3 && cursor.take(':'));
    if (count < 2)
        return std::nullopt;
    const std::int64_t hours = count == 3 ? parts[0] : 0, minutes = parts[count - 2], seconds = parts[count - 1];
    std::int64_t value = ((hours * 60 + minutes) * 60 + seconds) * 1000;
    const bool fraction = !cursor.atEnd() && separators.find(cursor.peek()) != std::string_view::npos &&
                          cursor.rest().size() > 1 && isDigit(cursor.rest()[1]);
    if (fraction) {
        cursor.skip(1);
        value += thousandths(cursor);
    }
    return value;
}

}  // namespace marea::server
