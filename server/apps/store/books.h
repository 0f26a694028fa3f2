#pragma once

#include "core/db/database.h"
#include "server/apps/store/order.h"

namespace marea::server::store {

// The one way in which orders change: the order, its event, the ledger, the entitlement and the library of whom it is
// for, all in the caller's transaction. Answers the order as it is then; one for which that was known stays as it is.
core::Result<Order> learn(core::db::Session& session, Order order, OrderFact fact, TimeMs now);

// Puts a voucher's worth into a wallet. NotFound: no such code, or it holds no more. True: it was theirs already.
struct Redeemed {
    Money worth;
    bool before = false;
};
core::Result<Redeemed> redeem(core::db::Session& session, std::string_view typedCode, const Id& user, TimeMs now);

}  // namespace marea::server::store
