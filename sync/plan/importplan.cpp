#include "sync/plan/importplan.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <tuple>
#include <unordered_map>

#include "sync/plan/libraryfile.h"

namespace marea::sync {

namespace {

constexpr std::array<std::string_view, 22> kTaken{"jpg", "jpeg", "heic", "heif", "png", "webp", "gif", "avif",
                                                  "dng", "cr2",  "cr3",  "nef",  "arw", "raf",  "orf", "rw2",
                                                  "mp4", "mov",  "3gp",  "mts",  "m4v", "avi"};

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string lowered(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), lower);
    return result;
}

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

std::optional<std::string> day(int year, unsigned month, unsigned date) {
    using namespace std::chrono;
    const year_month_day whole{std::chrono::year(year), std::chrono::month(month), std::chrono::day(date)};
    if (year < 1990 || year > 2100 || !whole.ok()) {
        return std::nullopt;
    }
    std::array<char, 48> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", year, month, date);
    return text.data();
}

// Eight digits in a row that are a day, "20240709", or with a dash or an underline between: "2024-07-09".
std::optional<std::string> dayInName(std::string_view name) {
    for (std::size_t at = 0; at < name.size(); ++at) {
        if (at > 0 && isDigit(name[at - 1])) {
            continue;
        }
        std::string digits;
        std::size_t end = at;
        while (end < name.size() && digits.size() < 8 &&
               (isDigit(name[end]) ||
                ((name[end] == '-' || name[end] == '_') && (digits.size() == 4 || digits.size() == 6)))) {
            if (isDigit(name[end])) {
                digits.push_back(name[end]);
            }
            ++end;
        }
        if (digits.size() == 8 && !(end < name.size() && isDigit(name[end]))) {
            const auto number = [&](std::size_t from, std::size_t count) {
                return std::stoi(digits.substr(from, count));
            };
            if (auto found =
                    day(number(0, 4), static_cast<unsigned>(number(4, 2)), static_cast<unsigned>(number(6, 2)))) {
                return found;
            }
        }
    }
    return std::nullopt;
}

std::optional<std::string> dayOfTime(core::TimeMs time) {
    using namespace std::chrono;
    if (time <= 0) {
        return std::nullopt;
    }
    const year_month_day date(floor<days>(sys_time<milliseconds>(milliseconds(time))));
    return day(static_cast<int>(date.year()), static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

// FAT keeps the time of a clock on the wall, to two seconds: in another time zone, or in summer, all of it is another.
bool isTheSameMoment(core::TimeMs a, core::TimeMs b) {
    constexpr core::TimeMs kGrain = 2000, kZones = 15 * 60 * 1000, kMost = 26 * 60 * 60 * 1000;
    const core::TimeMs apart = a > b ? a - b : b - a, rest = apart % kZones;
    return apart == 0 || (a > 0 && b > 0 && apart <= kMost + kGrain && (rest <= kGrain || kZones - rest <= kGrain));
}

// Files that are known, by what a mark says but for the time.
class KnownMarks {
public:
    explicit KnownMarks(const std::unordered_set<std::string>& marks) {
        for (const std::string& mark : marks) {
            const std::size_t at = mark.rfind('|');
            core::TimeMs time = 0;
            const char* const end = mark.data() + mark.size();
            if (at != std::string::npos && std::from_chars(mark.data() + at + 1, end, time).ptr == end) {
                times_.emplace(std::string_view(mark).substr(0, at), time);
            }
        }
    }
    bool has(std::string_view mark, core::TimeMs time) const {
        const auto [begin, end] = times_.equal_range(mark.substr(0, mark.rfind('|')));
        return std::any_of(begin, end, [time](const auto& one) { return isTheSameMoment(one.second, time); });
    }

private:
    std::unordered_multimap<std::string_view, core::TimeMs> times_;
};

std::string_view nameOf(std::string_view path) {
    return path.substr(path.rfind('/') + 1);
}

bool isBelowPictures(std::string_view lowered) {
    return lowered.substr(0, 5) == "dcim/" || lowered.find("/dcim/") != std::string_view::npos;
}

}  // namespace

std::string importMark(std::string_view device, const ListedFile& file) {
    return std::string(device) + '|' + file.path + '|' + std::to_string(file.size) + '|' +
           std::to_string(file.modified);
}

bool isTaken(std::string_view path) {
    const std::string whole = lowered(path);
    const std::string_view name = nameOf(whole);
    const std::size_t dot = name.rfind('.');
    const bool isHidden = whole.front() == '.' || whole.find("/.") != std::string::npos;
    return isBelowPictures(whole) && !isHidden && isPlainPath(path) && dot != std::string_view::npos &&
           std::find(kTaken.begin(), kTaken.end(), name.substr(dot + 1)) != kTaken.end();
}

std::optional<std::string> dayOf(const ListedFile& file) {
    auto named = dayInName(nameOf(file.path));
    return named ? named : dayOfTime(file.modified);
}

std::vector<std::string> closedToImport(const std::vector<ListedFile>& listed) {
    std::vector<std::string> closed;
    for (const ListedFile& file : listed) {
        if (file.isClosed && isBelowPictures(lowered(file.path) + "/")) {
            closed.push_back(file.path);
        }
    }
    return closed;
}

std::vector<ImportStep> importPlan(std::string_view device, const std::vector<ListedFile>& listed,
                                   const std::unordered_set<std::string>& known) {
    const KnownMarks marks(known);
    std::vector<ImportStep> steps;
    for (const ListedFile& file : listed) {
        if (file.isClosed || !isTaken(file.path)) {
            continue;
        }
        std::string mark = importMark(device, file);
        if (marks.has(mark, file.modified)) {
            continue;
        }
        const auto date = dayOf(file);
        const std::string folder = date ? date->substr(0, 4) + "/" + *date : "undated";
        const std::string name = nameOnDevice(nameOf(file.path), NameKind::Fat);  // the folder may be carried elsewhere
        steps.push_back({file, std::move(mark), folder + "/" + name});
    }
    std::sort(steps.begin(), steps.end(), [](const ImportStep& a, const ImportStep& b) {
        return std::tie(a.to, a.file.path) < std::tie(b.to, b.file.path);
    });
    return steps;
}

}  // namespace marea::sync
