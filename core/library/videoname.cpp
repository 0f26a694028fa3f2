#include "core/library/videoname.h"

#include <algorithm>
#include <array>
#include <unordered_set>

#include "core/library/text.h"

namespace marea::core::library {

namespace {

bool isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}
char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}
bool isSeparator(char c) {
    return c == ' ' || c == '.' || c == '_' || c == '-';
}

struct Digits {
    int value = 0;
    std::size_t end = 0, count = 0;
};

// The digits from `at`; nullopt when there are none, or more than `most`.
std::optional<Digits> digits(std::string_view text, std::size_t at, std::size_t most) {
    Digits found;
    found.end = at;
    while (found.end < text.size() && isDigit(text[found.end])) {
        if (++found.count > most) {
            return std::nullopt;
        }
        found.value = found.value * 10 + (text[found.end++] - '0');
    }
    return found.count > 0 ? std::optional(found) : std::nullopt;
}

bool wordStarts(std::string_view text, std::size_t at) {
    return at == 0 || (!isLetter(text[at - 1]) && !isDigit(text[at - 1]));
}
bool wordEnds(std::string_view text, std::size_t at) {
    return at >= text.size() || (!isLetter(text[at]) && !isDigit(text[at]));
}

// Where in a name an episode stands, and which.
struct Marker {
    std::size_t start = 0, end = 0;
    int season = 0, episode = 0, last = 0;
    bool dated = false;
};

// "E03", "-E03", "-03" right after an episode's number, with 'e' or 'x' as the letter.
void readLastEpisode(std::string_view text, char letter, Marker& marker) {
    while (marker.end < text.size()) {
        std::size_t at = marker.end;
        const bool dash = text[at] == '-';
        at += dash ? 1 : 0;
        const bool lettered = at < text.size() && lower(text[at]) == letter;
        at += lettered ? 1 : 0;
        const auto next = dash || lettered ? digits(text, at, 3) : std::nullopt;
        // A bare number is the last episode only when it could be: not the 720 of "-720p".
        const bool ends = next && (wordEnds(text, next->end) || lower(text[next->end]) == letter);
        if (!ends || next->value <= marker.last || (!lettered && next->value > marker.episode + 10)) {
            return;
        }
        marker.last = next->value;
        marker.end = next->end;
    }
}

// S01E02, s1 e2, S01.E02, S01E02-E03
std::optional<Marker> seasonEpisodeAt(std::string_view text, std::size_t at) {
    if (lower(text[at]) != 's' || !wordStarts(text, at)) {
        return std::nullopt;
    }
    const auto season = digits(text, at + 1, 4);
    if (!season) {
        return std::nullopt;
    }
    std::size_t e = season->end;
    while (e < text.size() && isSeparator(text[e]) && e < season->end + 3) {
        ++e;
    }
    if (e >= text.size() || lower(text[e]) != 'e') {
        return std::nullopt;
    }
    if (e + 1 < text.size() && lower(text[e + 1]) == 'p') {
        ++e;  // "S01EP02"
    }
    const auto episode = digits(text, e + 1, 4);
    if (!episode) {
        return std::nullopt;
    }
    Marker marker{at, episode->end, season->value, episode->value, episode->value, false};
    readLastEpisode(text, 'e', marker);
    return marker;
}

// 1x02, 10x05-06
std::optional<Marker> crossAt(std::string_view text, std::size_t at) {
    if (!isDigit(text[at]) || !wordStarts(text, at)) {
        return std::nullopt;
    }
    const auto season = digits(text, at, 2);
    if (!season || season->end >= text.size() || lower(text[season->end]) != 'x') {
        return std::nullopt;
    }
    const auto episode = digits(text, season->end + 1, 3);
    if (!episode || episode->count < 2 || (!wordEnds(text, episode->end) && lower(text[episode->end]) != 'x')) {
        return std::nullopt;
    }
    Marker marker{at, episode->end, season->value, episode->value, episode->value, false};
    readLastEpisode(text, 'x', marker);
    return marker;
}

