#pragma once

#include "core/db/database.h"
#include "server/apps/store/disputerules.h"
#include "server/apps/store/order.h"

namespace marea::server::store {

// The statements over disputes; each is one part of the caller's transaction. Payments are known by a digest alone.
namespace disputestore {

using core::Result;
using core::db::Session;

std::string digestOf(std::string_view payment);  // SHA-256, as it lies in the database

// Writes down what was told of one; its amount and payment stay as they were told first.
Result<void> tell(Session& session, std::string_view provider, const Dispute& dispute, TimeMs now);

struct Kept {
    Dispute dispute;  // without its payment
    std::optional<DisputeState> booked;
};
Result<std::vector<Kept>> ofPayment(Session& session, std::string_view provider, const std::string& digest);
Result<void> setBooked(Session& session, std::string_view provider, const std::string& id, DisputeState state);

// The order that was paid so; nullopt: not known yet.
Result<std::optional<Id>> orderOf(Session& session, std::string_view provider, const std::string& digest);

}  // namespace disputestore

}  // namespace marea::server::store
