#include "server/apps/library/userlibrary.h"

#include "server/apps/library/libraryevents.h"

namespace marea::server {

namespace {

using core::Error;
using core::Id;
using core::Result;
using core::TimeMs;
using core::unexpected;
using core::db::Row;
using core::db::Session;
using core::db::Value;

UserState stateFrom(const Row& row) {
    UserState state;
    if (const auto rating = row.optionalInteger(0)) {
        state.rating = static_cast<int>(*rating);
    }
    state.position = row.real(1);
    state.watched = row.boolean(2);
    state.favourite = row.boolean(3);
    state.playCount = row.integer(4);
    state.lastPlayedAt = row.optionalInteger(5);
    return state;
}

// One event for each field that really changed.
Result<void> recordChanges(Session& session, const LibraryActor& who, const Id& mediaId, const UserState& before,
                           const UserState& after, TimeMs now) {
    std::vector<std::pair<EventKind, core::json::object>> changes;
    if (before.rating != after.rating) {
        const auto rating = after.rating ? core::json::value(*after.rating) : core::json::value(nullptr);
        changes.push_back({EventKind::Rated, {{"rating", rating}}});
    }
    if (before.favourite != after.favourite) {
        changes.push_back({EventKind::Favourited, {{"favourite", after.favourite}}});
    }
    if (before.watched != after.watched) {
        changes.push_back({EventKind::Watched, {{"watched", after.watched}}});
    }
    for (auto& [kind, data] : changes) {
        LibraryEvent event;
        event.userId = who.userId;
        event.loginId = who.loginId;
        event.kind = kind;
        event.mediaId = mediaId;
        event.data = std::move(data);
        event.at = now;
        if (auto done = record(session, std::move(event)); !done) {
            return unexpected<Error>(done.error());
        }
    }
    return {};
}

// What was moved by hand is in progress from now on, when it was not before.
Result<void> movePosition(Session& session, const Id& userId, const Id& mediaId, double position, TimeMs now) {
    return session.run(
        "INSERT INTO resume_positions(user_id, media_id, position, updated_at) VALUES (?1, ?2, ?3, ?4) "
        "ON CONFLICT(user_id, media_id) DO UPDATE SET position = excluded.position",
        {userId, mediaId, position, now});
}

UserState changed(UserState state, const UserChange& change) {
    if (change.rating) {
        state.rating = *change.rating == 0 ? std::nullopt : change.rating;
    }
    state.favourite = change.favourite.value_or(state.favourite);
    if (change.watched) {
        state.watched = *change.watched;
        state.position = 0;  // seen, or to be seen anew: either way from its start
    }
    state.position = change.position.value_or(state.position);
    return state;
}

}  // namespace

Result<UserState> userState(Session& session, const Id& userId, const Id& mediaId) {
    auto found = session.first(
        "SELECT u.rating, coalesce(r.position, 0), u.watched, u.favourite, u.play_count, "
        "coalesce(r.updated_at, u.last_played_at) FROM (SELECT 1) "
        "LEFT JOIN user_library u ON u.user_id = ?1 AND u.media_id = ?2 "
        "LEFT JOIN resume_positions r ON r.user_id = ?1 AND r.media_id = ?2",
        {userId, mediaId}, stateFrom);
    if (!found) {
        return unexpected<Error>(found.error());
    }
    return found->value_or(UserState{});
}

Result<UserState> changeUserState(Session& session, const LibraryActor& who, const Id& mediaId,
                                  const UserChange& change, TimeMs now) {
    auto before = userState(session, who.userId, mediaId);
    if (!before) {
        return before;
    }
    const UserState after = changed(*before, change);
    auto done = recordChanges(session, who, mediaId, *before, after, now);
    if (done && (change.position || after.position != before->position)) {
        done = movePosition(session, who.userId, mediaId, after.position, now);
    }
    if (!done) {
        return unexpected<Error>(done.error());
    }
    return userState(session, who.userId, mediaId);
}

Result<void> savePosition(Session& session, const PlayedPosition& played) {
    const Id& userId = played.who.userId;
    auto before = userState(session, userId, played.mediaId);
    if (!before) {
        return unexpected<Error>(before.error());
    }
    UserState after = *before;
    after.watched = before->watched || played.finished;
    return session
        .run(
            "INSERT INTO resume_positions(user_id, media_id, position, updated_at) VALUES (?1, ?2, ?3, ?4) "
            "ON CONFLICT(user_id, media_id) DO UPDATE SET position = excluded.position, "
            "updated_at = excluded.updated_at",
            {userId, played.mediaId, played.resume, played.at})
        .and_then([&] { return recordChanges(session, played.who, played.mediaId, *before, after, played.at); });
}

}  // namespace marea::server