// 2024-03-01, 2024.03.01
std::optional<Marker> dateAt(std::string_view text, std::size_t at) {
    if (!isDigit(text[at]) || !wordStarts(text, at) || at + 10 > text.size() || !isSeparator(text[at + 4]) ||
        text[at + 7] != text[at + 4] || !wordEnds(text, at + 10)) {
        return std::nullopt;
    }
    const auto year = digits(text, at, 4), month = digits(text, at + 5, 2), day = digits(text, at + 8, 2);
    if (!year || !month || !day || year->count != 4 || month->count != 2 || day->count != 2 || year->value < 1930 ||
        year->value > 2199 || month->value < 1 || month->value > 12 || day->value < 1 || day->value > 31) {
        return std::nullopt;
    }
    const int episode = month->value * 100 + day->value;
    return Marker{at, at + 10, year->value, episode, episode, true};
}

// "Season 2 Episode 5", "Temporada 2 Episodio 5"
std::optional<Marker> wordyAt(std::string_view text, std::size_t at) {
    for (const std::string_view season : {"season ", "temporada ", "staffel ", "saison "}) {
        if (!wordStarts(text, at) || !startsWithNoCase(text.substr(at), season)) {
            continue;
        }
        const auto number = digits(text, at + season.size(), 4);
        if (!number) {
            return std::nullopt;
        }
        std::size_t next = number->end;
        while (next < text.size() && (isSeparator(text[next]) || text[next] == ',')) {
            ++next;
        }
        for (const std::string_view episode : {"episode ", "episodio ", "folge ", "épisode ", "ep "}) {
            const auto count =
                startsWithNoCase(text.substr(next), episode) ? digits(text, next + episode.size(), 4) : std::nullopt;
            if (count) {
                return Marker{at, count->end, number->value, count->value, count->value, false};
            }
        }
    }
    return std::nullopt;
}

std::optional<Marker> findMarker(std::string_view text) {
    for (const auto& at : {seasonEpisodeAt, crossAt, dateAt, wordyAt}) {
        for (std::size_t i = 0; i < text.size(); ++i) {
            if (auto marker = at(text, i)) {
                return marker;
            }
        }
    }
    return std::nullopt;
}

// Words of releases that are never part of a title.
bool isReleaseWord(std::string_view word) {
    static const std::unordered_set<std::string_view> words = {
        "480p",     "576p",    "720p",       "1080p",  "1080i",  "2160p",  "4320p",    "bluray",   "blu-ray",
        "bdrip",    "brrip",   "bdremux",    "dvdrip", "dvd",    "dvd5",   "dvd9",     "dvdr",     "webrip",
        "web-dl",   "webdl",   "hdtv",       "pdtv",   "hdrip",  "remux",  "x264",     "x265",     "h264",
        "h265",     "hevc",    "avc",        "xvid",   "divx",   "av1",    "vp9",      "10bit",    "8bit",
        "hdr",      "hdr10",   "hdr10+",     "uhd",    "aac",    "ac3",    "eac3",     "dts",      "dts-hd",
        "truehd",   "atmos",   "ddp5",       "dd5",    "proper", "repack", "multi",    "vose",     "castellano",
        "latino",   "dual",    "amzn",       "nf",     "dsnp",   "hmax",   "hybrid",   "internal", "limited",
        "extended", "unrated", "remastered", "uncut",  "imax",   "bdmv",   "complete", "microhd",  "3d",
        "hsbs",     "hou"};
    const std::string lowered = fold(word);
    return words.contains(lowered) || lowered.starts_with("x264-") || lowered.starts_with("x265-") ||
           lowered.starts_with("h264-") || lowered.starts_with("h265-");
}

std::string_view trimSeparators(std::string_view text) {
    constexpr std::string_view kEdge = " .-_,;:";
    const std::size_t start = text.find_first_not_of(kEdge);
    if (start == std::string_view::npos) {
        return {};
    }
    return text.substr(start, text.find_last_not_of(" -_,;:") - start + 1);
}

// Dots and underscores as spaces where the name has no spaces of its own.
std::string spaced(std::string_view name) {
    std::string text(name);
    const bool spaces = text.find(' ') != std::string::npos;
    std::replace_if(
        text.begin(), text.end(), [spaces](char c) { return c == '_' || (c == '.' && !spaces); }, ' ');
    return text;
}

