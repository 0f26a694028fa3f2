#include <array>
#include <cmath>

#include "core/library/lyrics.h"
#include "server/apps/subsonic/handlers.h"

namespace marea::server::subsonic {

using core::Error;
using core::ErrorCode;
using core::Id;
using core::Result;
using core::unexpected;

namespace {

constexpr std::array<const char*, 1> kSong = {"track"};
constexpr std::array<const char*, 3> kAny = {"artist", "album", "track"};
constexpr std::int64_t kMostAtOnce = 500;

Result<Entry> named(const Call& call, std::span<const char* const> kinds) {
    const auto id = call.parameters.id();
    return id ? call.entry(*id, kinds) : Result<Entry>(unexpected<Error>(id.error()));
}

// Nobody is asked on the network: there is only what the files say, and that is no biography.
Done artistInfo(const Call& call, Element& answer, const char* name) {
    const auto entry = named(call, kAny);
    if (!entry) {
        return unexpected<Error>(entry.error());
    }
    answer.one(name, std::move(Element().many("similarArtist", {})));
    return {};
}

Done similarSongs(const Call& call, Element& answer, const char* name) {
    const auto count = call.parameters.integer("count", 50, 0, kMostAtOnce);
    const auto entry = named(call, kAny);
    if (!count || !entry) {
        return unexpected<Error>(count ? entry.error() : count.error());
    }
    const auto songs =
        call.entries(call.ids([&](MusicLists& lists) { return lists.similarSongs(entry->item.id, *count); }));
    if (!songs) {
        return unexpected<Error>(songs.error());
    }
    answer.one(name, std::move(Element().many("song", elements(*songs, songElement))));
    return {};
}

// No lyrics are no failure.
Result<std::optional<core::library::Lyrics>> lyricsOf(const Call& call, const Id& song) {
    const auto text = call.parts.catalog.lyricsText(call.who().userId, song);
    if (!text && text.error().code != ErrorCode::NotFound) {
        return unexpected<Error>(text.error());
    }
    using Found = std::optional<core::library::Lyrics>;
    return text ? Found(core::library::parseLyrics(*text)) : Found();
}

Element structured(const Item& song, const core::library::Lyrics& lyrics) {
    std::vector<Element> lines;
    for (const auto& line : lyrics.lines) {
        Element element;
        if (lyrics.synced) {
            element.set("start", std::llround(line.start.value_or(0) * 1000));
        }
        lines.push_back(std::move(element.content(line.text)));
    }
    Element element;
    element.setText("displayArtist", song.artist).setText("displayTitle", song.title);
    element.set("lang", "und").set("offset", 0).set("synced", lyrics.synced).many("line", std::move(lines));
    return element;
}

std::string plain(const core::library::Lyrics& lyrics) {
    std::string text;
    for (const auto& line : lyrics.lines) {
        text += (text.empty() ? "" : "\n") + line.text;
    }
    return text;
}

}  // namespace

Done getArtistInfo(const Call& call, Element& answer) {
    return artistInfo(call, answer, "artistInfo");
}

Done getArtistInfo2(const Call& call, Element& answer) {
    return artistInfo(call, answer, "artistInfo2");
}

Done getAlbumInfo(const Call& call, Element& answer) {
    const auto entry = named(call, kAny);
    if (!entry) {
        return unexpected<Error>(entry.error());
    }
    answer.one("albumInfo", Element());
    return {};
}

Done getSimilarSongs(const Call& call, Element& answer) {
    return similarSongs(call, answer, "similarSongs");
}

Done getSimilarSongs2(const Call& call, Element& answer) {
    return similarSongs(call, answer, "similarSongs2");
}

Done getTopSongs(const Call& call, Element& answer) {
    const auto name = call.parameters.required("artist");
    const auto count = call.parameters.integer("count", 50, 0, kMostAtOnce);
    if (!name || !count) {
        return unexpected<Error>(name ? count.error() : name.error());
    }
    const auto songs = call.entries(call.ids([&](MusicLists& lists) -> MusicLists::Ids {
        const auto artist = lists.artistNamed(*name);
        return artist ? lists.topSongs(*artist, *count) : MusicLists::Ids(unexpected<Error>(artist.error()));
    }));
    if (!songs) {
        return unexpected<Error>(songs.error());
    }
    answer.one("topSongs", std::move(Element().many("song", elements(*songs, songElement))));
    return {};
}

Done getLyrics(const Call& call, Element& answer) {
    const auto songs = call.entries(call.ids([&](MusicLists& lists) {
        return lists.songsNamed(call.parameters.text("artist"), call.parameters.text("title"));
    }));
    if (!songs) {
        return unexpected<Error>(songs.error());
    }
    Element lyrics;
    for (const Entry& song : *songs) {
        const auto found = lyricsOf(call, song.item.id);
        if (!found) {
            return unexpected<Error>(found.error());
        }
        if (*found) {
            lyrics.setText("artist", song.item.artist).set("title", song.item.title).content(plain(**found));
            break;
        }
    }
    answer.one("lyrics", std::move(lyrics));
    return {};
}

Done getLyricsBySongId(const Call& call, Element& answer) {
    const auto song = named(call, kSong);
    const auto lyrics = song ? lyricsOf(call, song->item.id) : unexpected<Error>(song.error());
    if (!lyrics) {
        return unexpected<Error>(lyrics.error());
    }
    std::vector<Element> list;
    if (*lyrics) {
        list.push_back(structured(song->item, **lyrics));
    }
    answer.one("lyricsList", std::move(Element().many("structuredLyrics", std::move(list))));
    return {};
}

}  // namespace marea::server::subsonic
