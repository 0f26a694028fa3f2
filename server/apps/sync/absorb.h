#pragma once

#include <cstddef>

#include "core/base/clock.h"
#include "core/base/id.h"
#include "core/db/database.h"
#include "sync/records/storedreplica.h"

namespace marea::server {

// Takes what was changed in a user's library, by whatever program, into its records: at most `most` changes, with the
// times at which they were made. True when nothing is left. Always before records leave the server or come in, in the
// same transaction, so that what was changed here and there at once is told from what came later.
core::Result<bool> absorb(core::db::Session& session, sync::StoredReplica& replica, const core::Id& user,
                          std::size_t most, core::TimeMs now);

}  // namespace marea::server
