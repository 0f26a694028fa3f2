#include "server/apps/library/sessionlicences.h"

namespace marea::server {

using core::ErrorCode;
using core::fail;
using core::Result;
using core::unexpected;

Result<void> SessionLicences::check(const LicenceWish& wish) {
    const Principal& who = wish.who;
    if (auto may = service_.maySend(who.sessionId, wish.title); !may) {
        return may;
    }
    if (!wish.streamToken && !service_.plays(who.sessionId, wish.title)) {
        return fail(ErrorCode::NotFound, "There is no such key.", "the device is not playing it");
    }
    const auto user = who.userId.empty() ? service_.userOfLogin(who.sessionId) : Result<core::Id>(who.userId);
    const auto item = user ? media_.item(*user, wish.title) : unexpected<core::Error>(user.error());
    return item ? Result<void>() : unexpected<core::Error>(item.error());
}

}  // namespace marea::server
