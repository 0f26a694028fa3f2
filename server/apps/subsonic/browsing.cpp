#include <algorithm>
#include <array>

#include "server/apps/subsonic/handlers.h"

namespace marea::server::subsonic {

using core::Error;
using core::Id;
using core::Result;
using core::unexpected;

namespace {

constexpr const char* kArticles = "The A An El La Los Las Le Les L' Il Lo Der Das";
constexpr std::array<const char*, 1> kArtist = {"artist"};
constexpr std::array<const char*, 2> kAlbum = {"album", "audiobook"};
constexpr std::array<const char*, 3> kFolder = {"artist", "album", "audiobook"};

tl::unexpected<Error> failedWith(const Error& error) {
    return unexpected<Error>(error);
}

// The entry that `id` names, and what is in it.
struct Opened {
    Entry entry;
    std::vector<Entry> children;
};
Result<Opened> opened(const Call& call, std::span<const char* const> kinds) {
    const auto id = call.parameters.id();
    auto entry = id ? call.entry(*id, kinds) : Result<Entry>(failedWith(id.error()));
    if (!entry) {
        return failedWith(entry.error());
    }
    const bool album = entry->item.kind == "album", book = entry->item.kind == "audiobook";
    auto children = book ? call.partsOf(*entry) : call.entries(call.ids([&](MusicLists& lists) {
        return album ? lists.songsOf(*id) : lists.childrenOf(*id);
    }));
    return children ? Result<Opened>(Opened{std::move(*entry), std::move(*children)}) : failedWith(children.error());
}

Result<std::vector<Entry>> allArtists(const Call& call) {
    const auto library = call.library();
    return library ? call.entries(call.ids([&](MusicLists& lists) { return lists.artists(*library); }))
                   : Result<std::vector<Entry>>(failedWith(library.error()));
}

}  // namespace

Done getMusicFolders(const Call& call, Element& answer) {
    const auto libraries = call.libraries();
    if (!libraries) {
        return failedWith(libraries.error());
    }
    std::vector<Element> list;
    for (const LibraryRow& library : *libraries) {
        list.push_back(std::move(Element().set("id", folderNumber(library.id)).set("name", library.name)));
    }
    answer.one("musicFolders", std::move(Element().many("musicFolder", std::move(list))));
    return {};
}

Done getIndexes(const Call& call, Element& answer) {
    const auto since = call.parameters.integer("ifModifiedSince", 0, 0, INT64_MAX);
    const auto changed = call.read<core::TimeMs>([](MusicLists& lists) { return lists.changedAt(); });
    if (!since || !changed) {
        return failedWith(since ? changed.error() : since.error());
    }
    Element indexes;
    indexes.set("lastModified", *changed).set("ignoredArticles", kArticles);
    const bool known = *since > 0 && *changed <= *since;
    const auto artists = known ? std::vector<Entry>() : allArtists(call);
    if (!artists) {
        return failedWith(artists.error());
    }
    answer.one("indexes", std::move(indexes.many("index", indexesOf(*artists, indexElement))));
    return {};
}

Done getArtists(const Call& call, Element& answer) {
    const auto artists = allArtists(call);
    if (!artists) {
        return failedWith(artists.error());
    }
    Element element;
    element.set("ignoredArticles", kArticles).many("index", indexesOf(*artists, artistElement));
    answer.one("artists", std::move(element));
    return {};
}

Done getMusicDirectory(const Call& call, Element& answer) {
    const auto folder = opened(call, kFolder);
    if (!folder) {
        return failedWith(folder.error());
    }
    const Item& item = folder->entry.item;
    Element directory;
    directory.set("id", item.id).setText("parent", item.kind == "artist" ? Id() : item.artistId);
    directory.set("name", item.title).setText("coverArt", coverOf(item));
    directory.many("child", elements(folder->children, childElement));
    answer.one("directory", std::move(directory));
    return {};
}

Done getArtist(const Call& call, Element& answer) {
    auto artist = opened(call, kArtist);
    if (!artist) {
        return failedWith(artist.error());
    }
    std::erase_if(artist->children, [](const Entry& child) { return child.item.kind == "track"; });
    artist->entry.item.childCount = std::ssize(artist->children);
    Element element = artistElement(artist->entry);
    answer.one("artist", std::move(element.many("album", elements(artist->children, albumElement))));
    return {};
}

Done getAlbum(const Call& call, Element& answer) {
    const auto album = opened(call, kAlbum);
    if (!album) {
        return failedWith(album.error());
    }
    Element element = albumElement(album->entry);
    answer.one("album", std::move(element.many("song", elements(album->children, songElement))));
    return {};
}

Done getSong(const Call& call, Element& answer) {
    const auto id = call.parameters.id();
    const auto song = id ? call.song(*id) : Result<Entry>(failedWith(id.error()));
    if (!song) {
        return failedWith(song.error());
    }
    answer.one("song", songElement(*song));
    return {};
}

Done getGenres(const Call& call, Element& answer) {
    const auto genres = call.read<std::vector<GenreCount>>([](MusicLists& lists) { return lists.genres(); });
    if (!genres) {
        return failedWith(genres.error());
    }
    std::vector<Element> list;
    for (const GenreCount& genre : *genres) {
        Element element;
        element.set("songCount", genre.songs).set("albumCount", genre.albums).content(genre.name);
        list.push_back(std::move(element));
    }
    answer.one("genres", std::move(Element().many("genre", std::move(list))));
    return {};
}

// Films, episodes and other videos, as the files that they are.
Done getVideos(const Call& call, Element& answer) {
    const auto videos = call.entries(call.ids([](MusicLists& lists) { return lists.videos(); }));
    if (!videos) {
        return failedWith(videos.error());
    }
    answer.one("videos", std::move(Element().many("video", elements(*videos, videoElement))));
    return {};
}

}  // namespace marea::server::subsonic
