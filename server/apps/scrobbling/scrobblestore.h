#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/id.h"
#include "core/db/database.h"

namespace marea::server {

// Where somebody's listens go, and how that goes.
struct Scrobbler {
    core::Id userId;
    std::string address;
    core::db::Blob sealed;
    std::int64_t toldUntil = 0, told = 0;
    std::string paused;  // "unauthorized"; "": it goes on
    int failures = 0;
    core::TimeMs nextTry = 0;
    std::string lastError;
    std::optional<core::TimeMs> lastToldAt;
};

// A listen that waits, as its event has it.
struct WaitingListen {
    std::int64_t seq = 0;
    core::Id mediaId;
    core::TimeMs at = 0;  // when it began
};
struct WaitingListens {
    std::vector<WaitingListen> listens;
    std::int64_t until = 0;  // the last event that was looked at
};

// The statements over scrobblers, and over the events that wait to be told. In the caller's transaction.
namespace scrobblestore {

using core::Result;
using core::db::Session;

Result<std::optional<Scrobbler>> find(Session& session, const core::Id& userId);
// Begins with what is played from now on; goes on where it was when it is there already.
Result<void> put(Session& session, const core::Id& userId, std::string_view address, const core::db::Blob& sealed,
                 core::TimeMs now);
Result<bool> remove(Session& session, const core::Id& userId);
// Those who are due at `now`: not paused, past their time, and with events that were not looked at.
Result<std::vector<core::Id>> due(Session& session, core::TimeMs now, std::int64_t most);
Result<WaitingListens> waiting(Session& session, const core::Id& userId, std::int64_t after, std::int64_t most);
Result<std::int64_t> waitingCount(Session& session, const Scrobbler& scrobbler);

// `asOf`: as it was read: nothing is noted when the person has changed it since.
Result<void> noteTold(Session& session, const Scrobbler& asOf, std::int64_t until, std::int64_t count,
                      core::TimeMs now);
Result<void> noteFailure(Session& session, const Scrobbler& asOf, std::string_view words, core::TimeMs nextTry);
Result<void> notePaused(Session& session, const Scrobbler& asOf, std::string_view why, std::string_view words);

}  // namespace scrobblestore

}  // namespace marea::server
