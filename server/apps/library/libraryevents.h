#pragma once

#include <string_view>

#include "core/base/clock.h"
#include "core/base/id.h"
#include "core/base/json.h"
#include "core/db/database.h"

namespace marea::server {

struct LibraryEvent {
    core::Id userId;
    std::string_view type;  // "RATED", "FAVOURITED", "WATCHED", "PLAYED"
    core::Id mediaId;
    core::Id sessionId;  // of PLAYED; else empty
    core::json::object data;
};

// Appends with the user's next sequence number; part of the caller's transaction. A second event of one type for one
// session changes nothing; the value says whether it was new.
core::Result<bool> appendEvent(core::db::Session& session, const LibraryEvent& event, core::TimeMs now);

}  // namespace marea::server
