#pragma once

#include <string>
#include <vector>

#include "core/db/database.h"

namespace marea::server::store {

struct LedgerReport {
    std::int64_t transactions = 0, orders = 0, entitlements = 0;
    std::vector<std::string> problems;  // in words, at most some of each kind
    bool good() const { return problems.empty(); }
};

// Whether the books are right: every transaction adds up to zero, and so do all of them; every order that was paid has
// one charge of its price and one entitlement, every refund one reversal and no entitlement that holds; no wallet has
// less than nothing; what an order is follows from what is known of it.
core::Result<LedgerReport> checkLedger(core::db::Session& session);

}  // namespace marea::server::store
