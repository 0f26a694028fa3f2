#include "core/library/recogniseaudio.h"

#include <algorithm>
#include <map>
#include <set>

#include "core/library/text.h"
#include "core/library/videoname.h"

namespace marea::core::library {

namespace {

constexpr const char* kVarious = "Various Artists";

// What folders say, for files without tags.
struct Spot {
    int disc = 0;
    std::string album, artist;
    int year = 0;
    bool audiobooks = false;
};

bool isAudiobookWord(std::string_view text) {
    const std::string folded = fold(text);
    return folded == "audiobooks" || folded == "audiobook" || folded == "audiolibros" || folded == "audiolibro" ||
           folded == "horbucher" || folded == "horbuch" || folded == "audio books" || folded == "livres audio";
}

Spot placeOf(const std::string& path) {
    Spot place;
    std::string_view folder = path;
    if (const auto disc = discOfFolder(fileName(folder)); disc && !folderOf(folder).empty()) {
        place.disc = *disc;
        folder = folderOf(folder);
    }
    const auto parts = pathParts(path);
    place.audiobooks = std::any_of(parts.begin(), parts.end(), isAudiobookWord);
    if (folder.empty() || isAudiobookWord(fileName(folder))) {
        return place;
    }
    const VideoName name = parseFolderName(fileName(folder));
    place.album = name.title;
    place.year = name.year;
    if (const std::size_t dash = place.album.find(" - "); dash != std::string::npos) {
        place.artist = trimmed(std::string_view(place.album).substr(0, dash));
        place.album = trimmed(std::string_view(place.album).substr(dash + 3));
    } else if (const std::string_view parent = folderOf(folder);
               !parent.empty() && !isAudiobookWord(fileName(parent))) {
        place.artist = std::string(fileName(parent));
    }
    return place;
}

// "1-05 Title", "05 - Title", "05. Title", "Artist - Title"
struct TrackName {
    std::string title, artist;
    int disc = 0, track = 0;
};

std::size_t skip(std::string_view text, std::size_t at, std::string_view characters) {
    const std::size_t next = text.find_first_not_of(characters, at);
    return next == std::string_view::npos ? text.size() : next;
}

int readNumber(std::string_view text, std::size_t& at) {
    int value = 0;
    const std::size_t start = at;
    while (at < text.size() && isDigit(text[at]) && at < start + 4) {
        value = value * 10 + (text[at++] - '0');
    }
    return value;
}

TrackName parseTrackName(std::string_view fileStem) {
    TrackName name;
    std::string text(fileStem);
    std::replace(text.begin(), text.end(), '_', ' ');
    std::size_t at = 0;
    int number = readNumber(text, at);
    if (at == 1 && at + 2 < text.size() && (text[at] == '-' || text[at] == '.') && isDigit(text[at + 1])) {
        name.disc = number;
        number = readNumber(text, ++at);
    }
    const bool separated =
        at > 0 && at < text.size() && std::string_view(" .-)").find(text[at]) != std::string_view::npos;
    const std::size_t rest = separated ? skip(text, at, " .-)") : 0;
    if (separated && rest < text.size() && number > 0) {
        // "99 Luftballons" is a title: before a bare space a number counts as a track's only when it looks like one.
        const bool bare = text[at] == ' ' && std::string_view(" .-)").find(text[std::min(at + 1, text.size() - 1)]) ==
                                                 std::string_view::npos;
        const bool likely = !bare || text[0] == '0' || name.disc || (at == 2 && number <= 40);
        name.track = likely ? number : 0;
        text = likely ? text.substr(rest) : text;
    }
    if (const std::size_t dash = text.find(" - "); dash != std::string::npos) {
        name.artist = trimmed(std::string_view(text).substr(0, dash));
        text = text.substr(dash + 3);
    }
    name.title = trimmed(text);
    return name;
}

// The artist without guests: "A feat. B" → "A".
std::string mainArtist(const std::string& artist) {
    const std::string folded = fold(artist);
    if (folded.size() != artist.size()) {
        return artist;  // positions do not carry over
    }
    for (const std::string_view word : {" feat.", " feat ", " ft.", " ft ", " featuring ", " (feat", " (ft"}) {
        if (const std::size_t at = folded.find(word); at != std::string::npos && at > 0) {
            return trimmed(std::string_view(artist).substr(0, at));
        }
    }
    return artist;
}

bool isAudiobook(const FolderFile& file, const Spot& place) {
    if (place.audiobooks || extension(file.name) == "m4b") {
        return true;
    }
    return file.info && std::any_of(file.info->tags.genres.begin(), file.info->tags.genres.end(), isAudiobookWord);
}

Recognised trackOf(const FolderFile& file, const Spot& place) {
    static const Tags kNone;
    const Tags& tags = file.info ? file.info->tags : kNone;
    const TrackName name = parseTrackName(stem(file.name));
    Recognised found;
    found.kind = "track";
    found.title = tags.title.empty() ? name.title : tags.title;
    if (found.title.empty()) {
        found.title = std::string(stem(file.name));
    }
    found.album = tags.album.empty() ? place.album : tags.album;
    found.artist = !tags.artist.empty() ? tags.artist : tags.albumArtist;
    if (found.artist.empty()) {
        found.artist = tags.title.empty() && !name.artist.empty() ? name.artist : place.artist;
    }
    found.albumArtist = tags.albumArtist;
    found.compilation = tags.compilation;
    found.year = tags.year ? tags.year : (tags.album.empty() ? place.year : 0);
    found.genres = tags.genres;
    const int disc = tags.disc ? tags.disc : (place.disc ? place.disc : name.disc);
    const int track = tags.track ? tags.track : name.track;
    found.disc = disc ? std::optional(disc) : std::nullopt;
    found.track = track ? std::optional(track) : std::nullopt;
    return found;
}

// Tracks of one album in one folder by different artists make a compilation.
void settleAlbumArtists(const std::vector<std::size_t>& tracks, const Spot& place, std::vector<Recognised>& result) {
    std::map<std::string, std::set<std::string>> artists;
    for (const std::size_t i : tracks) {
        if (result[i].albumArtist.empty()) {
            artists[searchText(result[i].album)].insert(searchText(mainArtist(result[i].artist)));
        }
    }
    for (const std::size_t i : tracks) {
        Recognised& track = result[i];
        if (!track.albumArtist.empty() || track.album.empty()) {
            continue;
        }
        const auto& names = artists[searchText(track.album)];
        const bool various = track.compilation || names.size() > 1;
        track.albumArtist = various ? kVarious : mainArtist(track.artist);
        if (various && !track.compilation && names.contains(searchText(place.artist)) && !place.artist.empty()) {
            track.albumArtist = place.artist;  // a folder of one artist with guests
        }
    }
}

std::string artistIdentity(const std::string& artist) {
    const std::string folded = searchText(artist);
    return artist.empty() ? std::string() : "artist|" + (folded.empty() ? artist : folded);
}

void setIdentities(Recognised& track) {
    track.mainArtist = mainArtist(track.artist);
    track.artistIdentity = artistIdentity(track.mainArtist);
    track.albumArtistIdentity = artistIdentity(track.albumArtist);
    if (!track.album.empty()) {
        const std::string folded = searchText(track.album);
        track.albumIdentity = "album|" + searchText(track.albumArtist) + "|" + (folded.empty() ? track.album : folded);
    }
    track.identity = "track|" + track.albumIdentity + "|" + std::to_string(track.disc.value_or(0)) + "|" +
                     std::to_string(track.track.value_or(0)) + "|" + searchText(track.title) + "|" +
                     searchText(track.artist);
}

// Files of one folder and one album tag are the parts of one book; an .m4b without an album is a book of its own.
void recogniseBooks(const FolderInput& folder, const std::vector<std::size_t>& files, const Spot& place,
                    std::vector<Recognised>& result) {
    std::vector<std::size_t> order = files;
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return naturalLess(folder.files[a].name, folder.files[b].name); });
    std::map<std::string, int> parts;
    std::map<std::string, std::size_t> first;
    for (const std::size_t i : order) {
        const FolderFile& file = folder.files[i];
        Recognised book = trackOf(file, place);
        const bool single = extension(file.name) == "m4b" && (!file.info || file.info->tags.album.empty());
        book.kind = "audiobook";
        book.title = single || book.album.empty() ? book.title : book.album;
        book.artist = book.albumArtist.empty() ? book.artist : book.albumArtist;
        book.album.clear();
        book.albumArtist.clear();
        book.mainArtist = book.artist;
        book.artistIdentity = artistIdentity(book.artist);
        book.identity = "audiobook|" + searchText(book.artist) + "|" + searchText(book.title);
        book.part = place.disc * 10000 + ++parts[book.identity];
        book.disc = book.track = std::nullopt;
        result[i] = std::move(book);
        first.try_emplace(result[i].identity, i);
    }
    for (const std::size_t i : order) {
        if (parts[result[i].identity] == 1 && !place.disc) {
            result[i].part = 0;
        }
    }
}

}  // namespace

void recogniseAudio(const FolderInput& folder, const std::vector<std::size_t>& audios,
                    std::vector<Recognised>& result) {
    const Spot place = placeOf(folder.path);
    std::vector<std::size_t> tracks, books;
    for (const std::size_t i : audios) {
        (isAudiobook(folder.files[i], place) ? books : tracks).push_back(i);
    }
    for (const std::size_t i : tracks) {
        result[i] = trackOf(folder.files[i], place);
    }
    settleAlbumArtists(tracks, place, result);
    for (const std::size_t i : tracks) {
        setIdentities(result[i]);
    }
    recogniseBooks(folder, books, place, result);
}

}  // namespace marea::core::library
