#include "sync/records/restored.h"

#include <algorithm>

namespace marea::sync {

using core::Error;
using core::ErrorCode;
using core::fail;
using core::Result;
using core::unexpected;

bool mayRenew(const RecordStore::State& state, core::TimeMs now) {
    return now < state.renewedAt - kRenewalPause || now > state.renewedAt + kRenewalPause;
}

// The account's server was not met since, or it would have told: what it did not have is written anew as well.
Result<void> renewAfterBackup(StoredReplica& replica, SyncLinks& links, std::uint64_t given, core::TimeMs now) {
    const auto all = links.all();
    if (!all) {
        return unexpected<Error>(all.error());
    }
    for (const SyncLink& link : *all) {
        given = link.certificate.empty() ? std::min(given, link.given) : given;
    }
    auto done = replica.renew(given, now);
    return done ? links.offerAnew() : done;
}

Result<SyncLink> followed(SyncLinks& links, SyncLink link, const ReplicaId& id, const std::vector<ReplicaId>& former,
                          const RecordStore::State& own) {
    const bool isSame = std::find(former.begin(), former.end(), link.replica) != former.end();
    const bool isOurs =
        id == own.writer.replica || std::find(own.former.begin(), own.former.end(), id) != own.former.end();
    const auto other = links.find(id);
    if (!other) {
        return unexpected<Error>(other.error());
    }
    if (!isSame || isOurs || *other) {
        return fail(ErrorCode::Conflict, "The library there was set up anew. Pair the devices again.");
    }
    auto done = links.remove(link.replica);
    link.replica = id;
    link.given = 0;  // what it had may be gone with what was put back; it asks from where it is
    link.taken = {};
    done = done ? links.save(link) : done;
    return done ? Result<SyncLink>(std::move(link)) : unexpected<Error>(done.error());
}

}  // namespace marea::sync
