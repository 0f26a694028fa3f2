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
};

// Where playback of an item got to.
struct PlayedPosition {
    core::Id userId, mediaId;
    double resume = 0;      // seconds
    bool finished = false;  // marks the item as watched; never takes that back
    core::TimeMs at = 0;
};

// One place in a list of a user's library: the cursor points behind an entry.
struct LibraryEntry {
    core::TimeMs at = 0;
    core::Id mediaId;
};
enum class LibraryShelf { InProgress, Watched, Favourite, Rated };

// The repository of user_library: every function is one part of the caller's transaction, and has the user in its
// WHERE. Events are appended for what changes; positions are state and make none.
core::Result<UserState> userState(core::db::Session& session, const core::Id& userId, const core::Id& mediaId);
core::Result<UserState> changeUserState(core::db::Session& session, const core::Id& userId, const core::Id& mediaId,
                                        const UserChange& change, core::TimeMs now);
core::Result<void> savePosition(core::db::Session& session, const PlayedPosition& played);
core::Result<void> countPlay(core::db::Session& session, const core::Id& userId, const core::Id& mediaId,
                             core::TimeMs now);
// Newest first, behind `after`.
core::Result<std::vector<LibraryEntry>> shelf(core::db::Session& session, const core::Id& userId, LibraryShelf which,
                                              const std::optional<LibraryEntry>& after, int limit);

}  // namespace marea::server
