#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sync/records/storedreplica.h"
#include "sync/records/synclinks.h"

// Copies that were put back from a backup. Others have more of such a copy than it ever gave them: it goes on as
// another replica, under a new id, as what it wrote since has numbers that others know for something else. Who knew it
// by the old id follows it. Each is a part of the caller's transaction.
namespace marea::sync {

// By the word of one who could lie no more often than that: each id stays in the records for good.
constexpr core::TimeMs kRenewalPause = core::TimeMs{24} * 60 * 60 * 1000;
bool mayRenew(const RecordStore::State& state, core::TimeMs now);

// `given`: our place up to which who told us of it had everything before.
core::Result<void> renewAfterBackup(StoredReplica& replica, SyncLinks& links, std::uint64_t given, core::TimeMs now);

// The other end of `link` says to be `id` now, and before that `former`; it has shown that it is who it was. Conflict:
// it is neither, or takes somebody else's place.
core::Result<SyncLink> followed(SyncLinks& links, SyncLink link, const ReplicaId& id,
                                const std::vector<ReplicaId>& former, const RecordStore::State& own);

}  // namespace marea::sync
