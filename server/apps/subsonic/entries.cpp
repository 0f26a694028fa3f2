#include "server/apps/subsonic/entries.h"

#include <array>
#include <cmath>
#include <cstdio>
#include <ctime>

#include "core/library/filekinds.h"
#include "core/library/text.h"

namespace marea::server::subsonic {

namespace {

constexpr double kReferenceLoudness = -18;  // LUFS, as ReplayGain 2.0

// From 1–10 to stars.
std::optional<int> stars(const UserState& user) {
    return user.rating ? std::optional((*user.rating + 1) / 2) : std::nullopt;
}

std::int64_t seconds(double duration) {
    return std::llround(duration);
}

std::optional<std::string> isoOrNone(std::optional<core::TimeMs> time) {
    return time ? std::optional(isoTime(*time)) : std::nullopt;
}

void addUser(Element& element, const Entry& entry) {
    element.set("userRating", stars(entry.item.user)).set("starred", isoOrNone(entry.starredAt));
}

std::vector<Element> named(const std::vector<std::string>& names) {
    std::vector<Element> list;
    for (const std::string& name : names) {
        list.push_back(std::move(Element().set("name", name)));
    }
    return list;
}

void addGenres(Element& element, const Item& item) {
    if (!item.genres.empty()) {
        element.set("genre", item.genres.front());
    }
    element.many("genres", named(item.genres));
}

std::vector<Element> oneArtist(const core::Id& id, const std::string& name) {
    std::vector<Element> list;
    if (!name.empty()) {
        list.push_back(std::move(Element().set("id", id).set("name", name)));
    }
    return list;
}

const std::string& albumArtist(const Item& item) {
    return item.albumArtist.empty() ? item.artist : item.albumArtist;
}

const core::StreamInfo* soundOf(const core::MediaInfo& info) {
    for (const core::StreamInfo& stream : info.streams) {
        if (stream.kind == core::StreamKind::Audio) {
            return &stream;
        }
    }
    return nullptr;
}

std::optional<std::int64_t> positive(std::int64_t value) {
    return value > 0 ? std::optional(value) : std::nullopt;
}

bool isBook(const Item& item) {
    return item.kind == "audiobook";
}

// A book of one file has its own title; else a part has that of its file.
std::string partTitle(const Entry& part) {
    const std::string& own = part.file ? part.file->info.tags.title : part.item.title;
    return part.parts <= 1 || own.empty() ? part.item.title : own;
}

void addFile(Element& element, const Entry& song);

Element partElement(const Entry& part) {
    const Item& book = part.item;
    const double length = part.file ? part.file->info.duration : book.duration;
    Element element;
    element.set("id", part.part).set("parent", book.id).set("isDir", false).set("title", partTitle(part));
    element.set("album", book.title).setText("artist", book.artist).set("track", part.partNumber);
    element.set("year", book.year).setText("coverArt", coverOf(book));
    element.set("duration", static_cast<std::int64_t>(std::llround(length))).set("isVideo", false);
    element.set("type", "audiobook").set("mediaType", "song").set("created", isoTime(book.addedAt));
    element.set("albumId", book.id).setText("artistId", book.artistId);
    addFile(element, part);
    element.setText("sortName", book.sortTitle).setText("displayArtist", book.artist);
    element.setText("displayAlbumArtist", book.artist);
    element.many("artists", oneArtist(book.artistId, book.artist));
    addGenres(element, book);
    return element;
}

// A name that programs may store it under: not where it lies here.
std::string pathOf(const Item& item, const std::string& suffix) {
    const auto part = [](std::string text, const char* otherwise) {
        for (char& c : text) {
            c = c == '/' || c == '\\' ? '_' : c;
        }
        return text.empty() || text == "." || text == ".." ? std::string(otherwise) : text;
    };
    char number[16] = "";
    if (item.track) {
        std::snprintf(number, sizeof number, "%02d - ", *item.track);
    }
    return part(albumArtist(item), "Unknown") + "/" + part(item.album, "Unknown") + "/" + number +
           part(item.title, "Unknown") + (suffix.empty() ? "" : "." + suffix);
}

void addFile(Element& element, const Entry& song) {
    if (!song.file) {
        return;
    }
    const SongFile& file = *song.file;
    const std::string suffix = core::library::extension(file.name);
    element.set("size", file.size).setText("contentType", std::string(core::library::mimeType(file.info, file.name)));
    element.setText("suffix", suffix).set("path", pathOf(song.item, suffix));
    const core::StreamInfo* sound = soundOf(file.info);
    const std::int64_t bitrate = sound && sound->bitrate > 0 ? sound->bitrate : file.info.bitrate;
    element.set("bitRate", positive((bitrate + 500) / 1000));
    if (sound) {
        element.set("bitDepth", positive(sound->bitDepth)).set("samplingRate", positive(sound->sampleRate));
        element.set("channelCount", positive(sound->channels));
    }
    element.setText("musicBrainzId", file.info.tags.musicBrainzTrackId).setText("comment", file.info.tags.comment);
}

void addLoudness(Element& element, const ItemLoudness& loudness) {
    Element gain;
    const auto toReference = [](std::optional<double> value) {
        return value ? std::optional(std::round((kReferenceLoudness - *value) * 100) / 100) : std::nullopt;
    };
    gain.set("trackGain", toReference(loudness.loudness)).set("trackPeak", loudness.peak);
    gain.set("albumGain", toReference(loudness.albumLoudness)).set("albumPeak", loudness.albumPeak);
    if (!gain.values().empty()) {
        element.one("replayGain", std::move(gain));
    }
}

}  // namespace

std::string isoTime(core::TimeMs time) {
    const std::time_t whole = time / 1000;
    std::tm parts{};
    gmtime_r(&whole, &parts);
    std::array<char, 80> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", parts.tm_year + 1900,
                  parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec,
                  static_cast<int>(time % 1000));
    return text.data();
}

