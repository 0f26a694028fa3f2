#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/base/id.h"
#include "core/db/database.h"
#include "server/apps/catalog/item.h"

namespace marea::server {

// Changes asked for by a user; what is absent stays. A rating of 0 takes the rating away.
struct UserChange {
    std::optional<int> rating;
    std::optional<double> position;
    std::optional<bool> watched, favourite;
    // Made so long ago, by a device that was away: what was changed of the same since then stays.
    std::optional<double> secondsAgo;
};

// Whose change it is, and from which device.
struct LibraryActor {
    core::Id userId;
    core::Id loginId;  // empty: not known
};

// Where playback of an item got to.
struct PlayedPosition {
    LibraryActor who;
    core::Id mediaId;
    double resume = 0;      // seconds
    bool finished = false;  // marks the item as watched; never takes that back
    core::TimeMs at = 0;
};

// What a user made of items: user_library follows from events (libraryevents.h), resume_positions are state and make
// none. Every function is one part of the caller's transaction, and has the user in its WHERE.
core::Result<UserState> userState(core::db::Session& session, const core::Id& userId, const core::Id& mediaId);
core::Result<UserState> changeUserState(core::db::Session& session, const LibraryActor& who, const core::Id& mediaId,
                                        const UserChange& change, core::TimeMs now);
core::Result<void> savePosition(core::db::Session& session, const PlayedPosition& played);

}  // namespace marea::server
