#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/apps/store/disputerules.h"
#include "server/apps/store/order.h"

namespace marea::server::store {

// What a provider knows of an order.
struct PaymentNews {
    std::vector<OrderFact> facts;
    std::optional<Money> paid;           // what was paid, where it says so: has to be the order's price
    std::string detail;                  // for the log
    std::string payment = {};            // the provider's name for what was paid, where it says so
    std::optional<Money> refunded = {};  // of it, so far: in part, else there is the fact
};

// A message that a provider sent by itself, whose signature was checked.
struct PaymentMessage {
    std::string eventId, type;
    Id order;  // empty: of nothing that concerns us, or of a payment alone
    PaymentNews news;
    std::optional<Dispute> dispute = {};
};

}  // namespace marea::server::store
