#pragma once

#include "core/db/database.h"
#include "server/apps/licence/keywrapper.h"
#include "server/apps/store/order.h"

namespace marea::server::store {

// What an order's provider calls it, as it may lie in the database.
struct SealedPlace {
    std::string master;
    std::string reference, checkout;  // encrypted
};

// The statements over orders and their events; each is one part of the caller's transaction.
namespace orderstore {

using core::Result;
using core::db::Session;

Result<void> add(Session& session, const Order& order);             // with its first event
Result<std::optional<Order>> find(Session& session, const Id& id);  // for the server's own work
// The asker's own, or anybody's where an owner asks. NotFound else.
Result<Order> ofAsker(Session& session, const Id& id, const Id& asker, bool owner);
Result<std::optional<Order>> byKey(Session& session, const Id& buyer, const std::string& key);
// The newest first, before `before` (empty: from the start).
Result<std::vector<Order>> ofBuyer(Session& session, const Id& buyer, const Id& before, int limit);
Result<std::vector<OrderEvent>> events(Session& session, const Id& id);

// One more fact is known: the order as it is now, and the event.
Result<void> note(Session& session, const Order& after, OrderFact fact);
// What happens to an order without a fact: its event. What it says of money is written with it.
Result<void> noteMoney(Session& session, const Order& after, std::string_view event);
Result<void> setPayment(Session& session, const Order& after);
Result<std::int64_t> nextReceipt(Session& session);

Result<void> setPlace(Session& session, const Id& id, const SealedPlace& place);
Result<std::optional<SealedPlace>> place(Session& session, const Id& id);
Result<void> setRefundWanted(Session& session, const Id& id, std::optional<TimeMs> at);

// What is waited for, at most so many.
Result<std::vector<Order>> toDeliver(Session& session, TimeMs now, int most);
Result<std::vector<Order>> unpaid(Session& session, std::string_view provider, TimeMs changedBefore, int most);
// Where an order stands among those that changed before and after it.
struct OrderMark {
    TimeMs updatedAt = 0;
    Id id = {};
};
// Not paid, of products that whom they are for has by now: by any order where people buy for themselves, else by
// another gift of the same giver. Those behind `after`, the longest unchanged first.
Result<std::vector<Order>> needless(Session& session, const OrderMark& after, int most);
Result<std::vector<Order>> refunding(Session& session, TimeMs wantedBefore, int most);
Result<std::vector<Order>> recent(Session& session, std::string_view provider, TimeMs since, int most);

// Whether it was told before; else it is noted now.
Result<bool> toldBefore(Session& session, std::string_view provider, const std::string& event, const std::string& type,
                        const Id& order, TimeMs now);

}  // namespace orderstore

}  // namespace marea::server::store
