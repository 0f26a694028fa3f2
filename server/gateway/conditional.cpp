#include "server/gateway/conditional.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "server/gateway/text.h"

namespace marea::server {

namespace {

constexpr std::array<std::string_view, 7> kDays = {"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};
constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::int64_t kDaySeconds = 86400;

struct Civil {
    std::int64_t year = 1970;
    unsigned month = 1, day = 1;
};

// Days since 1970 to a date of the Gregorian calendar and back, counting years from March, where the leap day is last.
Civil civilFromDays(std::int64_t days) {
    days += 719468;
    const std::int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    const auto dayOfEra = static_cast<unsigned>(days - era * 146097);
    const unsigned yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365;
    const unsigned dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    const unsigned shifted = (5 * dayOfYear + 2) / 153;
    const unsigned month = shifted < 10 ? shifted + 3 : shifted - 9;
    return {static_cast<std::int64_t>(yearOfEra) + era * 400 + (month <= 2 ? 1 : 0), month,
            dayOfYear - (153 * shifted + 2) / 5 + 1};
}

std::int64_t daysFromCivil(Civil date) {
    const std::int64_t year = date.year - (date.month <= 2 ? 1 : 0);
    const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
    const auto yearOfEra = static_cast<unsigned>(year - era * 400);
    const unsigned dayOfYear = (153 * (date.month > 2 ? date.month - 3 : date.month + 9) + 2) / 5 + date.day - 1;
    return era * 146097 + static_cast<std::int64_t>(yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear) -
           719468;
}

std::optional<unsigned> number(std::string_view text) {
    unsigned value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

std::optional<unsigned> monthNumber(std::string_view name) {
    for (unsigned i = 0; i < kMonths.size(); ++i) {
        if (kMonths[i] == name) {
            return i + 1;
        }
    }
    return std::nullopt;
}

std::string_view opaque(std::string_view tag) {
    return tag.substr(0, 2) == "W/" ? tag.substr(2) : tag;
}
bool isWeak(std::string_view tag) {
    return tag.substr(0, 2) == "W/";
}

// One entity tag from the front of a list; commas may stand inside its quotes. Empty at the end or at nonsense.
std::string_view takeTag(std::string_view& list) {
    while (!list.empty() && (list.front() == ' ' || list.front() == '\t' || list.front() == ',')) {
        list.remove_prefix(1);
    }
    const std::size_t open = isWeak(list) ? 2 : 0;
    if (list.size() <= open || list[open] != '"') {
        return {};
    }
    const std::size_t close = list.find('"', open + 1);
    if (close == std::string_view::npos) {
        return {};
    }
    const std::string_view tag = list.substr(0, close + 1);
    list.remove_prefix(close + 1);
    return tag;
}

bool listed(std::string_view list, std::string_view etag, bool strongly) {
    if (trimmed(list) == "*") {
        return true;
    }
    if (etag.empty() || (strongly && isWeak(etag))) {
        return false;
    }
    for (std::string_view tag = takeTag(list); !tag.empty(); tag = takeTag(list)) {
        if (strongly ? tag == etag : opaque(tag) == opaque(etag)) {
            return true;
        }
    }
    return false;
}

// Whether the answer changed after the time in `field`; nullopt when either is not a date.
std::optional<bool> changedSince(std::string_view field, std::string_view lastModified) {
    const auto since = parseHttpDate(field), modified = parseHttpDate(lastModified);
    return since && modified ? std::optional(*modified > *since) : std::nullopt;
}

// `digits` of them, with zeros before.
void appendDigits(std::string& out, std::int64_t number, int digits) {
    if (digits > 1 || number > 9) {
        appendDigits(out, number / 10, digits - 1);
    }
    out.push_back(static_cast<char>('0' + number % 10));
}

}  // namespace

std::string httpDate(core::TimeMs time) {
    const std::int64_t seconds = time >= 0 ? time / 1000 : (time - 999) / 1000;
    const std::int64_t days = seconds >= 0 ? seconds / kDaySeconds : (seconds - kDaySeconds + 1) / kDaySeconds;
    const auto rest = static_cast<unsigned>(seconds - days * kDaySeconds);
    const Civil date = civilFromDays(days);
    const auto weekday = static_cast<std::size_t>(((days % 7) + 7) % 7);
    std::string text;
    text.reserve(29);
    text.append(kDays[weekday]).append(", ");
    appendDigits(text, date.day, 2);
    text.append(" ").append(kMonths[date.month - 1]).append(" ");
    appendDigits(text, std::max<std::int64_t>(date.year, 0), 4);
    text.push_back(' ');
    appendDigits(text, rest / 3600, 2);
    text.push_back(':');
    appendDigits(text, rest / 60 % 60, 2);
    text.push_back(':');
    appendDigits(text, rest % 60, 2);
    return text.append(" GMT");
}

std::optional<core::TimeMs> parseHttpDate(std::string_view text) {
    if (text.size() != 29 || text.substr(3, 2) != ", " || text[7] != ' ' || text[11] != ' ' || text[16] != ' ' ||
        text[19] != ':' || text[22] != ':' || text.substr(25) != " GMT") {
        return std::nullopt;
    }
    const auto day = number(text.substr(5, 2)), year = number(text.substr(12, 4)), hour = number(text.substr(17, 2)),
               minute = number(text.substr(20, 2)), second = number(text.substr(23, 2)),
               month = monthNumber(text.substr(8, 3));
    if (!day || !year || !hour || !minute || !second || !month || *day < 1 || *day > 31 || *hour > 23 || *minute > 59 ||
        *second > 60) {
        return std::nullopt;
    }
    const std::int64_t days = daysFromCivil({static_cast<std::int64_t>(*year), *month, *day});
    return (days * kDaySeconds + *hour * 3600 + *minute * 60 + *second) * 1000;
}

Precondition evaluate(const Conditions& conditions, const Validators& validators) {
    if (!conditions.ifMatch.empty()) {
        if (!listed(conditions.ifMatch, validators.etag, true)) {
            return Precondition::Failed;
        }
    } else if (!conditions.ifUnmodifiedSince.empty()) {
        if (changedSince(conditions.ifUnmodifiedSince, validators.lastModified).value_or(false)) {
            return Precondition::Failed;
        }
    }
    if (!conditions.ifNoneMatch.empty()) {
        return listed(conditions.ifNoneMatch, validators.etag, false) ? Precondition::NotModified
                                                                      : Precondition::Proceed;
    }
    if (!conditions.ifModifiedSince.empty() &&
        !changedSince(conditions.ifModifiedSince, validators.lastModified).value_or(true)) {
        return Precondition::NotModified;
    }
    return Precondition::Proceed;
}

bool rangeStillValid(const Conditions& conditions, const Validators& validators) {
    if (conditions.ifRange.empty()) {
        return true;
    }
    if (conditions.ifRange.find('"') != std::string::npos) {
        return !isWeak(validators.etag) && conditions.ifRange == validators.etag;
    }
    return !validators.lastModified.empty() && conditions.ifRange == validators.lastModified;
}

}  // namespace marea::server
