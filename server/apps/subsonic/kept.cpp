#include "server/apps/subsonic/keptstore.h"

#include <algorithm>
#include <map>
#include <set>

#include "core/base/utf8.h"
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

constexpr std::int64_t kLatest = std::int64_t{1} << 40;  // milliseconds within a title: more than any lasts
constexpr std::size_t kLongestText = 1000, kLongestUrl = 2000;

// Songs by id; what is not there, or no song, is left out.
Result<std::map<Id, Element>> songsOf(const Call& call, const std::vector<Id>& ids) {
    const auto entries = call.songs(ids);
    if (!entries) {
        return unexpected<Error>(entries.error());
    }
    std::map<Id, Element> songs;
    for (const Entry& entry : *entries) {
        songs.emplace(entry.part.empty() ? entry.item.id : entry.part, songElement(entry));
    }
    return songs;
}

Result<std::vector<Id>> queuedIds(const Call& call) {
    auto ids = call.parameters.ids("id", kLongestQueue);
    const auto songs = ids ? songsOf(call, *ids) : unexpected<Error>(ids.error());
    if (!songs) {
        return unexpected<Error>(songs.error());
    }
    const bool known = std::all_of(ids->begin(), ids->end(), [&](const Id& id) { return songs->contains(id); });
    return known ? std::move(ids) : Result<std::vector<Id>>(fail(ErrorCode::NotFound, "There is no such song."));
}

Done saveQueue(const Call& call, std::vector<Id> titles, std::int64_t current) {
    const auto position = call.parameters.integer("position", 0, 0, kLatest);
    if (!position) {
        return unexpected<Error>(position.error());
    }
    const PlayQueue queue{std::move(titles), current, *position, call.parts.clock->now(), call.client};
    return call.parts.database.write([&](Session& session) {
        return queue.titles.empty() ? clearPlayQueue(session, call.who().userId)
                                    : savePlayQueue(session, call.who().userId, queue);
    });
}

// The queue as it is left: songs that are gone are no part of it, and the current one moves up.
struct Shown {
    Element element;
    std::vector<Element> songs;
    std::int64_t current = 0;
    Id currentId;
};
Result<std::optional<Shown>> shownQueue(const Call& call) {
    const auto queue = call.parts.database.readValue<std::optional<PlayQueue>>(
        [&](Session& session) { return playQueue(session, call.who().userId); });
    if (!queue || !*queue) {
        return queue ? Result<std::optional<Shown>>(std::nullopt) : unexpected<Error>(queue.error());
    }
    const auto songs = songsOf(call, (*queue)->titles);
    if (!songs) {
        return unexpected<Error>(songs.error());
    }
    Shown shown;
    for (std::size_t i = 0; i < (*queue)->titles.size(); ++i) {
        const Id& id = (*queue)->titles[i];
        const bool isCurrent = static_cast<std::int64_t>(i) == (*queue)->current;
        shown.current = isCurrent ? static_cast<std::int64_t>(shown.songs.size()) : shown.current;
        if (const auto song = songs->find(id); song != songs->end()) {
            shown.songs.push_back(song->second);
            shown.currentId = isCurrent ? id : shown.currentId;
        }
    }
    shown.current = std::min<std::int64_t>(shown.current, std::max<std::int64_t>(0, std::ssize(shown.songs) - 1));
    shown.element.set("position", (*queue)->position).set("username", call.who().username);
    shown.element.set("changed", isoTime((*queue)->changedAt)).set("changedBy", (*queue)->changedBy);
    return std::optional(std::move(shown));
}

Result<RadioStation> stationOf(const Call& call, Id id) {
    const auto isAddress = [](std::string_view text) {
        const bool known = text.starts_with("http://") || text.starts_with("https://");
        return known && text.size() <= kLongestUrl && std::all_of(text.begin(), text.end(), [](char c) {
                   return static_cast<unsigned char>(c) > ' ' && c != 0x7F;
               });
    };
    RadioStation station{std::move(id), core::cleanText(call.parameters.text("name"), kLongestText),
                         std::string(call.parameters.text("streamUrl")),
                         std::string(call.parameters.text("homepageUrl"))};
    if (station.name.empty()) {
        return fail(ErrorCode::Invalid, "The parameter \"name\" is missing.");
    }
    const bool fine = isAddress(station.streamUrl) && (station.homePage.empty() || isAddress(station.homePage));
    return fine ? Result<RadioStation>(std::move(station))
                : fail(ErrorCode::Invalid, "This is no address of a station.");
}

}  // namespace

Done getPlayQueue(const Call& call, Element& answer) {
    auto shown = shownQueue(call);
    if (!shown || !*shown) {
        return shown ? Done() : unexpected<Error>(shown.error());
    }
    (*shown)->element.setText("current", (*shown)->currentId).many("entry", std::move((*shown)->songs));
    answer.one("playQueue", std::move((*shown)->element));
    return {};
}

