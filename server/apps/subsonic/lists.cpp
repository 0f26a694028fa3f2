#include <algorithm>

#include "server/apps/catalog/itemqueries.h"
#include "server/apps/subsonic/handlers.h"

namespace marea::server::subsonic {

using core::Error;
using core::ErrorCode;
using core::fail;
using core::Id;
using core::Result;
using core::unexpected;

namespace {

constexpr std::int64_t kMostAtOnce = 500, kFarthest = 100'000'000, kMostFound = 250;
constexpr std::int64_t kMostOfAll = 5000;  // some players take a shorter page than they asked for as the last one

Result<std::vector<Entry>> albumList(const Call& call) {
    const Parameters& given = call.parameters;
    const auto type = given.required("type");
    const auto order = type ? albumOrder(*type) : std::nullopt;
    if (!order) {
        return type ? fail(ErrorCode::Invalid, "There is no such type of list.") : unexpected<Error>(type.error());
    }
    const auto count = given.integer("size", 10, 0, kMostAtOnce), offset = given.integer("offset", 0, 0, kFarthest);
    const bool years = *order == AlbumOrder::Year;
    const auto from = years ? given.requiredInteger("fromYear", 0, 9999) : 0;
    const auto to = years ? given.requiredInteger("toYear", 0, 9999) : 0;
    const auto genre = *order == AlbumOrder::Genre ? given.required("genre") : std::string();
    const auto library = call.library();
    for (const auto* number : {&count, &offset, &from, &to}) {
        if (!*number) {
            return unexpected<Error>(number->error());
        }
    }
    if (!genre || !library) {
        return unexpected<Error>(genre ? library.error() : genre.error());
    }
    const AlbumWish wish{*order, *library, *from, *to, *genre, *offset, *count};
    return call.entries(call.ids([&](MusicLists& lists) { return lists.albums(wish); }));
}

Result<std::optional<std::int64_t>> year(const Call& call, const char* name) {
    using Year = std::optional<std::int64_t>;
    if (call.parameters.text(name).empty()) {
        return Year();
    }
    const auto value = call.parameters.integer(name, 0, 0, 9999);
    return value ? Result<Year>(*value) : unexpected<Error>(value.error());
}

Done addSongs(const Call& call, Element& answer, const char* name, const SongWish& wish) {
    const auto songs = call.entries(call.ids([&](MusicLists& lists) { return lists.songs(wish); }));
    if (!songs) {
        return unexpected<Error>(songs.error());
    }
    answer.one(name, std::move(Element().many("song", elements(*songs, songElement))));
    return {};
}

// Three lists side by side.
struct Kinds {
    std::vector<Entry> artists, albums, songs;
};
using OneKind = std::function<Result<std::vector<Entry>>(const char* kind, const char* prefix)>;

Result<Kinds> eachKind(const OneKind& one) {
    Kinds kinds;
    const std::tuple<const char*, const char*, std::vector<Entry>*> wanted[] = {
        {"artist", "artist", &kinds.artists}, {"album", "album", &kinds.albums}, {"track", "song", &kinds.songs}};
    for (const auto& [kind, prefix, where] : wanted) {
        auto found = one(kind, prefix);
        if (!found) {
            return unexpected<Error>(found.error());
        }
        *where = std::move(*found);
    }
    return kinds;
}

void addKinds(Element& answer, const char* name, const Kinds& kinds, bool byTags) {
    Element element;
    element.many("artist", elements(kinds.artists, byTags ? artistElement : indexElement));
    element.many("album", elements(kinds.albums, byTags ? albumElement : directoryElement));
    element.many("song", elements(kinds.songs, songElement));
    answer.one(name, std::move(element));
}

Done starred(const Call& call, Element& answer, const char* name, bool byTags) {
    const auto library = call.library();
    const auto kinds = library ? eachKind([&](const char* kind, const char*) {
        return call.entries(call.ids([&](MusicLists& lists) { return lists.favourites(kind, *library); }));
    })
                               : Result<Kinds>(unexpected<Error>(library.error()));
    if (!kinds) {
        return unexpected<Error>(kinds.error());
    }
    addKinds(answer, name, *kinds, byTags);
    return {};
}

// Nothing but quotation marks, stars and blanks asks for everything.
bool asksForAll(std::string_view query) {
    return query.find_first_not_of("\"'* ") == std::string_view::npos;
}

struct SearchPage {
    std::string query;
    Id library;
    std::int64_t offset = 0, count = 20;
};

// What the search finds is ranked, and looked at from its beginning: pages far behind are empty.
Result<std::vector<Entry>> found(const Call& call, const char* kind, const SearchPage& page) {
    if (asksForAll(page.query)) {
        return call.entries(call.ids([&](MusicLists& lists) {
            return lists.everything(kind, page.library, page.offset, page.count, call.parts.marks);
        }));
    }
    const auto most = static_cast<int>(std::min(page.offset + page.count, kMostFound));
    std::vector<std::string> kinds = {kind};
    if (kinds.front() == "album") {
        kinds.emplace_back("audiobook");  // whoever types its name means it
    }
    auto result = searchItems(call.parts.database, call.viewer(), page.query, kinds, most,
                              [&] { return call.parts.catalog.spelling(); });
    if (!result) {
        return unexpected<Error>(result.error());
    }
    std::vector<Item>& items = result->items;
    std::erase_if(items, [&](const Item& item) { return !page.library.empty() && item.libraryId != page.library; });
    std::vector<Id> ids;
    for (auto at = static_cast<std::size_t>(page.offset); at < items.size(); ++at) {
        ids.push_back(items[at].id);
    }
    return call.entries(ids);
}

Done search(const Call& call, Element& answer, const char* name, bool byTags) {
    const auto library = call.library();
    if (!call.parameters.has("query") || !library) {
        return library ? fail(ErrorCode::Invalid, "The parameter \"query\" is missing.")
                       : unexpected<Error>(library.error());
    }
    const std::string query(call.parameters.text("query"));
    const auto kinds = eachKind([&](const char* kind, const std::string& prefix) -> Result<std::vector<Entry>> {
        const auto count = call.parameters.integer(prefix + "Count", 20, 0, kMostOfAll);
        const auto offset = call.parameters.integer(prefix + "Offset", 0, 0, kFarthest);
        if (!count || !offset) {
            return unexpected<Error>(count ? offset.error() : count.error());
        }
        return *count == 0 ? std::vector<Entry>() : found(call, kind, {query, *library, *offset, *count});
    });
    if (!kinds) {
        return unexpected<Error>(kinds.error());
    }
    addKinds(answer, name, *kinds, byTags);
    return {};
}

}  // namespace

Done getAlbumList(const Call& call, Element& answer) {
    const auto albums = albumList(call);
    if (!albums) {
        return unexpected<Error>(albums.error());
    }
    answer.one("albumList", std::move(Element().many("album", elements(*albums, directoryElement))));
    return {};
}

Done getAlbumList2(const Call& call, Element& answer) {
    const auto albums = albumList(call);
    if (!albums) {
        return unexpected<Error>(albums.error());
    }
    answer.one("albumList2", std::move(Element().many("album", elements(*albums, albumElement))));
    return {};
}

Done getRandomSongs(const Call& call, Element& answer) {
    const auto count = call.parameters.integer("size", 10, 0, kMostAtOnce);
    const auto from = year(call, "fromYear"), to = year(call, "toYear");
    const auto library = call.library();
    if (!count || !library) {
        return unexpected<Error>(count ? library.error() : count.error());
    }
    if (!from || !to) {
        return unexpected<Error>(from ? to.error() : from.error());
    }
    return addSongs(call, answer, "randomSongs",
                    {*library, std::string(call.parameters.text("genre")), *from, *to, true, 0, *count});
}

Done getSongsByGenre(const Call& call, Element& answer) {
    const auto genre = call.parameters.required("genre");
    const auto count = call.parameters.integer("count", 10, 0, kMostAtOnce);
    const auto offset = call.parameters.integer("offset", 0, 0, kFarthest);
    const auto library = call.library();
    if (!genre || !library) {
        return unexpected<Error>(genre ? library.error() : genre.error());
    }
    if (!count || !offset) {
        return unexpected<Error>(count ? offset.error() : count.error());
    }
    return addSongs(call, answer, "songsByGenre", {*library, *genre, {}, {}, false, *offset, *count});
}

// One's own devices; of everybody for an owner.
Done getNowPlaying(const Call& call, Element& answer) {
    const core::TimeMs now = call.parts.clock->now();
    std::vector<Element> list;
    int number = 0;
    for (const auto& playing : call.parts.playing.list(call.who().isOwner() ? Id() : call.who().userId, now)) {
        const auto found = call.entries(std::vector<Id>{playing.mediaId});
        if (!found) {
            return unexpected<Error>(found.error());
        }
        for (const Entry& entry : *found) {
            Element element = songElement(entry);
            element.set("username", playing.username).set("minutesAgo", (now - playing.since) / 60'000);
            element.set("playerId", ++number).setText("playerName", playing.player);
            list.push_back(std::move(element));
        }
    }
    answer.one("nowPlaying", std::move(Element().many("entry", std::move(list))));
    return {};
}

Done getStarred(const Call& call, Element& answer) {
    return starred(call, answer, "starred", false);
}

Done getStarred2(const Call& call, Element& answer) {
    return starred(call, answer, "starred2", true);
}

Done search2(const Call& call, Element& answer) {
    return search(call, answer, "searchResult2", false);
}

Done search3(const Call& call, Element& answer) {
    return search(call, answer, "searchResult3", true);
}

}  // namespace marea::server::subsonic
