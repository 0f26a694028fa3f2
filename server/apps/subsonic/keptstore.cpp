#include "server/apps/subsonic/keptstore.h"

#include "core/base/json.h"

namespace marea::server::subsonic {

namespace json = core::json;
using core::Error;
using core::ErrorCode;
using core::fail;
using core::Id;
using core::Result;
using core::unexpected;
using core::db::Row;
using core::db::Session;

namespace {

std::string textOf(const std::vector<Id>& ids) {
    json::array list;
    for (const Id& id : ids) {
        list.emplace_back(id);
    }
    return json::serialize(list);
}

std::vector<Id> idsOf(std::string_view text) {
    boost::system::error_code error;
    const json::value list = json::parse(text, error);
    std::vector<Id> ids;
    if (!error && list.is_array()) {
        for (const json::value& id : list.get_array()) {
            ids.emplace_back(id.is_string() ? std::string_view(id.get_string()) : std::string_view());
        }
    }
    return ids;
}

Result<void> room(Session& session, std::string_view sql, Session::Values values, std::int64_t most) {
    const auto count = session.first(sql, values, [](const Row& row) { return row.integer(0); });
    if (!count) {
        return unexpected<Error>(count.error());
    }
    return **count < most ? Result<void>()
                          : fail(ErrorCode::Conflict, "There are too many of them. Remove some first.");
}

Result<void> changed(Session& session, Result<void> done, const char* otherwise) {
    return done && session.changes() == 0 ? fail(ErrorCode::NotFound, otherwise) : done;
}

}  // namespace

Result<std::optional<PlayQueue>> playQueue(Session& session, const Id& user) {
    return session.first(
        "SELECT titles, current, position, changed_at, changed_by FROM play_queues WHERE user_id = ?1", {user},
        [](const Row& row) {
            return PlayQueue{idsOf(row.text(0)), row.integer(1), row.integer(2), row.integer(3), row.string(4)};
        });
}

Result<void> savePlayQueue(Session& session, const Id& user, const PlayQueue& queue) {
    return session.run(
        "INSERT OR REPLACE INTO play_queues(user_id, titles, current, position, changed_at, changed_by) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        {user, textOf(queue.titles), queue.current, queue.position, queue.changedAt, queue.changedBy});
}

Result<void> clearPlayQueue(Session& session, const Id& user) {
    return session.run("DELETE FROM play_queues WHERE user_id = ?1", {user});
}

Result<std::vector<Bookmark>> bookmarks(Session& session, const Id& user) {
    return session.all(
        "SELECT media_id, position, comment, created_at, changed_at FROM bookmarks WHERE user_id = ?1 "
        "ORDER BY changed_at DESC, media_id",
        {user}, [](const Row& row) {
            return Bookmark{row.string(0), row.integer(1), row.string(2), row.integer(3), row.integer(4)};
        });
}

Result<void> saveBookmark(Session& session, const Id& user, const Bookmark& bookmark) {
    auto done = room(session, "SELECT count(*) FROM bookmarks WHERE user_id = ?1 AND media_id <> ?2",
                     {user, bookmark.mediaId}, kMostBookmarks);
    return done.and_then([&] {
        return session.run(
            "INSERT INTO bookmarks(user_id, media_id, position, comment, created_at, changed_at) "
            "VALUES (?1, ?2, ?3, ?4, ?5, ?5) ON CONFLICT(user_id, media_id) DO UPDATE SET "
            "position = excluded.position, comment = excluded.comment, changed_at = excluded.changed_at",
            {user, bookmark.mediaId, bookmark.position, bookmark.comment, bookmark.changedAt});
    });
}

Result<void> removeBookmark(Session& session, const Id& user, const Id& media) {
    return changed(session, session.run("DELETE FROM bookmarks WHERE user_id = ?1 AND media_id = ?2", {user, media}),
                   "There is no such bookmark.");
}

Result<std::vector<RadioStation>> radioStations(Session& session) {
    return session.all("SELECT id, name, stream_url, home_page FROM radio_stations ORDER BY name, id", {},
                       [](const Row& row) {
                           return RadioStation{row.string(0), row.string(1), row.string(2), row.string(3)};
                       });
}

Result<void> addRadioStation(Session& session, const RadioStation& station, core::TimeMs now) {
    return room(session, "SELECT count(*) FROM radio_stations", {}, kMostStations).and_then([&] {
        return session.run(
            "INSERT INTO radio_stations(id, name, stream_url, home_page, created_at) VALUES (?1, ?2, ?3, ?4, ?5)",
            {station.id, station.name, station.streamUrl, station.homePage, now});
    });
}

Result<void> changeRadioStation(Session& session, const RadioStation& station) {
    return changed(session,
                   session.run("UPDATE radio_stations SET name = ?2, stream_url = ?3, home_page = ?4 WHERE id = ?1",
                               {station.id, station.name, station.streamUrl, station.homePage}),
                   "There is no such station.");
}

Result<void> removeRadioStation(Session& session, const Id& id) {
    return changed(session, session.run("DELETE FROM radio_stations WHERE id = ?1", {id}), "There is no such station.");
}

}  // namespace marea::server::subsonic