Done getPlayQueueByIndex(const Call& call, Element& answer) {
    auto shown = shownQueue(call);
    if (!shown || !*shown) {
        return shown ? Done() : unexpected<Error>(shown.error());
    }
    if (!(*shown)->songs.empty()) {
        (*shown)->element.set("currentIndex", (*shown)->current);
    }
    (*shown)->element.many("entry", std::move((*shown)->songs));
    answer.one("playQueueByIndex", std::move((*shown)->element));
    return {};
}

Done savePlayQueue(const Call& call, Element&) {
    auto ids = queuedIds(call);
    if (!ids) {
        return unexpected<Error>(ids.error());
    }
    const std::string current(call.parameters.text("current"));
    const auto at = std::find(ids->begin(), ids->end(), current);
    if (!current.empty() && at == ids->end()) {
        return fail(ErrorCode::Invalid, "What plays is not in the queue.");
    }
    const std::int64_t index = current.empty() ? 0 : at - ids->begin();
    return saveQueue(call, std::move(*ids), index);
}

Done savePlayQueueByIndex(const Call& call, Element&) {
    auto ids = queuedIds(call);
    const auto index =
        ids && !ids->empty() ? call.parameters.requiredInteger("currentIndex", 0, kLatest) : Result<std::int64_t>(0);
    if (!ids || !index) {
        return unexpected<Error>(ids ? index.error() : ids.error());
    }
    if (!ids->empty() && *index >= std::ssize(*ids)) {
        return fail(ErrorCode::Invalid, "What plays is not in the queue.");
    }
    return saveQueue(call, std::move(*ids), *index);
}

Done getBookmarks(const Call& call, Element& answer) {
    const auto marks = call.parts.database.readValue<std::vector<Bookmark>>(
        [&](Session& session) { return bookmarks(session, call.who().userId); });
    std::vector<Id> ids;
    for (const Bookmark& mark : marks.value_or(std::vector<Bookmark>())) {
        ids.push_back(mark.mediaId);
    }
    const auto songs = marks ? songsOf(call, ids) : unexpected<Error>(marks.error());
    if (!songs) {
        return unexpected<Error>(songs.error());
    }
    std::vector<Element> list;
    for (const Bookmark& mark : *marks) {
        if (const auto song = songs->find(mark.mediaId); song != songs->end()) {
            Element element;
            element.set("position", mark.position).set("username", call.who().username);
            element.setText("comment", mark.comment).set("created", isoTime(mark.createdAt));
            element.set("changed", isoTime(mark.changedAt)).one("entry", song->second);
            list.push_back(std::move(element));
        }
    }
    answer.one("bookmarks", std::move(Element().many("bookmark", std::move(list))));
    return {};
}

Done createBookmark(const Call& call, Element&) {
    const auto id = call.parameters.id();
    const auto position = call.parameters.requiredInteger("position", 0, kLatest);
    const auto songs = id ? songsOf(call, {*id}) : unexpected<Error>(id.error());
    if (!songs || !position) {
        return unexpected<Error>(songs ? position.error() : songs.error());
    }
    if (songs->empty()) {
        return fail(ErrorCode::NotFound, "There is no such song.");
    }
    const core::TimeMs now = call.parts.clock->now();
    const Bookmark mark{*id, *position, core::cleanText(call.parameters.text("comment"), kLongestText, true), now, now};
    return call.parts.database.write([&](Session& session) { return saveBookmark(session, call.who().userId, mark); });
}

Done deleteBookmark(const Call& call, Element&) {
    const auto id = call.parameters.id();
    if (!id) {
        return unexpected<Error>(id.error());
    }
    return call.parts.database.write([&](Session& session) { return removeBookmark(session, call.who().userId, *id); });
}

Done getInternetRadioStations(const Call& call, Element& answer) {
    const auto stations = call.parts.database.readValue<std::vector<RadioStation>>(
        [](Session& session) { return radioStations(session); });
    if (!stations) {
        return unexpected<Error>(stations.error());
    }
    std::vector<Element> list;
    for (const RadioStation& station : *stations) {
        Element element;
        element.set("id", station.id).set("name", station.name).set("streamUrl", station.streamUrl);
        list.push_back(std::move(element.setText("homePageUrl", station.homePage)));
    }
    answer.one("internetRadioStations", std::move(Element().many("internetRadioStation", std::move(list))));
    return {};
}

Done createInternetRadioStation(const Call& call, Element&) {
    const core::TimeMs now = call.parts.clock->now();
    const auto station = stationOf(call, core::newId(now));
    if (!station) {
        return unexpected<Error>(station.error());
    }
    return call.parts.database.write([&](Session& session) { return addRadioStation(session, *station, now); });
}

Done updateInternetRadioStation(const Call& call, Element&) {
    const auto id = call.parameters.id();
    const auto station = id ? stationOf(call, *id) : unexpected<Error>(id.error());
    if (!station) {
        return unexpected<Error>(station.error());
    }
    return call.parts.database.write([&](Session& session) { return changeRadioStation(session, *station); });
}

Done deleteInternetRadioStation(const Call& call, Element&) {
    const auto id = call.parameters.id();
    if (!id) {
        return unexpected<Error>(id.error());
    }
    return call.parts.database.write([&](Session& session) { return removeRadioStation(session, *id); });
}

}  // namespace marea::server::subsonic
