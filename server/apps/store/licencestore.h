#pragma once

#include "core/db/database.h"
#include "server/apps/identity/viewer.h"
#include "server/apps/store/order.h"

namespace marea::server::store {

// A device that has the keys of a title.
struct Licence {
    Id id, media, device;
    bool offline = false;
    TimeMs issuedAt = 0, renewedAt = 0, expiresAt = 0;
    std::optional<TimeMs> revokedAt;
    bool visible = false;  // the title is still theirs
};

// The statements over licences; each is one part of the caller's transaction.
namespace licencestore {

using core::Result;
using core::db::Session;

struct Terms {
    bool forSale = false;                    // else whoever sees it has it
    bool entitled = false;                   // by something that is sold where they are
    std::optional<std::int64_t> maxDevices;  // the most of what entitles them; nullopt: as the store has it
};
// Of a title that `viewer` sees, where they buy in `region`. NotFound: they do not see it.
Result<Terms> terms(Session& session, const Viewer& viewer, const Id& media, const std::string& region, TimeMs now);
// Other devices of theirs, still signed in, that have it.
Result<std::int64_t> otherDevices(Session& session, const Id& user, const Id& device, const Id& media, TimeMs now);
// A new one, or the device's own renewed. Its id.
Result<Id> issue(Session& session, const Id& user, const Id& device, const Id& media, bool offline, TimeMs now,
                 TimeMs until);
Result<std::vector<Licence>> ofUser(Session& session, const Viewer& viewer, const Id& before, int limit);
Result<bool> revoke(Session& session, const Id& user, const Id& id, TimeMs now);  // false: not theirs
Result<void> noteUsed(Session& session, const Id& user, const Id& media, TimeMs now);
Result<std::optional<Id>> userOfDevice(Session& session, const Id& device);
Result<void> forget(Session& session, TimeMs endedBefore);

}  // namespace licencestore

}  // namespace marea::server::store