// "[Group] Name" → "Name"; a name that is nothing but brackets stays.
std::string_view withoutGroup(std::string_view text) {
    if (text.starts_with('[')) {
        const std::size_t end = text.find(']');
        if (end != std::string_view::npos && !trimSeparators(text.substr(end + 1)).empty()) {
            return trimSeparators(text.substr(end + 1));
        }
    }
    return text;
}

// Up to the first bracket or release word that is not the first word.
std::string cleanTitle(std::string_view text) {
    std::size_t end = text.size();
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (text[i] == '[' || text[i] == '{') {
            end = i;
            break;
        }
        if (text[i - 1] == ' ' && isReleaseWord(text.substr(i, text.find(' ', i) - i))) {
            end = i;
            break;
        }
    }
    return std::string(trimSeparators(text.substr(0, end)));
}

struct Year {
    int value = 0;
    std::size_t start = 0, end = 0;
};

// The last year in brackets, else the last bare one that is not the first word.
std::optional<Year> findYear(std::string_view text) {
    std::optional<Year> bare, bracketed;
    for (std::size_t i = 0; i + 4 <= text.size(); ++i) {
        const auto number = isDigit(text[i]) && wordStarts(text, i) ? digits(text, i, 4) : std::nullopt;
        if (!number || number->count != 4 || !wordEnds(text, number->end) || number->value < 1888 ||
            number->value > 2099) {
            continue;
        }
        const bool open = i > 0 && (text[i - 1] == '(' || text[i - 1] == '[');
        const bool closed = number->end < text.size() && (text[number->end] == ')' || text[number->end] == ']');
        if (open && closed) {
            bracketed = Year{number->value, i - 1, number->end + 1};
        } else if (i > 0) {
            bare = Year{number->value, i, number->end};
        }
    }
    return bracketed ? bracketed : bare;
}

constexpr std::array<std::pair<std::string_view, std::string_view>, 14> kEditions = {
    {{"director's cut", "Director's Cut"},
     {"directors cut", "Director's Cut"},
     {"extended", "Extended"},
     {"theatrical", "Theatrical"},
     {"unrated", "Unrated"},
     {"final cut", "Final Cut"},
     {"imax", "IMAX"},
     {"remastered", "Remastered"},
     {"uncut", "Uncut"},
     {"special edition", "Special Edition"},
     {"3d", "3D"},
     {"montaje del director", "Director's Cut"},
     {"open matte", "Open Matte"},
     {"criterion", "Criterion"}}};

// Looks at what follows title and year.
std::string findVersion(std::string_view rest) {
    const std::string text = fold(rest);
    std::string version;
    for (const auto& [word, shown] : kEditions) {
        const std::size_t at = text.find(word);
        if (at != std::string::npos && wordStarts(text, at) && wordEnds(text, at + word.size())) {
            version = shown;
            break;
        }
    }
    for (const std::string_view size : {"4320p", "2160p", "1080p", "1080i", "720p", "576p", "480p"}) {
        if (text.find(size) != std::string::npos) {
            return version.empty() ? std::string(size) : version + " " + std::string(size);
        }
    }
    return version;
}

// "… CD1", "… part 2", "… pt2", "… disc1" at the end: the number and where it starts.
std::optional<std::pair<int, std::size_t>> findPart(std::string_view text) {
    std::size_t start = text.size();
    while (start > 0 && isDigit(text[start - 1])) {
        --start;
    }
    const auto number = digits(text, start, 2);
    if (!number || number->value < 1) {
        return std::nullopt;
    }
    while (start > 0 && isSeparator(text[start - 1])) {
        --start;
    }
    for (const std::string_view word : {"part", "parte", "disc", "disk", "cd", "pt"}) {
        if (start > word.size() && startsWithNoCase(text.substr(start - word.size()), word) &&
            wordStarts(text, start - word.size())) {
            return std::pair(number->value, start - word.size());
        }
    }
    return std::nullopt;
}

std::optional<int> numberAfter(std::string_view name, std::string_view word, std::size_t most) {
    if (!startsWithNoCase(name, word)) {
        return std::nullopt;
    }
    std::size_t at = word.size();
    while (at < name.size() && isSeparator(name[at])) {
        ++at;
    }
    const auto number = digits(name, at, most);
    return number && wordEnds(name, number->end) ? std::optional(number->value) : std::nullopt;
}

