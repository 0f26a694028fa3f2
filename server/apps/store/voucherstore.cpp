#include "server/apps/store/voucherstore.h"

#include "server/apps/identity/errorof.h"

namespace marea::server::store::voucherstore {

using core::db::orNull;
using core::db::Row;

namespace {

constexpr std::string_view kBatches =
    "SELECT b.id, b.created_by, b.label, b.amount, b.currency, b.expires_at, b.cancelled_at, b.created_at, (SELECT "
    "count(*) FROM vouchers v WHERE v.batch_id = b.id), (SELECT count(*) FROM vouchers v WHERE v.batch_id = b.id AND "
    "v.redeemed_at IS NOT NULL) FROM voucher_batches b WHERE ";

VoucherBatch batchOf(const Row& row) {
    VoucherBatch batch;
    batch.id = row.string(0);
    batch.createdBy = row.string(1);
    batch.label = row.string(2);
    batch.worth = {row.integer(3), row.string(4)};
    batch.expiresAt = row.optionalInteger(5);
    batch.cancelledAt = row.optionalInteger(6);
    batch.createdAt = row.integer(7);
    batch.codes = row.integer(8);
    batch.redeemed = row.integer(9);
    return batch;
}

}  // namespace

Result<void> add(Session& session, const VoucherBatch& batch, const std::vector<Digest>& codes) {
    auto done = session.run(
        "INSERT INTO voucher_batches(id, label, currency, amount, expires_at, created_at, created_by) VALUES (?1, ?2, "
        "?3, ?4, ?5, ?6, ?7)",
        {batch.id, batch.label, batch.worth.currency, batch.worth.minor, orNull(batch.expiresAt), batch.createdAt,
         batch.createdBy});
    for (const Digest& code : codes) {
        const Id id = core::newId(batch.createdAt);
        done = done ? session.run("INSERT INTO vouchers(id, code_hash, batch_id) VALUES (?1, ?2, ?3)",
                                  {id, std::span<const std::uint8_t>(code), batch.id})
                    : done;
    }
    return done;
}

Result<std::vector<VoucherBatch>> batches(Session& session, const Id& before, int limit) {
    return session.all(std::string(kBatches) + "(?1 = '' OR b.id < ?1) ORDER BY b.id DESC LIMIT ?2",
                       {before, std::int64_t{limit}}, batchOf);
}

Result<std::optional<VoucherBatch>> batch(Session& session, const Id& id) {
    return session.first(std::string(kBatches) + "b.id = ?1", {id}, batchOf);
}

Result<void> cancel(Session& session, const Id& id, TimeMs now) {
    return session.run("UPDATE voucher_batches SET cancelled_at = coalesce(cancelled_at, ?2) WHERE id = ?1", {id, now});
}

Result<std::optional<Voucher>> withCode(Session& session, const Digest& code, TimeMs now) {
    return session.first(
        "SELECT v.id, b.amount, b.currency, coalesce(v.redeemed_by, ''), b.cancelled_at IS NULL AND "
        "coalesce(b.expires_at > ?2, 1) FROM vouchers v JOIN voucher_batches b ON b.id = v.batch_id WHERE v.code_hash "
        "= "
        "?1",
        {std::span<const std::uint8_t>(code), now}, [](const Row& row) {
            return Voucher{row.string(0), Money{row.integer(1), row.string(2)}, row.string(3), row.boolean(4)};
        });
}

Result<void> setRedeemed(Session& session, const Id& id, const Id& user, TimeMs now) {
    return session.run("UPDATE vouchers SET redeemed_by = ?2, redeemed_at = ?3 WHERE id = ?1", {id, user, now});
}

}  // namespace marea::server::store::voucherstore
