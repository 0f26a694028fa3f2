#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/db/database.h"
#include "server/apps/identity/viewer.h"
#include "server/apps/library/listparams.h"

namespace marea::server {

// What of a user's own items is asked for. All of `states` hold for what is listed.
enum class LibraryState { InProgress, Watched, Unwatched, Favourite, Rated, Played, Owned };
enum class LibrarySort { Recent, Played, Title, Rating, Plays, Added };

struct LibraryQuery {
    std::vector<LibraryState> states = {LibraryState::InProgress};
    std::vector<std::string> kinds;  // of items; empty: all
    LibrarySort sort = LibrarySort::Recent;
    bool descending = true;
    int limit = 50;
    std::string cursor;  // empty: from the start

    bool has(LibraryState state) const;
    std::string filterKey() const;  // what a cursor belongs to
};

struct LibraryPage {
    std::vector<core::Id> ids;
    std::string nextCursor;  // empty: no more
};

// The query string of GET /api/v1/library.
core::Result<LibraryQuery> parseLibraryQuery(const Request& request);

// Costs grow with what the user touched, never with the catalogue; those by "recent" and "played" with a page alone.
core::Result<LibraryPage> libraryPage(core::db::Session& session, const Viewer& viewer, const LibraryQuery& query);
// Its SQL; ?1 is the user. For a look at how it runs.
std::string librarySql(const Viewer& viewer, const LibraryQuery& query, bool after);

}  // namespace marea::server