std::string coverOf(const Item& item) {
    return !item.artworkVersion.empty() ? item.id : item.kind == "track" ? item.albumId : core::Id();
}

Element indexElement(const Entry& artist) {
    Element element;
    element.set("id", artist.item.id).set("name", artist.item.title).setText("coverArt", coverOf(artist.item));
    addUser(element, artist);
    return element;
}

Element artistElement(const Entry& artist) {
    Element element = indexElement(artist);
    element.set("albumCount", artist.item.childCount).setText("sortName", artist.item.sortTitle);
    return element;
}

Element albumElement(const Entry& album) {
    const Item& item = album.item;
    Element element;
    element.set("id", item.id).set("name", item.title).setText("artist", albumArtist(item));
    element.setText("artistId", item.artistId).setText("coverArt", coverOf(item));
    element.set("songCount", isBook(item) ? album.parts : item.childCount).set("duration", seconds(item.duration));
    element.set("playCount", positive(item.user.playCount))
        .set("created", isoTime(item.addedAt))
        .set("year", item.year);
    addUser(element, album);
    element.setText("sortName", item.sortTitle).setText("displayArtist", albumArtist(item));
    element.many("artists", oneArtist(item.artistId, albumArtist(item)));
    addGenres(element, item);
    return element;
}

Element directoryElement(const Entry& folder) {
    const Item& item = folder.item;
    Element element;
    const bool album = item.kind == "album" || isBook(item);
    element.set("id", item.id).setText("parent", album ? item.artistId : core::Id()).set("isDir", true);
    element.set("title", item.title);
    if (album) {
        element.set("album", item.title).setText("artist", albumArtist(item));
        element.setText("artistId", item.artistId).set("albumId", item.id);
    } else {
        element.set("artist", item.title).set("artistId", item.id);
    }
    element.set("year", item.year).setText("coverArt", coverOf(item)).set("duration", seconds(item.duration));
    element.set("created", isoTime(item.addedAt));
    addUser(element, folder);
    addGenres(element, item);
    return element;
}

Element songElement(const Entry& song) {
    if (isBook(song.item)) {
        return partElement(song);
    }
    const Item& item = song.item;
    Element element;
    element.set("id", item.id).setText("parent", item.albumId.empty() ? item.artistId : item.albumId);
    element.set("isDir", false).set("title", item.title).setText("album", item.album).setText("artist", item.artist);
    element.set("track", item.track).set("year", item.year).setText("coverArt", coverOf(item));
    element.set("duration", seconds(item.duration)).set("isVideo", false).set("type", "music");
    element.set("mediaType", "song").set("discNumber", item.disc).set("created", isoTime(item.addedAt));
    element.setText("albumId", item.albumId).setText("artistId", item.artistId);
    element.set("playCount", positive(item.user.playCount)).set("played", isoOrNone(item.user.lastPlayedAt));
    addFile(element, song);
    addUser(element, song);
    element.setText("sortName", item.sortTitle).setText("displayArtist", item.artist);
    element.setText("displayAlbumArtist", albumArtist(item));
    element.many("artists", oneArtist(item.artistId, item.artist));
    addGenres(element, item);
    addLoudness(element, item.loudness);
    return element;
}

bool isVideo(const Item& item) {
    return item.kind == "movie" || item.kind == "episode" || item.kind == "video";
}

Element videoElement(const Entry& video) {
    const Item& item = video.item;
    Element element;
    element.set("id", item.id).set("isDir", false).set("title", item.title).setText("album", item.series);
    element.set("year", item.year).setText("coverArt", coverOf(item)).set("duration", seconds(item.duration));
    element.set("isVideo", true).set("type", "video").set("created", isoTime(item.addedAt));
    element.set("playCount", positive(item.user.playCount)).set("played", isoOrNone(item.user.lastPlayedAt));
    element.set("originalWidth", positive(item.width)).set("originalHeight", positive(item.height));
    addFile(element, video);
    addUser(element, video);
    element.setText("sortName", item.sortTitle);
    addGenres(element, item);
    return element;
}

Element childElement(const Entry& entry) {
    return entry.item.kind == "track" || !entry.part.empty() ? songElement(entry) : directoryElement(entry);
}

std::vector<Element> indexesOf(const std::vector<Entry>& artists, Element (*element)(const Entry&)) {
    std::vector<std::pair<std::string, std::vector<Element>>> letters;
    for (const Entry& artist : artists) {
        const std::string letter = core::library::initialOf(core::library::sortKey(artist.item.sortTitle));
        if (letters.empty() || letters.back().first != letter) {
            letters.emplace_back(letter, std::vector<Element>());
        }
        letters.back().second.push_back(element(artist));
    }
    std::vector<Element> indexes;
    for (auto& [letter, list] : letters) {
        indexes.push_back(std::move(Element().set("name", letter).many("artist", std::move(list))));
    }
    return indexes;
}

}  // namespace marea::server::subsonic
