#pragma once

#include "core/base/id.h"
#include "core/db/database.h"
#include "sync/records/storedreplica.h"

namespace marea::server {

// Where the user keeps both: the second lists of a playlist that was given two names at once, made where they are not
// there yet. Returns their keys. One that was deleted is not made again.
core::Result<std::vector<sync::RecordKey>> keepBoth(core::db::Session& session, sync::StoredReplica& replica,
                                                    const core::Id& user, const sync::Record& list,
                                                    sync::Strategy strategy, core::TimeMs now);

}  // namespace marea::server
