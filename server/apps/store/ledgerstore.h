#pragma once

#include "core/db/database.h"
#include "server/apps/store/ledgerrules.h"
#include "server/apps/store/order.h"

namespace marea::server::store::ledgerstore {

using core::Result;
using core::db::Session;
using core::store::Money;

struct Entry {
    std::string kind, subject;  // "charge", "refund", "voucher"; the order or the voucher
    std::string currency;
    Postings postings;
};

// Part of the caller's transaction. Internal: it does not balance. Conflict: it was recorded before.
Result<void> record(Session& session, const Entry& entry, TimeMs now);
Result<std::int64_t> balance(Session& session, const std::string& account, const std::string& currency);
Result<std::vector<Money>> balances(Session& session, const std::string& account);  // those that are not zero
struct WalletLine {
    Id id;
    TimeMs at = 0;
    std::string kind, title;  // title of the order's product
    Money change;
};
// What came and went, the newest first.
Result<std::vector<WalletLine>> lines(Session& session, const Id& user, const Id& before, int limit);

}  // namespace marea::server::store::ledgerstore
