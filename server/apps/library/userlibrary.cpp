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

Result<void> ensureRow(Session& session, const Id& userId, const Id& mediaId, TimeMs now) {
    return session.run("INSERT OR IGNORE INTO user_library(user_id, media_id, updated_at) VALUES (?1, ?2, ?3)",
                       {userId, mediaId, now});
}

Result<void> store(Session& session, const Id& userId, const Id& mediaId, const UserState& state, TimeMs now) {
    const Value rating = state.rating ? Value(std::int64_t{*state.rating}) : Value(nullptr);
    return session.run(
        "UPDATE user_library SET rating = ?3, position = ?4, watched = ?5, favourite = ?6, updated_at = ?7 "
        "WHERE user_id = ?1 AND media_id = ?2",
        {userId, mediaId, rating, state.position, std::int64_t{state.watched}, std::int64_t{state.favourite}, now});
}

// One event for each field that really changed.
Result<void> appendChanges(Session& session, const Id& userId, const Id& mediaId, const UserState& before,
                           const UserState& after, TimeMs now) {
    std::vector<LibraryEvent> events;
    if (before.rating != after.rating) {
        const auto rating = after.rating ? core::json::value(*after.rating) : core::json::value(nullptr);
        events.push_back({userId, "RATED", mediaId, {}, {{"rating", rating}}});
    }
    if (before.favourite != after.favourite) {
        events.push_back({userId, "FAVOURITED", mediaId, {}, {{"favourite", after.favourite}}});
    }
    if (before.watched != after.watched) {
        events.push_back({userId, "WATCHED", mediaId, {}, {{"watched", after.watched}}});
    }
    for (const LibraryEvent& event : events) {
        if (auto done = appendEvent(session, event, now); !done) {
            return unexpected<Error>(done.error());
        }
    }
    return {};
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

std::string_view shelfQuery(LibraryShelf which) {
    switch (which) {
        case LibraryShelf::InProgress:
            return "SELECT last_played_at, media_id FROM user_library WHERE user_id = ?1 AND position > 0 "
                   "AND last_played_at IS NOT NULL AND (last_played_at, media_id) < (?2, ?3) "
                   "ORDER BY last_played_at DESC, media_id DESC LIMIT ?4";
        case LibraryShelf::Watched:
            return "SELECT updated_at, media_id FROM user_library WHERE user_id = ?1 AND watched = 1 "
                   "AND (updated_at, media_id) < (?2, ?3) ORDER BY updated_at DESC, media_id DESC LIMIT ?4";
        case LibraryShelf::Favourite:
            return "SELECT updated_at, media_id FROM user_library WHERE user_id = ?1 AND favourite = 1 "
                   "AND (updated_at, media_id) < (?2, ?3) ORDER BY updated_at DESC, media_id DESC LIMIT ?4";
        case LibraryShelf::Rated:
            break;
    }
    return "SELECT updated_at, media_id FROM user_library WHERE user_id = ?1 AND rating IS NOT NULL "
           "AND (updated_at, media_id) < (?2, ?3) ORDER BY updated_at DESC, media_id DESC LIMIT ?4";
}

}  // namespace

Result<UserState> userState(Session& session, const Id& userId, const Id& mediaId) {
    auto found = session.first(
        "SELECT rating, position, watched, favourite, play_count, last_played_at FROM user_library "
        "WHERE user_id = ?1 AND media_id = ?2",
        {userId, mediaId}, stateFrom);
    if (!found) {
        return unexpected<Error>(found.error());
    }
    return found->value_or(UserState{});
}

Result<UserState> changeUserState(Session& session, const Id& userId, const Id& mediaId, const UserChange& change,
                                  TimeMs now) {
    auto before = userState(session, userId, mediaId);
    if (!before) {
        return before;
    }
    const UserState after = changed(*before, change);
    auto done = ensureRow(session, userId, mediaId, now)
                    .and_then([&] { return store(session, userId, mediaId, after, now); })
                    .and_then([&] { return appendChanges(session, userId, mediaId, *before, after, now); });
    if (done && change.position) {  // what was moved by hand is in progress from now on
        done = session.run(
            "UPDATE user_library SET last_played_at = ?3 WHERE user_id = ?1 AND media_id = ?2 "
            "AND last_played_at IS NULL",
            {userId, mediaId, now});
    }
    if (!done) {
        return unexpected<Error>(done.error());
    }
    return userState(session, userId, mediaId);
}

Result<void> savePosition(Session& session, const PlayedPosition& played) {
    auto before = userState(session, played.userId, played.mediaId);
    if (!before) {
        return unexpected<Error>(before.error());
    }
    UserState after = *before;
    after.position = played.resume;
    after.watched = before->watched || played.finished;
    // updated_at orders what was watched, rated and liked: a position alone does not move it.
    const bool moves = after.watched != before->watched;
    return ensureRow(session, played.userId, played.mediaId, played.at)
        .and_then([&] {
            return session.run(
                "UPDATE user_library SET position = ?3, watched = ?4, last_played_at = ?5, "
                "updated_at = CASE WHEN ?6 THEN ?5 ELSE updated_at END "
                "WHERE user_id = ?1 AND media_id = ?2",
                {played.userId, played.mediaId, after.position, std::int64_t{after.watched}, played.at,
                 std::int64_t{moves}});
        })
        .and_then([&] { return appendChanges(session, played.userId, played.mediaId, *before, after, played.at); });
}

Result<void> countPlay(Session& session, const Id& userId, const Id& mediaId, TimeMs now) {
    return ensureRow(session, userId, mediaId, now).and_then([&] {
        return session.run(
            "UPDATE user_library SET play_count = play_count + 1, last_played_at = ?3 "
            "WHERE user_id = ?1 AND media_id = ?2",
            {userId, mediaId, now});
    });
}

Result<std::vector<LibraryEntry>> shelf(Session& session, const Id& userId, LibraryShelf which,
                                        const std::optional<LibraryEntry>& after, int limit) {
    constexpr TimeMs endOfTime = INT64_MAX;
    const LibraryEntry from = after.value_or(LibraryEntry{endOfTime, {}});
    return session.all(shelfQuery(which), {userId, from.at, from.mediaId, std::int64_t{limit}}, [](const Row& row) {
        return LibraryEntry{row.integer(0), row.string(1)};
    });
}

}  // namespace marea::server
