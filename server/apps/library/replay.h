#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/id.h"
#include "core/db/database.h"

namespace marea::server {

// What became of a user's library when it was made anew from its events.
struct Replayed {
    std::int64_t events = 0;
    std::vector<std::string>
        differences;  // "+ <row>": follows from the events, was not there; "- <row>": the other way
};

// The rows of the read tables that follow from a user's events, one JSON object each, in an order of their own.
core::Result<std::vector<std::string>> libraryRows(core::db::Session& session, const core::Id& userId);

// Empties them and makes them anew; part of the caller's transaction.
core::Result<Replayed> replayEvents(core::db::Session& session, const core::Id& userId);

// The same in `scratch`, an empty database: `database` is only read, and its users may go on.
core::Result<Replayed> checkEvents(core::db::Database& database, core::db::Database& scratch, const core::Id& userId);

}  // namespace marea::server
