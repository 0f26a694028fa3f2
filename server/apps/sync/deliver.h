#pragma once

#include <vector>

#include "core/base/clock.h"
#include "core/db/database.h"
#include "server/apps/library/userlibrary.h"
#include "sync/records/storedreplica.h"

namespace marea::server {

// Brings a user's library up to what the named records say now, by events as any other change makes them, and notes
// that these are in the records. What belongs to nothing that the server knows is kept as a record alone. After
// absorb(), in the same transaction.
core::Result<void> deliver(core::db::Session& session, sync::StoredReplica& replica, const LibraryActor& who,
                           const std::vector<sync::RecordKey>& keys, const sync::Policy& policy, core::TimeMs now);

}  // namespace marea::server
