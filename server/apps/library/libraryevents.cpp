#include "server/apps/library/libraryevents.h"

#include <array>

#include "server/apps/library/eventprojection.h"

namespace marea::server {

namespace {

using core::Error;
using core::ErrorCode;
using core::fail;
using core::Id;
using core::Result;
using core::unexpected;
using core::db::Row;
using core::db::Session;
using core::db::textOrNull;
using core::db::Value;

struct Named {
    EventKind kind;
    std::string_view name;
};
constexpr std::array<Named, 10> kNames = {{{EventKind::Played, "PLAYED"},
                                           {EventKind::Rated, "RATED"},
                                           {EventKind::Favourited, "FAVOURITED"},
                                           {EventKind::Watched, "WATCHED"},
                                           {EventKind::PlaylistCreated, "PLAYLIST_CREATED"},
                                           {EventKind::PlaylistChanged, "PLAYLIST_CHANGED"},
                                           {EventKind::PlaylistDeleted, "PLAYLIST_DELETED"},
                                           {EventKind::HistoryUndone, "HISTORY_UNDONE"},
                                           {EventKind::Purchased, "PURCHASED"},
                                           {EventKind::PurchaseRevoked, "PURCHASE_REVOKED"}}};

constexpr std::string_view kColumns =
    "user_id, seq, at, type, version, media_id, session_id, data, login_id, undoes, playlist_id, actor_id";

std::string selecting(std::string_view rest) {
    return "SELECT " + std::string(kColumns) + " FROM events e WHERE " + std::string(rest);
}

Result<LibraryEvent> eventFrom(const Row& row) {
    LibraryEvent event;
    event.userId = row.string(0);
    event.seq = row.integer(1);
    event.at = row.integer(2);
    const auto kind = eventKind(row.text(3));
    event.version = static_cast<int>(row.integer(4));
    event.mediaId = row.string(5);
    event.sessionId = row.string(6);
    boost::system::error_code error;
    const core::json::value data = core::json::parse(row.text(7), error);
    event.loginId = row.string(8);
    event.undoes = row.optionalInteger(9);
    event.playlistId = row.string(10);
    event.actorId = row.string(11);
    if (!kind || error || !data.is_object()) {
        return fail(ErrorCode::Corrupt, "An event in the history cannot be read.",
                    "event " + event.userId + " " + std::to_string(event.seq));
    }
    event.kind = *kind;
    event.data = data.get_object();
    return event;
}

Result<void> eachOf(Session& session, std::string_view sql, std::span<const Value> values,
                    const std::function<bool(const LibraryEvent&)>& visit) {
    Result<void> read;
    auto done = session.each(sql, values, [&](const Row& row) {
        const auto event = eventFrom(row);
        read = event ? Result<void>() : unexpected<Error>(event.error());
        return event && visit(*event);
    });
    return done ? read : done;
}

// Makes its subject anew from what still counts of its events, as of this one.
Result<void> projectUndone(Session& session, const LibraryEvent& event) {
    static const std::string kCounting =
        "seq <= ?3 AND undoes IS NULL AND NOT EXISTS (SELECT 1 FROM events u WHERE u.user_id = ?1 AND u.undoes = e.seq "
        "AND u.seq <= ?3) ORDER BY seq";
    static const std::string kOfItem = selecting("user_id = ?1 AND media_id = ?2 AND " + kCounting);
    static const std::string kOfPlaylist = selecting("user_id = ?1 AND playlist_id = ?2 AND " + kCounting);
    const bool item = event.playlistId.empty();
    std::vector<LibraryEvent> counting;
    const std::array<Value, 3> values = {event.userId, item ? event.mediaId : event.playlistId, event.seq};
    auto done = run(session, forgetting(event)).and_then([&] {
        return eachOf(session, item ? kOfItem : kOfPlaylist, values, [&](const LibraryEvent& one) {
            counting.push_back(one);
            return true;
        });
    });
    for (std::size_t i = 0; done && i < counting.size(); ++i) {
        done = run(session, projection(counting[i]));
    }
    return done ? run(session, projection(event)) : done;
}

}  // namespace

std::string_view name(EventKind kind) {
    for (const Named& named : kNames) {
        if (named.kind == kind) {
            return named.name;
        }
    }
    return {};
}

std::optional<EventKind> eventKind(std::string_view name) {
    for (const Named& named : kNames) {
        if (named.name == name) {
            return named.kind;
        }
    }
    return std::nullopt;
}

Result<bool> append(Session& session, const LibraryEvent& event) {
    static const std::string kInsert = "INSERT INTO events(" + std::string(kColumns) +
                                       ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) "
                                       "ON CONFLICT(session_id, type) WHERE session_id IS NOT NULL DO NOTHING";
    const std::string data = core::json::serialize(event.data);
    const Value undoes = event.undoes ? Value(*event.undoes) : Value(nullptr);
    auto done = session.run(
        kInsert, {event.userId, event.seq, event.at, name(event.kind), std::int64_t{event.version},
                  textOrNull(event.mediaId), textOrNull(event.sessionId), std::string_view(data),
                  textOrNull(event.loginId), undoes, textOrNull(event.playlistId), textOrNull(event.actorId)});
    return done ? Result<bool>(session.changes() > 0) : unexpected<Error>(done.error());
}

Result<std::optional<std::int64_t>> record(Session& session, LibraryEvent event) {
    const auto last = session.first("SELECT coalesce(max(seq), 0) FROM events WHERE user_id = ?1", {event.userId},
                                    [](const Row& row) { return row.integer(0); });
    if (!last) {
        return unexpected<Error>(last.error());
    }
    event.seq = last->value_or(0) + 1;
    const auto appended = append(session, event);
    if (!appended || !*appended) {
        return appended ? Result<std::optional<std::int64_t>>(std::nullopt) : unexpected<Error>(appended.error());
    }
    auto done = project(session, event);
    return done ? Result<std::optional<std::int64_t>>(event.seq) : unexpected<Error>(done.error());
}

Result<void> project(Session& session, const LibraryEvent& event) {
    return event.kind == EventKind::HistoryUndone ? projectUndone(session, event) : run(session, projection(event));
}

Result<void> eachEvent(Session& session, const Id& userId, std::int64_t after,
                       const std::function<bool(const LibraryEvent&)>& visit) {
    const std::array<Value, 2> values = {userId, after};
    static const std::string kSince = selecting("user_id = ?1 AND seq > ?2 ORDER BY seq");
    return eachOf(session, kSince, values, visit);
}

Result<void> eachEventBackwards(Session& session, const Id& userId, const Id& mediaId, std::int64_t before,
                                const std::function<bool(const LibraryEvent&, bool undone)>& visit) {
    static const std::string kUndone =
        "SELECT " + std::string(kColumns) +
        ", EXISTS (SELECT 1 FROM events u WHERE u.user_id = ?1 AND u.undoes = e.seq) FROM events e WHERE ";
    static const std::string kOfAll = kUndone + "user_id = ?1 AND seq < ?2 ORDER BY seq DESC";
    static const std::string kOfItem = kUndone + "user_id = ?1 AND media_id = ?3 AND seq < ?2 ORDER BY seq DESC";
    std::vector<Value> values = {userId, before};
    if (!mediaId.empty()) {
        values.emplace_back(mediaId);
    }
    Result<void> read;
    auto done = session.each(mediaId.empty() ? kOfAll : kOfItem, values, [&](const Row& row) {
        const auto event = eventFrom(row);
        read = event ? Result<void>() : unexpected<Error>(event.error());
        return event && visit(*event, row.boolean(12));
    });
    return done ? read : done;
}

}  // namespace marea::server
