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

// What was moved by hand is in progress from now on, when it was not before; what a device played while it was away,
// from then on.
Result<void> movePosition(Session& session, const Id& userId, const Id& mediaId, double position, TimeMs at,
                          bool played) {
    return session.run(
        "INSERT INTO resume_positions(user_id, media_id, position, updated_at) VALUES (?1, ?2, ?3, ?4) "
        "ON CONFLICT(user_id, media_id) DO UPDATE SET position = excluded.position, "
        "updated_at = CASE WHEN ?5 THEN max(updated_at, excluded.updated_at) ELSE updated_at END",
        {userId, mediaId, position, at, played});
}

// Which of the user's things about a title were changed after `at`.
struct Newer {
    bool position = false, rating = false, watched = false, favourite = false;
};

Result<Newer> newerThan(Session& session, const Id& userId, const Id& mediaId, TimeMs at) {
    auto found = session.first(
        "SELECT EXISTS(SELECT 1 FROM resume_positions WHERE user_id = ?1 AND media_id = ?2 AND updated_at > ?3), "
        "sum(type = 'RATED'), sum(type = 'WATCHED'), sum(type = 'FAVOURITED') "
        "FROM events WHERE user_id = ?1 AND media_id = ?2 AND at > ?3",
        {userId, mediaId, at}, [](const Row& row) {
            const bool watched = row.optionalInteger(2).value_or(0) > 0;
            return Newer{row.boolean(0) || watched, row.optionalInteger(1).value_or(0) > 0, watched,
                         row.optionalInteger(3).value_or(0) > 0};
        });
    if (!found) {
        return unexpected<Error>(found.error());
    }
    return found->value_or(Newer{});
}

UserChange without(UserChange change, const Newer& newer) {
    if (newer.position) {
        change.position.reset();
    }
    if (newer.rating) {
        change.rating.reset();
    }
    if (newer.watched || (newer.position && change.watched)) {
        change.watched.reset();
    }
    if (newer.favourite) {
        change.favourite.reset();
    }
    return change;
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

Result<UserState> changeUserState(Session& session, const LibraryActor& who, const Id& mediaId, const UserChange& wish,
                                  TimeMs now) {
    const bool late = wish.secondsAgo.has_value();
    const TimeMs at = now - static_cast<TimeMs>(wish.secondsAgo.value_or(0) * 1000);
    Result<Newer> newer = late ? newerThan(session, who.userId, mediaId, at) : Newer{};
    auto before = userState(session, who.userId, mediaId);
    if (!newer || !before) {
        return unexpected<Error>(newer ? before.error() : newer.error());
    }
    const UserChange change = without(wish, *newer);
    const UserState after = changed(*before, change);
    auto done = recordChanges(session, who, mediaId, *before, after, at);
    if (done && (change.position || after.position != before->position)) {
        done = movePosition(session, who.userId, mediaId, after.position, at, late && change.position);
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
