#include "server/apps/library/playlists.h"

#include <algorithm>

#include "server/apps/library/libraryevents.h"
#include "server/apps/library/ranks.h"

namespace marea::server {

namespace {

namespace json = core::json;
using core::Error;
using core::ErrorCode;
using core::fail;
using core::Id;
using core::Result;
using core::TimeMs;
using core::unexpected;
using core::db::Row;
using core::db::Session;

constexpr std::string_view kColumns =
    "SELECT p.id, p.owner_id, o.username, p.name, p.description, p.visibility, p.rules, p.revision, p.created_at, "
    "p.updated_at, (SELECT count(*) FROM playlist_entries e WHERE e.playlist_id = p.id) "
    "FROM playlists p JOIN users o ON o.id = p.owner_id WHERE ";

Playlist playlistFrom(const Row& row) {
    Playlist list;
    list.id = row.string(0);
    list.ownerId = row.string(1);
    list.ownerName = row.string(2);
    list.name = row.string(3);
    list.description = row.string(4);
    list.visibility = row.string(5);
    list.rules = row.string(6);
    list.revision = row.integer(7);
    list.createdAt = row.integer(8);
    list.updatedAt = row.integer(9);
    list.entryCount = row.integer(10);
    return list;
}

PlaylistEntry entryFrom(const Row& row) {
    return {row.string(0), row.string(1), row.string(2), row.integer(3), row.integer(4)};
}

core::unexpected<Error> noPlaylist() {
    return fail(ErrorCode::NotFound, "There is no such playlist.");
}

// Of the owner's events, whoever made it.
LibraryEvent eventOf(const Playlist& list, const LibraryActor& who, EventKind kind, json::object data, TimeMs now) {
    LibraryEvent event;
    event.userId = list.ownerId;
    event.actorId = who.userId == list.ownerId ? Id() : who.userId;
    event.loginId = who.loginId;
    event.kind = kind;
    event.playlistId = list.id;
    event.data = std::move(data);
    event.at = now;
    return event;
}

Result<void> recorded(Session& session, LibraryEvent event) {
    const auto done = record(session, std::move(event));
    return done ? Result<void>() : unexpected<Error>(done.error());
}

// A playlist that may be changed, and is still what was seen.
Result<Playlist> changeable(Session& session, const LibraryActor& who, const Id& id, IfRevision ifRevision,
                            bool entriesAlone) {
    auto list = playlist(session, who.userId, id);
    if (!list) {
        return list;
    }
    const bool may = list->ownerId == who.userId || (entriesAlone && list->visibility == "collaborative");
    if (!may) {
        return fail(ErrorCode::Forbidden, "This playlist is somebody else's.");
    }
    if (ifRevision && *ifRevision != list->revision) {
        return fail(ErrorCode::Conflict, "The playlist was changed in the meantime.", std::string(kStaleRevision));
    }
    return entriesAlone && !list->rules.empty()
               ? fail(ErrorCode::Unprocessable, "A smart playlist has no entries of its own.")
               : std::move(list);
}

json::array entriesJson(const std::vector<Id>& ids, const std::vector<Id>& media,
                        const std::vector<std::int64_t>& ranks) {
    json::array entries;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        entries.push_back(json::object{{"id", ids[i]}, {"media_id", media[i]}, {"rank", ranks[i]}});
    }
    return entries;
}

std::vector<Id> newIds(std::size_t count, TimeMs now) {
    std::vector<Id> ids;
    for (std::size_t i = 0; i < count; ++i) {
        ids.push_back(core::newId(now));
    }
    return ids;
}

Result<std::optional<std::int64_t>> rankBy(Session& session, std::string_view sql, const Id& playlistId,
                                           std::int64_t rank) {
    return session.first(sql, {playlistId, rank}, [](const Row& row) { return row.integer(0); });
}

struct Neighbours {
    std::optional<std::int64_t> before, after;
};

// The entries that a place lies between.
Result<Neighbours> neighbours(Session& session, const Id& id, const PlaylistPlace& place) {
    constexpr std::string_view next =
        "SELECT rank FROM playlist_entries WHERE playlist_id = ?1 AND rank > ?2 ORDER BY rank LIMIT 1";
    constexpr std::string_view previous =
        "SELECT rank FROM playlist_entries WHERE playlist_id = ?1 AND rank < ?2 ORDER BY rank DESC LIMIT 1";
    const Id& named = place.before ? *place.before : place.after.value_or(Id());
    if (named.empty()) {
        const auto edge = place.after ? rankBy(session, next, id, INT64_MIN) : rankBy(session, previous, id, INT64_MAX);
        if (!edge) {
            return unexpected<Error>(edge.error());
        }
        return place.after ? Neighbours{{}, *edge} : Neighbours{*edge, {}};
    }
    const auto known = session.first("SELECT rank FROM playlist_entries WHERE playlist_id = ?1 AND id = ?2",
                                     {id, named}, [](const Row& row) { return row.integer(0); });
    if (!known || !*known) {
        return known ? fail(ErrorCode::Conflict, "The entry beside which it belongs is not there any more.")
                     : unexpected<Error>(known.error());
    }
    const auto other = rankBy(session, place.before ? previous : next, id, **known);
    if (!other) {
        return unexpected<Error>(other.error());
    }
    return place.before ? Neighbours{*other, **known} : Neighbours{**known, *other};
}

// Every entry in its order with room between; what an event says of those that are moved for it.
Result<json::array> spread(Session& session, const Id& id) {
    json::array moved;
    auto done = session.each("SELECT id FROM playlist_entries WHERE playlist_id = ?1 ORDER BY rank, id", {id},
                             [&](const Row& row) {
                                 const auto place = static_cast<std::int64_t>(moved.size()) + 1;
                                 moved.push_back(json::object{{"id", row.string(0)}, {"rank", place * kRankGap}});
                                 return true;
                             });
    return done ? Result<json::array>(std::move(moved)) : unexpected<Error>(done.error());
}

// Room for `count` entries at a place. Where there is none, the others make some first, as a change of its own.
Result<std::vector<std::int64_t>> room(Session& session, const Playlist& list, const LibraryActor& who,
                                       const PlaylistPlace& place, std::size_t count, TimeMs now) {
    auto between = neighbours(session, list.id, place);
    if (!between) {
        return unexpected<Error>(between.error());
    }
    auto ranks = ranksBetween(between->before, between->after, count);
    if (!ranks.empty()) {
        return ranks;
    }
    auto moved = spread(session, list.id);
    auto done = moved ? recorded(session, eventOf(list, who, EventKind::PlaylistChanged,
                                                  {{"moved", std::move(*moved)}, {"spread", true}}, now))
                      : unexpected<Error>(moved.error());
    between = done ? neighbours(session, list.id, place) : unexpected<Error>(done.error());
    if (!between) {
        return unexpected<Error>(between.error());
    }
    return ranksBetween(between->before, between->after, count);
}

Result<void> roomForOneMore(Session& session, const Id& userId) {
    const auto count = session.first("SELECT count(*) FROM playlists WHERE owner_id = ?1", {userId},
                                     [](const Row& row) { return row.integer(0); });
    if (!count) {
        return unexpected<Error>(count.error());
    }
    return static_cast<std::size_t>(count->value_or(0)) < kMostPlaylists
               ? Result<void>()
               : fail(ErrorCode::Unprocessable, "You have as many playlists as one can have.");
}

json::value rulesJson(const std::string& rules) {
    return rules.empty() ? json::value(nullptr) : json::value(rules);
}

}  // namespace

