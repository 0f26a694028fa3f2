#include "server/pipeline/tagfields.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <locale>
#include <sstream>

#include "core/base/utf8.h"

namespace marea::server {
namespace {

constexpr std::size_t maxValues = 64;
constexpr std::size_t maxLyrics = 200'000;

std::string folded(std::string_view name) {
    std::string out;
    for (const char c : name) {
        if (c >= 'A' && c <= 'Z')
            out += static_cast<char>(c + 32);
        else if (c != ' ' && c != '_' && c != '-' && c != '/')
            out += c;
    }
    return out;
}

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

int leadingNumber(std::string_view text) {
    int value = 0;
    while (!text.empty() && text.front() == ' ')
        text.remove_prefix(1);
    const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
    return result.ec == std::errc() && value >= 0 && value < 1'000'000 ? value : 0;
}

bool isTrue(std::string_view text) {
    return text == "1" || text == "true" || text == "True" || text == "yes";
}

void addGenres(std::vector<std::string>& genres, std::string_view value) {
    while (!value.empty() && genres.size() < maxValues) {
        const auto end = value.find_first_of(std::string_view(";\0", 2));
        std::string genre = core::cleanText(value.substr(0, end), 256);
        if (!genre.empty() && std::find(genres.begin(), genres.end(), genre) == genres.end())
            genres.push_back(std::move(genre));
        value = end == std::string_view::npos ? std::string_view() : value.substr(end + 1);
    }
}

}  // namespace

PartOf parsePartOf(std::string_view text) {
    const auto slash = text.find('/');
    PartOf part{leadingNumber(text), 0};
    if (slash != std::string_view::npos)
        part.total = leadingNumber(text.substr(slash + 1));
    return part;
}

int parseYear(std::string_view text) {
    std::size_t run = 0;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        if (i < text.size() && isDigit(text[i])) {
            ++run;
            continue;
        }
        if (run == 4 || (run == 8 && i == 8))  // also 19970521
            return leadingNumber(text.substr(i - run, 4));
        run = 0;
    }
    return 0;
}

std::optional<double> parseGain(std::string_view text) {
    std::istringstream in{std::string(text)};
    in.imbue(std::locale::classic());
    double value = 0;
    if (!(in >> value) || !std::isfinite(value) || std::abs(value) > 100)
        return std::nullopt;
    return value;
}

std::optional<double> parsePeak(std::string_view text) {
    const auto peak = parseGain(text);
    return peak && *peak > 0 ? peak : std::nullopt;
}

std::optional<double> parseR128Gain(std::string_view text) {
    int value = 0;
    text.remove_prefix(text.starts_with('+') ? 1 : 0);
    const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool isWhole = result.ec == std::errc() && result.ptr == text.data() + text.size();
    return isWhole && value >= INT16_MIN && value <= INT16_MAX ? std::optional(value / 256.0 + 5) : std::nullopt;
}

void TagFields::add(std::string_view name, std::string_view value) {
    auto& values = fields_[folded(name)];
    if (!value.empty() && values.size() < maxValues)
        values.emplace_back(value.substr(0, maxLyrics));
}

std::string TagFields::text(std::initializer_list<std::string_view> names, std::size_t most, bool multiline) const {
    for (const std::string_view name : names) {
        const auto found = fields_.find(name);
        if (found == fields_.end())
            continue;
        std::string joined;
        for (const std::string& value : found->second)
            joined += (joined.empty() ? "" : multiline ? "\n" : "; ") + value;
        if (std::string clean = core::cleanText(joined, most, multiline); !clean.empty())
            return clean;
    }
    return {};
}

int TagFields::number(std::initializer_list<std::string_view> names) const {
    return leadingNumber(text(names));
}

core::Tags TagFields::tags() const {
    core::Tags t;
    t.title = text({"title"});
    t.artist = text({"artist", "author"});
    t.albumArtist = text({"albumartist", "wmalbumartist"});
    t.album = text({"album"});
    t.composer = text({"composer"});
    t.performer = text({"performer"});  // of an ID3 tag it may be the conductor (TPE3), as libavformat names it
    t.lyricist = text({"lyricist", "text"});
    t.conductor = text({"conductor"});
    t.producer = text({"producer"});
    t.label = text({"label", "publisher", "organization"});
    t.comment = text({"comment", "description"}, 16384, true);
    t.lyrics = text({"lyrics", "unsyncedlyrics", "lyricseng", "lyricsxxx"}, maxLyrics, true);
    t.date = text({"originaldate", "date", "year", "creationtime"}, 64);
    t.year = parseYear(text({"date", "year", "originaldate"}, 64));
    if (const auto genre = fields_.find("genre"); genre != fields_.end()) {
        for (const std::string& value : genre->second)
            addGenres(t.genres, value);
    }
    const PartOf track = parsePartOf(text({"tracknumber", "track"}));
    const PartOf disc = parsePartOf(text({"discnumber", "disc", "disk"}));
    t.track = track.number;
    t.trackTotal = track.total ? track.total : number({"tracktotal", "totaltracks"});
    t.disc = disc.number;
    t.discTotal = disc.total ? disc.total : number({"disctotal", "totaldiscs"});
    t.compilation = isTrue(text({"compilation", "itunescompilation", "cpil"}));
    t.show = text({"show", "tvshow", "series", "tvshowname"});
    t.season = number({"seasonnumber", "tvseason", "season"});
    t.episode = number({"episodesort", "tvepisode", "episode"});
    t.musicBrainzTrackId = text({"musicbrainztrackid"}, 64);
    t.musicBrainzAlbumId = text({"musicbrainzalbumid"}, 64);
    t.musicBrainzArtistId = text({"musicbrainzartistid"}, 256);
    const auto gain = [this](std::string_view replayGain, std::string_view r128) {
        const auto found = parseGain(text({replayGain}, 64));
        return found ? found : parseR128Gain(text({r128}, 64));
    };
    t.replayGainTrack = gain("replaygaintrackgain", "r128trackgain");
    t.replayGainAlbum = gain("replaygainalbumgain", "r128albumgain");
    t.replayGainTrackPeak = parsePeak(text({"replaygaintrackpeak"}, 64));
    t.replayGainAlbumPeak = parsePeak(text({"replaygainalbumpeak"}, 64));
    return t;
}

}  // namespace marea::server
