#include "core/library/contentrating.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace marea::core::library {

namespace {

constexpr int kOldest = 21;  // the highest age that any system knows

// Ratings in words, without spaces and signs. PG: the BBFC takes it for children of about eight; "M": Australia.
constexpr std::array<std::pair<std::string_view, int>, 31> kWords = {{
    {"G", 0},         {"PG", 8},     {"R", 17},     {"NC17", 18}, {"X", 18},     {"XXX", 18},   {"TVY", 0},
    {"TVG", 0},       {"TVPG", 10},  {"TVMA", 17},  {"U", 0},     {"UC", 0},     {"M", 15},     {"AL", 0},
    {"L", 0},         {"TP", 0},     {"APTA", 0},   {"OA", 0},    {"FSKOA", 0},  {"BTL", 0},    {"TOUSPUBLICS", 0},
    {"LIVRE", 0},     {"BBFCU", 0},  {"BBFCPG", 8}, {"MPAAG", 0}, {"MPAAPG", 8}, {"MPAAR", 17}, {"EXPLICIT", 18},
    {"MPAANC17", 18}, {"ADULT", 18}, {"CLEAN", 0},
}};

// What may stand before and after an age. Anything else may be prose, of which a number says nothing.
constexpr std::array<std::string_view, 35> kBefore = {
    "",   "FSK", "USK", "PEGI",  "BBFC",   "PG",          "TV", "TVY", "TVPG", "MA", "R",   "X",
    "VM", "K",   "AB",  "FSKAB", "MPAAPG", "CERTIFICATE", "DE", "GB",  "UK",   "US", "USA", "ES",
    "FR", "NL",  "IT",  "IE",    "AU",     "CA",          "SE", "FI",  "NO",   "DK", "AT"};
constexpr std::array<std::string_view, 12> kAfter = {"",      "A",   "PG",   "PLUS",  "FV", "JAHREN",
                                                     "JAHRE", "ANS", "AÑOS", "YEARS", "UP", "ALVO"};
constexpr std::array<std::string_view, 11> kCountries = {"US", "USA", "GB", "UK", "DE", "AU",
                                                         "CA", "IE",  "NZ", "ES", "FR"};

template <std::size_t N>
bool isOneOf(const std::array<std::string_view, N>& list, std::string_view text) {
    return std::find(list.begin(), list.end(), text) != list.end();
}

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

// "Rated PG-13 for violence" → "PG-13"; "USA:R", "us/R" and "US-R" → "R".
std::string_view bare(std::string_view text, std::string& upper) {
    upper.clear();
    for (const char c : text) {
        upper += c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    }
    std::string_view rest = upper;
    rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size()));
    if (rest.starts_with("RATED ")) {
        rest.remove_prefix(6);
        rest = rest.substr(0, rest.find(' '));
    }
    if (const auto colon = rest.rfind(':'); colon != rest.npos) {
        rest.remove_prefix(colon + 1);
    }
    const auto mark = rest.find_first_of("/-");
    if (mark != rest.npos && isOneOf(kCountries, rest.substr(0, mark))) {
        rest.remove_prefix(mark + 1);
    }
    return rest;
}

std::optional<int> ageOfWord(std::string_view plain) {
    const auto word = std::find_if(kWords.begin(), kWords.end(), [&](const auto& one) { return one.first == plain; });
    if (word != kWords.end()) {
        return word->second;
    }
    const auto first = std::find_if(plain.begin(), plain.end(), isDigit);
    const auto last = std::find_if_not(first, plain.end(), isDigit);
    const std::string_view before(plain.begin(), first), digits(first, last), after(last, plain.end());
    if (digits.empty() || digits.size() > 2 || !isOneOf(kBefore, before) || !isOneOf(kAfter, after)) {
        return std::nullopt;
    }
    const int age = std::stoi(std::string(digits));
    return age <= kOldest ? std::optional(age) : std::nullopt;
}

std::optional<int> ageOfOne(std::string_view text) {
    std::string upper, plain;
    for (const char c : bare(text, upper)) {
        if (std::string_view(" \t-_.+()").find(c) == std::string_view::npos) {
            plain += c;
        }
    }
    return ageOfWord(plain);
}

}  // namespace

std::optional<int> ageOfRating(std::string_view rating) {
    if (const auto bar = rating.find('|'); bar != rating.npos) {  // iTunes: system, rating, rank
        rating.remove_prefix(bar + 1);
        rating = rating.substr(0, rating.find('|'));
    }
    std::optional<int> strictest;
    while (!rating.empty()) {
        std::size_t end = std::min(rating.find_first_of(",;"), rating.size());
        end = std::min(end, rating.find(" / "));
        if (const auto age = ageOfOne(rating.substr(0, end))) {
            strictest = std::max(strictest.value_or(0), *age);
        }
        rating.remove_prefix(end);
        rating.remove_prefix(std::min(rating.find_first_not_of(",; /"), rating.size()));
    }
    return strictest;
}

}  // namespace marea::core::library