Result<Playlist> playlist(Session& session, const Id& userId, const Id& id) {
    static const std::string kSql =
        std::string(kColumns) + "p.id = ?2 AND (p.owner_id = ?1 OR p.visibility <> 'private')";
    auto found = session.first(kSql, {userId, id}, playlistFrom);
    if (!found) {
        return unexpected<Error>(found.error());
    }
    return *found ? Result<Playlist>(std::move(**found)) : noPlaylist();
}

Result<std::vector<Playlist>> playlists(Session& session, const Id& userId, PlaylistsOf whose, const Id& before,
                                        int limit) {
    static const std::string kTail = " AND (?2 = '' OR p.id < ?2) ORDER BY p.id DESC LIMIT ?3";
    static const std::string kOwn = std::string(kColumns) + "p.owner_id = ?1" + kTail;
    static const std::string kOthers = std::string(kColumns) + "p.visibility <> 'private' AND p.owner_id <> ?1" + kTail;
    static const std::string kAll = std::string(kColumns) + "(p.owner_id = ?1 OR p.visibility <> 'private')" + kTail;
    const std::string& sql = whose == PlaylistsOf::Own ? kOwn : whose == PlaylistsOf::Others ? kOthers : kAll;
    return session.all(sql, {userId, before, std::int64_t{limit}}, playlistFrom);
}

Result<std::vector<PlaylistEntry>> playlistEntries(Session& session, const Id& userId, const Id& id,
                                                   const std::optional<PlaylistEntry>& after, int limit) {
    if (auto list = playlist(session, userId, id); !list) {
        return unexpected<Error>(list.error());
    }
    const PlaylistEntry from = after.value_or(PlaylistEntry{{}, {}, {}, INT64_MIN, 0});
    return session.all(
        "SELECT id, media_id, added_by, rank, added_at FROM playlist_entries WHERE playlist_id = ?1 "
        "AND (rank, id) > (?2, ?3) ORDER BY rank, id LIMIT ?4",
        {id, from.rank, from.id, std::int64_t{limit}}, entryFrom);
}

