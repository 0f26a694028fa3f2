#include "server/apps/library/playlisthandlers.h"

#include <algorithm>
#include <map>
#include <set>

#include "server/apps/library/listparams.h"
#include "server/apps/library/playlistjson.h"
#include "server/apps/library/smartlists.h"

namespace marea::server {

namespace {

namespace json = core::json;
using core::Error;
using core::ErrorCode;
using core::fail;
using core::Id;
using core::Result;
using core::unexpected;
using core::db::Session;

LibraryActor actorOf(const Request& request) {
    return {request.principal->userId, request.principal->sessionId};
}

Result<PlaylistsOf> whose(const Request& request) {
    const std::string_view owner = request.queryValue("owner").value_or("all");
    if (owner == "all") {
        return PlaylistsOf::Everybody;
    }
    if (owner == "me") {
        return PlaylistsOf::Own;
    }
    return owner == "others" ? Result<PlaylistsOf>(PlaylistsOf::Others)
                             : fail(ErrorCode::Invalid, "owner must be me, others or all.");
}

Result<Id> idCursor(const Request& request) {
    const Id cursor(request.queryValue("cursor").value_or(""));
    return cursor.empty() || core::isId(cursor) ? Result<Id>(cursor) : wrongCursor();
}

// "<rank>.<entry>" of the last one; of smart lists how many came before.
Result<std::optional<PlaylistEntry>> entryCursor(const Request& request) {
    const std::string_view text = request.queryValue("cursor").value_or("");
    if (text.empty()) {
        return std::optional<PlaylistEntry>();
    }
    const auto dot = text.find('.');
    const auto rank = wholeNumber<std::int64_t>(text.substr(0, dot));
    if (dot == text.npos || !rank || !core::isId(text.substr(dot + 1))) {
        return wrongCursor();
    }
    PlaylistEntry entry;
    entry.rank = *rank;
    entry.id = Id(text.substr(dot + 1));
    return std::optional(entry);
}

}  // namespace

Response playlistProblem(const Error& error) {
    return error.code == ErrorCode::Conflict && error.detail == kStaleRevision
               ? Response::problem(412, "urn:marea:error:precondition_failed", error.text)
               : Response::problem(error);
}

Response PlaylistHandlers::answered(int status, const Id& userId, const Result<Playlist>& list) {
    if (!list) {
        return playlistProblem(list.error());
    }
    Response response = Response::json(status, playlistJson(*list, userId));
    response.headers.set("ETag", playlistTag(*list));
    return response;
}

// `body`, with the playlist's revision as it is now.
Response PlaylistHandlers::revision(int status, const Id& userId, const Id& id, json::object body) {
    const auto list = database_.readValue<Playlist>([&](Session& session) { return playlist(session, userId, id); });
    if (!list) {
        return playlistProblem(list.error());
    }
    body["revision"] = list->revision;
    Response response = Response::json(status, std::move(body));
    response.headers.set("ETag", playlistTag(*list));
    return response;
}

// Only titles that the user sees.
Result<void> PlaylistHandlers::visible(const Id& userId, const std::vector<Id>& media) {
    const std::set<Id> wanted(media.begin(), media.end());
    const auto items = media_.items(userId, {wanted.begin(), wanted.end()});
    if (!items) {
        return unexpected<Error>(items.error());
    }
    return items->size() == wanted.size() ? Result<void>()
                                          : fail(ErrorCode::Unprocessable, "One of the titles is not there.");
}

Response PlaylistHandlers::list(const Request& request) {
    const auto owners = whose(request);
    const auto limit = listLimit(request);
    const auto before = idCursor(request);
    if (!owners || !limit || !before) {
        return Response::problem(!owners ? owners.error() : !limit ? limit.error() : before.error());
    }
    const Id& user = request.principal->userId;
    auto lists = database_.readValue<std::vector<Playlist>>(
        [&](Session& session) { return playlists(session, user, *owners, *before, *limit + 1); });
    if (!lists) {
        return Response::problem(lists.error());
    }
    json::value next = nullptr;
    if (lists->size() > static_cast<std::size_t>(*limit)) {
        lists->pop_back();
        next = json::value(lists->back().id);
    }
    json::array items;
    for (const Playlist& one : *lists) {
        items.push_back(playlistJson(one, user));
    }
    return Response::json(200, json::object{{"items", std::move(items)}, {"next_cursor", next}});
}

Response PlaylistHandlers::create(const Request& request) {
    const auto wish = parseNewPlaylist(request.body);
    if (!wish) {
        return Response::problem(wish.error());
    }
    const LibraryActor who = actorOf(request);
    if (auto seen = visible(who.userId, wish->media); !seen) {
        return Response::problem(seen.error());
    }
    const auto made = database_.writeValue<Playlist>(
        [&](Session& session) { return createPlaylist(session, who, wish->list, wish->media, clock_->now()); });
    Response response = answered(201, who.userId, made);
    if (made) {
        response.headers.set("Location", "/api/v1/playlists/" + made->id);
    }
    return response;
}

Response PlaylistHandlers::get(const Request& request) {
    const Id& user = request.principal->userId;
    return answered(200, user, database_.readValue<Playlist>([&](Session& session) {
        return playlist(session, user, Id(request.param("id")));
    }));
}

Response PlaylistHandlers::change(const Request& request) {
    const auto change = parsePlaylistChange(request.body);
    if (!change) {
        return Response::problem(change.error());
    }
    const LibraryActor who = actorOf(request);
    return answered(200, who.userId, database_.writeValue<Playlist>([&](Session& session) {
        return changePlaylist(session, who, Id(request.param("id")), *change, ifRevision(request), clock_->now());
    }));
}

Response PlaylistHandlers::remove(const Request& request) {
    const auto done = database_.write([&](Session& session) {
        return deletePlaylist(session, actorOf(request), Id(request.param("id")), ifRevision(request), clock_->now());
    });
    return done ? Response::empty() : playlistProblem(done.error());
}

// By how many came before: what is in it follows from what there is at the moment.
Result<PlaylistHandlers::EntryPage> PlaylistHandlers::smartPage(const Id& userId, const Playlist& list,
                                                                const Request& request, int limit) {
    const std::string_view text = request.queryValue("cursor").value_or("");
    const auto offset = text.empty() ? std::optional<int>(0) : wholeNumber<int>(text);
    if (!offset || *offset < 0 || *offset > static_cast<int>(kMostEntries)) {
        return wrongCursor();
    }
    const Viewer viewer = media_.viewer(userId);
    auto ids = database_.readValue<std::vector<Id>>(
        [&](Session& session) { return smartTitles(session, viewer, list.rules, *offset, limit + 1, clock_->now()); });
    if (!ids) {
        return unexpected<Error>(ids.error());
    }
    EntryPage page;
    page.nextCursor = ids->size() > static_cast<std::size_t>(limit) ? std::to_string(*offset + limit) : "";
    ids->resize(std::min(ids->size(), static_cast<std::size_t>(limit)));
    for (Id& title : *ids) {
        page.entries.push_back({{}, std::move(title), {}, 0, 0});
    }
    return page;
}

Result<PlaylistHandlers::EntryPage> PlaylistHandlers::entryPage(const Id& userId, const Id& id,
                                                                const Request& request) {
    const auto limit = listLimit(request);
    const auto list = database_.readValue<Playlist>([&](Session& session) { return playlist(session, userId, id); });
    if (!limit || !list) {
        return unexpected<Error>(limit ? list.error() : limit.error());
    }
    if (!list->rules.empty()) {
        return smartPage(userId, *list, request, *limit);
    }
    EntryPage page;
    const auto most = static_cast<std::size_t>(*limit);
    const auto after = entryCursor(request);
    auto entries = after ? database_.readValue<std::vector<PlaylistEntry>>([&](Session& session) {
        return playlistEntries(session, userId, id, *after, *limit + 1);
    })
                         : unexpected<Error>(after.error());
    if (!entries) {
        return unexpected<Error>(entries.error());
    }
    if (entries->size() > most) {
        entries->pop_back();
        page.nextCursor = std::to_string(entries->back().rank) + "." + entries->back().id;
    }
    page.entries = std::move(*entries);
    return page;
}

Response PlaylistHandlers::entries(const Request& request) {
    const Principal& who = *request.principal;
    const auto page = entryPage(who.userId, Id(request.param("id")), request);
    if (!page) {
        return Response::problem(page.error());
    }
    std::set<Id> ids;
    for (const PlaylistEntry& entry : page->entries) {
        ids.insert(entry.mediaId);
    }
    const auto items = media_.items(who.userId, {ids.begin(), ids.end()});
    if (!items) {
        return Response::problem(items.error());
    }
    std::map<Id, json::object> titles;
    for (const Item& item : *items) {
        titles[item.id] = media_.toJson(item, who.sessionId);
    }
    json::array list;
    for (const PlaylistEntry& entry : page->entries) {
        const auto title = titles.find(entry.mediaId);
        list.push_back(
            json::object{{"id", core::jsonOrNull(entry.id)},
                         {"media_id", entry.mediaId},
                         {"added_by", core::jsonOrNull(entry.addedBy)},
                         {"added_at", entry.id.empty() ? json::value(nullptr) : json::value(entry.addedAt)},
                         {"media", title == titles.end() ? json::value(nullptr) : json::value(title->second)}});
    }
    return Response::json(
        200, json::object{{"items", std::move(list)}, {"next_cursor", core::jsonOrNull(page->nextCursor)}});
}

Response PlaylistHandlers::addEntries(const Request& request) {
    const auto wish = parseNewEntries(request.body);
    if (!wish) {
        return Response::problem(wish.error());
    }
    const LibraryActor who = actorOf(request);
    const Id id(request.param("id"));
    if (auto seen = visible(who.userId, wish->media); !seen) {
        return Response::problem(seen.error());
    }
    const auto added = database_.writeValue<std::vector<Id>>([&](Session& session) {
        return marea::server::addEntries(session, who, id, wish->media, wish->place, ifRevision(request),
                                         clock_->now());
    });
    return added ? revision(201, who.userId, id, {{"entry_ids", json::array(added->begin(), added->end())}})
                 : playlistProblem(added.error());
}

Response PlaylistHandlers::moveEntry(const Request& request) {
    const auto place = parsePlace(request.body);
    if (!place) {
        return Response::problem(place.error());
    }
    const LibraryActor who = actorOf(request);
    const Id id(request.param("id")), entry(request.param("entry"));
    const auto done = database_.write([&](Session& session) {
        return marea::server::moveEntry(session, who, id, entry, *place, ifRevision(request), clock_->now());
    });
    return done ? revision(200, who.userId, id, {{"entry_ids", json::array{json::value(entry)}}})
                : playlistProblem(done.error());
}

Response PlaylistHandlers::removeEntry(const Request& request) {
    const auto done = database_.write([&](Session& session) {
        return removeEntries(session, actorOf(request), Id(request.param("id")), {Id(request.param("entry"))},
                             ifRevision(request), clock_->now());
    });
    return done ? Response::empty() : playlistProblem(done.error());
}

}  // namespace marea::server
