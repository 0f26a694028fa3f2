#pragma once

#include "core/db/database.h"
#include "server/apps/store/order.h"

namespace marea::server::store {

// A title that somebody bought, or was given.
struct Purchase {
    Id order, product, media;
    std::string title;  // of the product
    bool gift = false;
    TimeMs grantedAt = 0, startsAt = 0;
};

// The statements over entitlements and what may be seen by them; each is one part of the caller's transaction.
namespace entitlementstore {

using core::Result;
using core::db::Session;

Result<void> grant(Session& session, const Order& order, TimeMs now);
Result<void> revoke(Session& session, const Id& order, TimeMs now);
// Why somebody who had it has not got it now; nothing: they have, or never had.
enum class Withheld { RefundPending, Refunded, Disputed, DisputeLost };
Result<std::optional<Withheld>> withheld(Session& session, const Id& user, const Id& product);
Result<std::optional<Entitlement>> ofOrder(Session& session, const Id& order);
// Whether they have the whole of it, or it is on its way.
Result<bool> holds(Session& session, const Id& user, const Id& product);
Result<bool> givenBy(Session& session, const Id& giver, const Id& user, const Id& product);
// Whether whom the order is for has its product by another one, whose money is not on its way back.
Result<bool> holdsBesides(Session& session, const Order& order);
Result<bool> hasUnused(Session& session, const Id& user);  // of which nothing was used yet
Result<bool> isPerson(Session& session, const Id& user);
Result<std::optional<std::string>> nameOf(Session& session, const Id& user);
Result<std::optional<Id>> personNamed(Session& session, const std::string& usernameKey);

// Brings up to date what somebody sees of what is for sale; after that of `refreshAll` everybody who bought something.
Result<void> refresh(Session& session, const Id& user, TimeMs now);
Result<void> refreshAll(Session& session, TimeMs now);
// Their own, the newest first; one entry for each title.
Result<std::vector<Purchase>> purchases(Session& session, const Id& user, const Id& before, int limit);

}  // namespace entitlementstore

}  // namespace marea::server::store