void readTitleAndYear(std::string_view text, VideoName& name) {
    const auto year = findYear(text);
    name.year = year ? year->value : 0;
    name.title = cleanTitle(year ? text.substr(0, year->start) : text);
    if (year && name.title.empty()) {
        name.title = cleanTitle(text.substr(year->end));  // "(1995) Heat"
    }
    const std::size_t titleEnd = year ? year->end : std::min(text.size(), name.title.size());
    name.version = findVersion(text.substr(titleEnd));
}

}  // namespace

VideoName parseVideoName(std::string_view fileStem, bool withPart) {
    VideoName name;
    const std::string whole = spaced(fileStem);
    std::string_view text = withoutGroup(whole);
    // Dates and "S01.E02" are looked for where dots are still dots.
    const std::string raw(fileStem);
    if (const auto marker = findMarker(raw)) {
        const std::string before = spaced(std::string_view(raw).substr(0, marker->start));
        readTitleAndYear(trimSeparators(withoutGroup(before)), name);
        name.season = marker->season;
        name.episode = marker->episode;
        name.lastEpisode = marker->last > marker->episode ? std::optional(marker->last) : std::nullopt;
        name.dated = marker->dated;
        const std::string after = " " + spaced(std::string_view(raw).substr(marker->end));
        name.version = findVersion(after);
        name.episodeTitle = cleanTitle(after);
        return name;
    }
    if (const auto part = withPart ? findPart(text) : std::nullopt) {
        name.part = part->first;
        text = trimSeparators(text.substr(0, part->second));
    }
    const int part = name.part;
    readTitleAndYear(text, name);
    name.part = part;
    return name;
}

VideoName parseFolderName(std::string_view folder) {
    VideoName name;
    const std::string whole = spaced(folder);
    readTitleAndYear(withoutGroup(whole), name);
    return name;
}

std::optional<int> seasonOfFolder(std::string_view name) {
    const std::string folded = fold(name);
    for (const std::string_view word : {"specials", "especiales", "season 0", "temporada 0"}) {
        if (folded == word) {
            return 0;
        }
    }
    for (const std::string_view word : {"season", "temporada", "staffel", "saison", "stagione", "series", "temp"}) {
        if (const auto number = numberAfter(folded, word, 4)) {
            return number;
        }
    }
    if (folded.size() >= 2 && folded.size() <= 4 && folded[0] == 's') {
        const auto number = digits(folded, 1, 3);
        return number && number->end == folded.size() ? std::optional(number->value) : std::nullopt;
    }
    return std::nullopt;
}

std::optional<int> discOfFolder(std::string_view name) {
    const std::string folded = fold(name);
    for (const std::string_view word : {"cd", "disc", "disk", "disco", "dvd", "vinyl"}) {
        if (const auto number = numberAfter(folded, word, 2)) {
            return number;
        }
    }
    return std::nullopt;
}

std::optional<LooseEpisode> parseLooseEpisode(std::string_view fileStem) {
    const std::string whole = spaced(fileStem);
    std::string_view text = withoutGroup(whole);
    for (const std::string_view word : {"episode", "episodio", "ep", "e"}) {
        if (startsWithNoCase(text, word)) {
            const auto number = digits(text, text.find_first_not_of(" -", word.size()), 4);
            if (number && wordEnds(text, number->end)) {
                return LooseEpisode{number->value, cleanTitle(" " + std::string(text.substr(number->end)))};
            }
        }
    }
    if (const auto number = digits(text, 0, 4); number && wordEnds(text, number->end)) {
        return LooseEpisode{number->value, cleanTitle(" " + std::string(text.substr(number->end)))};
    }
    // The last number that stands alone, before brackets and release words.
    const std::string title = cleanTitle(text);
    for (std::size_t i = title.size(); i-- > 0;) {
        const auto number = isDigit(title[i]) && wordStarts(title, i) ? digits(title, i, 4) : std::nullopt;
        if (number && wordEnds(title, number->end)) {
            return LooseEpisode{number->value, cleanTitle(" " + title.substr(number->end))};
        }
    }
    return std::nullopt;
}

}  // namespace marea::core::library
