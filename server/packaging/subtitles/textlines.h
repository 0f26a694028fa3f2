#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace marea::server {

// The lines of a text one after the other; they end with LF, CR LF or CR.
class TextLines {
public:
    explicit TextLines(std::string_view text) : rest_(text) {}

    bool next(std::string_view& line) {
        if (rest_.empty())
            return false;
        const std::size_t end = rest_.find_first_of("\r\n");
        line = rest_.substr(0, end);
        if (end == std::string_view::npos) {
            rest_ = {};
            return true;
        }
        const bool both = rest_[end] == '\r' && end + 1 < rest_.size() && rest_[end + 1] == '\n';
        rest_.remove_prefix(end + (both ? 2 : 1));
        return true;
    }

private:
    std::string_view rest_;
};

constexpr std::string_view kBlanks = " \t\f\v\r\n";

std::string_view trimmed(std::string_view text);
bool isDigit(char c);
bool isLetter(char c);  // of ASCII
char lower(char c);     // of ASCII
std::string lowered(std::string_view text);
bool equalsFolded(std::string_view a, std::string_view lowerCase);  // without regard to the case of ASCII
bool startsFolded(std::string_view text, std::string_view lowerCase);

// Reads from the front of a text, and takes away what it read.
class TextCursor {
public:
    explicit TextCursor(std::string_view text) : rest_(text) {}

    std::string_view rest() const { return rest_; }
    bool atEnd() const { return rest_.empty(); }
    char peek() const { return rest_.empty() ? '\0' : rest_.front(); }
    void skip(std::size_t count) { rest_.remove_prefix(count < rest_.size() ? count : rest_.size()); }
    void skipBlanks();
    bool take(char c);
    bool take(std::string_view word);
    // Up to and without the first of `any`, or all.
    std::string_view until(std::string_view any);
    std::string_view whileLetters();
    // Digits; nullopt when there are none, or more than `most`.
    std::optional<std::int64_t> number(int most = 9);
    // A decimal number with an optional sign and fraction, within ±10^9.
    std::optional<double> decimal();

private:
    std::string_view rest_;
};

// "1:02:03,450", "02:03.4", with hours of any length up to nine digits, and a fraction of any length after one of
// `separators`. Milliseconds.
std::optional<std::int64_t> readClock(TextCursor& cursor, std::string_view separators);

}  // namespace marea::server
