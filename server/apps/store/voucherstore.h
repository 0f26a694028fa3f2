#pragma once

#include "core/db/database.h"
#include "server/apps/identity/secrets.h"
#include "server/apps/store/order.h"

namespace marea::server::store {

// Codes that were given out together; each is worth the same, once.
struct VoucherBatch {
    Id id, createdBy;
    std::string label;
    Money worth;
    std::optional<TimeMs> expiresAt, cancelledAt;
    TimeMs createdAt = 0;
    std::int64_t codes = 0, redeemed = 0;
};

// The statements over vouchers; each is one part of the caller's transaction.
namespace voucherstore {

using core::Result;
using core::db::Session;

Result<void> add(Session& session, const VoucherBatch& batch, const std::vector<Digest>& codes);
Result<std::vector<VoucherBatch>> batches(Session& session, const Id& before, int limit);  // the newest first
Result<std::optional<VoucherBatch>> batch(Session& session, const Id& id);
Result<void> cancel(Session& session, const Id& id, TimeMs now);  // what was redeemed stays so
struct Voucher {
    Id id;
    Money worth;
    Id redeemedBy;  // empty: nobody yet
    bool holds = false;
};
Result<std::optional<Voucher>> withCode(Session& session, const Digest& code, TimeMs now);
Result<void> setRedeemed(Session& session, const Id& id, const Id& user, TimeMs now);

}  // namespace voucherstore

}  // namespace marea::server::store
