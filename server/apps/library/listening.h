#pragma once

#include <string>

#include "core/db/database.h"
#include "server/apps/library/userlibrary.h"

namespace marea::server {

// A title that was listened to, as its player says when it is over. Players that know no playback sessions say no more.
struct Listened {
    LibraryActor who;
    core::Id mediaId;
    double duration = 0;  // seconds
    core::TimeMs at = 0;  // when
};

// Whether that is another time than the last one known, and not the same one said twice. Pure.
bool isAnotherTime(std::optional<core::TimeMs> last, const Listened& listened);

// Records PLAYED, counted, for the session through which the device had the title's sound, where there is one. False
// when it was said before. Part of the caller's transaction.
core::Result<bool> recordListened(core::db::Session& session, const Listened& listened);

}  // namespace marea::server