Result<Playlist> createPlaylist(Session& session, const LibraryActor& who, const Playlist& wish,
                                const std::vector<Id>& media, TimeMs now) {
    if (auto done = roomForOneMore(session, who.userId); !done) {
        return unexpected<Error>(done.error());
    }
    Playlist list = wish;
    list.id = core::newId(now);
    list.ownerId = who.userId;
    json::object data{{"name", list.name},
                      {"description", list.description},
                      {"visibility", list.visibility},
                      {"rules", rulesJson(list.rules)}};
    if (!media.empty()) {
        data["added"] = entriesJson(newIds(media.size(), now), media, ranksBetween({}, {}, media.size()));
    }
    auto done = recorded(session, eventOf(list, who, EventKind::PlaylistCreated, std::move(data), now));
    return done ? playlist(session, who.userId, list.id) : unexpected<Error>(done.error());
}

Result<Playlist> changePlaylist(Session& session, const LibraryActor& who, const Id& id, const PlaylistChange& change,
                                IfRevision ifRevision, TimeMs now) {
    auto list = changeable(session, who, id, ifRevision, false);
    if (!list) {
        return list;
    }
    if (change.rules && change.rules->empty() != list->rules.empty()) {
        return fail(ErrorCode::Unprocessable,
                    "A playlist with entries does not become a smart one, nor the other way.");
    }
    json::object data;
    const auto set = [&data](const char* key, const std::optional<std::string>& value, const std::string& before) {
        if (value && *value != before) {
            data[key] = *value;
        }
    };
    set("name", change.name, list->name);
    set("description", change.description, list->description);
    set("visibility", change.visibility, list->visibility);
    set("rules", change.rules, list->rules);
    if (data.empty()) {
        return list;
    }
    auto done = recorded(session, eventOf(*list, who, EventKind::PlaylistChanged, std::move(data), now));
    return done ? playlist(session, who.userId, id) : unexpected<Error>(done.error());
}

Result<void> deletePlaylist(Session& session, const LibraryActor& who, const Id& id, IfRevision ifRevision,
                            TimeMs now) {
    const auto list = changeable(session, who, id, ifRevision, false);
    return list ? recorded(session, eventOf(*list, who, EventKind::PlaylistDeleted, {}, now))
                : unexpected<Error>(list.error());
}

Result<std::vector<Id>> addEntries(Session& session, const LibraryActor& who, const Id& id,
                                   const std::vector<Id>& media, const PlaylistPlace& place, IfRevision ifRevision,
                                   TimeMs now) {
    const auto list = changeable(session, who, id, ifRevision, true);
    if (!list) {
        return unexpected<Error>(list.error());
    }
    if (static_cast<std::size_t>(list->entryCount) + media.size() > kMostEntries) {
        return fail(ErrorCode::Unprocessable, "A playlist has at most 10,000 entries.");
    }
    const auto ranks = room(session, *list, who, place, media.size(), now);
    if (!ranks) {
        return unexpected<Error>(ranks.error());
    }
    std::vector<Id> ids = newIds(media.size(), now);
    auto done = recorded(
        session, eventOf(*list, who, EventKind::PlaylistChanged, {{"added", entriesJson(ids, media, *ranks)}}, now));
    return done ? Result<std::vector<Id>>(std::move(ids)) : unexpected<Error>(done.error());
}

Result<void> moveEntry(Session& session, const LibraryActor& who, const Id& id, const Id& entry,
                       const PlaylistPlace& place, IfRevision ifRevision, TimeMs now) {
    const auto list = changeable(session, who, id, ifRevision, true);
    const auto known = list ? session.first("SELECT rank FROM playlist_entries WHERE playlist_id = ?1 AND id = ?2",
                                            {id, entry}, [](const Row& row) { return row.integer(0); })
                            : unexpected<Error>(list.error());
    if (!known) {
        return unexpected<Error>(known.error());
    }
    if (!*known) {
        return fail(ErrorCode::NotFound, "There is no such entry.");
    }
    if (place.after == entry || place.before == entry) {
        return {};  // beside itself is where it is
    }
    const auto ranks = room(session, *list, who, place, 1, now);
    if (!ranks) {
        return unexpected<Error>(ranks.error());
    }
    json::array moved{json::object{{"id", entry}, {"rank", ranks->front()}}};
    return recorded(session, eventOf(*list, who, EventKind::PlaylistChanged, {{"moved", std::move(moved)}}, now));
}

Result<void> removeEntries(Session& session, const LibraryActor& who, const Id& id, const std::vector<Id>& entries,
                           IfRevision ifRevision, TimeMs now) {
    const auto list = changeable(session, who, id, ifRevision, true);
    if (!list) {
        return unexpected<Error>(list.error());
    }
    json::array removed;
    for (const Id& entry : entries) {
        const auto known = session.first("SELECT 1 FROM playlist_entries WHERE playlist_id = ?1 AND id = ?2",
                                         {id, entry}, [](const Row&) { return true; });
        if (!known) {
            return unexpected<Error>(known.error());
        }
        if (*known) {
            removed.push_back(json::value(entry));
        }
    }
    if (removed.empty()) {
        return fail(ErrorCode::NotFound, "There is no such entry.");
    }
    return recorded(session, eventOf(*list, who, EventKind::PlaylistChanged, {{"removed", std::move(removed)}}, now));
}

}  // namespace marea::server
