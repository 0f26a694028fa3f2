#include "server/apps/library/playlists.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "core/base/utf8.h"
#include "server/apps/library/smartlists.h"
#include "server/apps/subsonic/handlers.h"

namespace marea::server::subsonic {

using core::Error;
using core::ErrorCode;
using core::fail;
using core::Id;
using core::Result;
using core::unexpected;
using core::db::Session;

namespace {

constexpr std::size_t kLongestName = 200, kLongestComment = 2000;
constexpr const char* kPrivate = "private";

// One title of a list as it is shown here: songs alone, in their order.
struct Line {
    Id entry;  // empty: of a smart list
    Id song;
};

Result<std::vector<PlaylistEntry>> allOf(const Call& call, Session& session, const Playlist& list) {
    const Id& user = call.who().userId;
    const int most = static_cast<int>(kMostEntries);
    if (list.rules.empty()) {
        return playlistEntries(session, user, list.id, {}, most);
    }
    const auto titles = smartTitles(session, call.viewer(), list.rules, 0, most, call.parts.clock->now());
    if (!titles) {
        return unexpected<Error>(titles.error());
    }
    std::vector<PlaylistEntry> entries;
    for (const Id& title : *titles) {
        entries.push_back({{}, title, {}, 0, 0});
    }
    return entries;
}

struct Lines {
    std::vector<Line> lines;
    double duration = 0;
};

Result<Lines> linesOf(const Call& call, Session& session, const Playlist& list) {
    const auto entries = allOf(call, session, list);
    if (!entries) {
        return unexpected<Error>(entries.error());
    }
    std::vector<Id> titles;
    std::transform(entries->begin(), entries->end(), std::back_inserter(titles),
                   [](const PlaylistEntry& entry) { return entry.mediaId; });
    const auto songs = MusicLists(session, call.viewer()).durations(titles);
    if (!songs) {
        return unexpected<Error>(songs.error());
    }
    Lines lines;
    for (const PlaylistEntry& entry : *entries) {
        if (const auto song = songs->find(entry.mediaId); song != songs->end()) {
            lines.lines.push_back({entry.id, entry.mediaId});
            lines.duration += song->second;
        }
    }
    return lines;
}

Element listElement(const Playlist& list, const Lines& lines) {
    Element element;
    element.set("id", list.id).set("name", list.name).setText("comment", list.description);
    element.setText("owner", list.ownerName).set("public", list.visibility != kPrivate);
    element.set("songCount", lines.lines.size()).set("duration", std::llround(lines.duration));
    element.set("created", isoTime(list.createdAt)).set("changed", isoTime(list.updatedAt));
    return std::move(element.setText("coverArt", lines.lines.empty() ? Id() : list.id));
}

Result<std::vector<Playlist>> allLists(const Call& call, Session& session) {
    std::vector<Playlist> all;
    Id before;
    while (true) {
        auto page = server::playlists(session, call.who().userId, PlaylistsOf::Everybody, before, 200);
        if (!page) {
            return unexpected<Error>(page.error());
        }
        all.insert(all.end(), page->begin(), page->end());
        if (page->size() < 200 || all.size() >= kMostPlaylists) {
            return all;
        }
        before = page->back().id;
    }
}

// Songs that the user sees, some of them several times.
Result<std::vector<Id>> songsNamed(const Call& call, const char* parameter) {
    auto songs = call.parameters.ids(parameter, kMostEntries);
    if (!songs) {
        return songs;
    }
    const std::set<Id> wanted(songs->begin(), songs->end());
    const auto known = call.read<std::map<Id, double>>([&](MusicLists& lists) {
        return lists.durations({wanted.begin(), wanted.end()});
    });
    if (!known) {
        return unexpected<Error>(known.error());
    }
    return known->size() == wanted.size()
               ? std::move(songs)
               : Result<std::vector<Id>>(fail(ErrorCode::NotFound, "There is no such song."));
}

Done addSongs(const Call& call, Session& session, const Id& list, const std::vector<Id>& songs) {
    for (auto at = songs.begin(); at != songs.end();) {
        const auto end = at + std::min<std::ptrdiff_t>(songs.end() - at, std::ptrdiff_t{kMostEntriesAtOnce});
        const auto added =
            addEntries(session, call.actor(), list, {at, end}, {}, std::nullopt, call.parts.clock->now());
        if (!added) {
            return unexpected<Error>(added.error());
        }
        at = end;
    }
    return {};
}

Done removeSongs(const Call& call, Session& session, const Id& list, const std::vector<Id>& entries) {
    for (auto at = entries.begin(); at != entries.end();) {
        const auto end = at + std::min<std::ptrdiff_t>(entries.end() - at, std::ptrdiff_t{kMostEntriesAtOnce});
        auto done = removeEntries(session, call.actor(), list, {at, end}, std::nullopt, call.parts.clock->now());
        if (!done) {
            return done;
        }
        at = end;
    }
    return {};
}

Result<Id> made(const Call& call, Session& session, const std::vector<Id>& songs) {
    Playlist wish;
    wish.name = core::cleanText(call.parameters.text("name"), kLongestName);
    if (wish.name.empty()) {
        return fail(ErrorCode::Invalid, "The parameter \"name\" is missing.");
    }
    const auto list = server::createPlaylist(session, call.actor(), wish, {}, call.parts.clock->now());
    auto done = list ? addSongs(call, session, list->id, songs) : unexpected<Error>(list.error());
    return done ? Result<Id>(list->id) : unexpected<Error>(done.error());
}

// The list with these songs in place of its own.
Result<Id> replaced(const Call& call, Session& session, const std::vector<Id>& songs) {
    const auto id = call.parameters.id("playlistId");
    const auto list = id ? server::playlist(session, call.who().userId, *id) : unexpected<Error>(id.error());
    const auto lines = list ? linesOf(call, session, *list) : unexpected<Error>(list.error());
    if (!lines) {
        return unexpected<Error>(lines.error());
    }
    if (!list->rules.empty()) {
        return fail(ErrorCode::Forbidden, "What is in this list follows from its rules.");
    }
    std::vector<Id> old;
    std::transform(lines->lines.begin(), lines->lines.end(), std::back_inserter(old),
                   [](const Line& line) { return line.entry; });
    auto done = removeSongs(call, session, *id, old).and_then([&] { return addSongs(call, session, *id, songs); });
    return done ? id : unexpected<Error>(done.error());
}

PlaylistChange changeOf(const Call& call) {
    PlaylistChange change;
    if (!call.parameters.text("name").empty()) {
        change.name = core::cleanText(call.parameters.text("name"), kLongestName);
    }
    if (call.parameters.has("comment")) {
        change.description = core::cleanText(call.parameters.text("comment"), kLongestComment, true);
    }
    if (const auto open = call.parameters.flag("public")) {
        change.visibility = *open ? "public" : kPrivate;
    }
    return change;
}

// Entries at the places given, as they were before anything was changed.
Result<std::vector<Id>> entriesAt(const Call& call, const Lines& lines) {
    std::set<Id> entries;
    for (const std::string& text : call.parameters.all("songIndexToRemove")) {
        const auto index = Parameters({{"songIndexToRemove", text}}).integer("songIndexToRemove", -1, 0, INT64_MAX);
        if (!index || *index < 0 || static_cast<std::size_t>(*index) >= lines.lines.size()) {
            return fail(ErrorCode::Invalid, "There is no song at this place.");
        }
        entries.insert(lines.lines[static_cast<std::size_t>(*index)].entry);
    }
    return std::vector<Id>(entries.begin(), entries.end());
}

Done updated(const Call& call, Session& session, const Id& id, const std::vector<Id>& songs) {
    const auto list = server::playlist(session, call.who().userId, id);
    const auto lines = list ? linesOf(call, session, *list) : unexpected<Error>(list.error());
    const auto gone = lines ? entriesAt(call, *lines) : unexpected<Error>(lines.error());
    if (!gone) {
        return unexpected<Error>(gone.error());
    }
    const PlaylistChange change = changeOf(call);
    if (change.name || change.description || change.visibility) {
        const auto done = changePlaylist(session, call.actor(), id, change, std::nullopt, call.parts.clock->now());
        if (!done) {
            return unexpected<Error>(done.error());
        }
    }
    return removeSongs(call, session, id, *gone).and_then([&] { return addSongs(call, session, id, songs); });
}

Done addList(const Call& call, Element& answer, const Id& id) {
    Element element;
    std::vector<Id> songs;
    auto done = call.parts.database.read([&](Session& session) -> Done {
        const auto list = server::playlist(session, call.who().userId, id);
        const auto lines = list ? linesOf(call, session, *list) : unexpected<Error>(list.error());
        if (!lines) {
            return unexpected<Error>(lines.error());
        }
        element = listElement(*list, *lines);
        std::transform(lines->lines.begin(), lines->lines.end(), std::back_inserter(songs),
                       [](const Line& line) { return line.song; });
        return {};
    });
    const auto entries = done ? call.entries(songs) : unexpected<Error>(done.error());
    if (!entries) {
        return unexpected<Error>(entries.error());
    }
    answer.one("playlist", std::move(element.many("entry", elements(*entries, songElement))));
    return {};
}

}  // namespace

// One's own, and those that others share.
Done getPlaylists(const Call& call, Element& answer) {
    const std::string_view name = call.parameters.text("username");
    if (!name.empty() && name != call.who().username) {
        return fail(ErrorCode::Forbidden, "Lists of others are among one's own where they are shared.");
    }
    std::vector<Element> list;
    auto done = call.parts.database.read([&](Session& session) -> Done {
        const auto all = allLists(call, session);
        if (!all) {
            return unexpected<Error>(all.error());
        }
        for (const Playlist& one : *all) {
            const auto lines = linesOf(call, session, one);
            if (!lines) {
                return unexpected<Error>(lines.error());
            }
            list.push_back(listElement(one, *lines));
        }
        return {};
    });
    answer.one("playlists", std::move(Element().many("playlist", std::move(list))));
    return done;
}

Done getPlaylist(const Call& call, Element& answer) {
    const auto id = call.parameters.id();
    return id ? addList(call, answer, *id) : unexpected<Error>(id.error());
}

Done createPlaylist(const Call& call, Element& answer) {
    const auto songs = songsNamed(call, "songId");
    if (!songs) {
        return unexpected<Error>(songs.error());
    }
    const auto id = call.parts.database.writeValue<Id>([&](Session& session) {
        return call.parameters.has("playlistId") ? replaced(call, session, *songs) : made(call, session, *songs);
    });
    return id ? addList(call, answer, *id) : unexpected<Error>(id.error());
}

Done updatePlaylist(const Call& call, Element&) {
    const auto id = call.parameters.id("playlistId");
    const auto songs = songsNamed(call, "songIdToAdd");
    if (!id || !songs) {
        return unexpected<Error>(id ? songs.error() : id.error());
    }
    return call.parts.database.write([&](Session& session) { return updated(call, session, *id, *songs); });
}

Done deletePlaylist(const Call& call, Element&) {
    const auto id = call.parameters.id();
    if (!id) {
        return unexpected<Error>(id.error());
    }
    return call.parts.database.write([&](Session& session) {
        return server::deletePlaylist(session, call.actor(), *id, std::nullopt, call.parts.clock->now());
    });
}

}  // namespace marea::server::subsonic
