#pragma once

#include "core/db/database.h"
#include "server/apps/store/order.h"

namespace marea::server::store {

// The one way in which orders change: the order, its event, the ledger, the entitlement and the library of whom it is
// for, all in the caller's transaction. Answers the order as it is then; one for which that was known stays as it is.
core::Result<Order> learn(core::db::Session& session, Order order, OrderFact fact, TimeMs now);

// So much of it was given back in part, all in all: the ledger has what is new of it. Nothing where it went back whole.
// What is given back whole is Refunded.
core::Result<Order> learnRefunded(core::db::Session& session, Order order, std::int64_t total, TimeMs now);

// How the provider calls what was paid; the first word counts. Disputes that were heard of before are taken in.
core::Result<Order> learnPayment(core::db::Session& session, Order order, std::string_view payment, TimeMs now);

// Takes in what is known of disputes of its payment: while one is open nobody has what was bought, once one is lost it
// is gone. Nothing before the payment itself is known.
core::Result<Order> settleDisputes(core::db::Session& session, Order order, TimeMs now);

// Puts a voucher's worth into a wallet. NotFound: no such code, or it holds no more. True: it was theirs already.
struct Redeemed {
    Money worth;
    bool before = false;
};
core::Result<Redeemed> redeem(core::db::Session& session, std::string_view typedCode, const Id& user, TimeMs now);

}  // namespace marea::server::store
