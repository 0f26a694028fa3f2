#include "server/apps/store/disputestore.h"

#include "server/apps/identity/errorof.h"
#include "server/apps/identity/secrets.h"

namespace marea::server::store::disputestore {

using core::db::Row;

namespace {

core::db::Blob bytesOf(const std::string& digest) {
    return {digest.begin(), digest.end()};
}

}  // namespace

std::string digestOf(std::string_view payment) {
    const Digest digest = sha256("marea payment " + std::string(payment));
    return {digest.begin(), digest.end()};
}

Result<void> tell(Session& session, std::string_view provider, const Dispute& dispute, TimeMs now) {
    const auto before = session.first("SELECT state FROM disputes WHERE provider = ?1 AND id = ?2",
                                      {provider, std::string_view(dispute.id)},
                                      [](const Row& row) { return disputeState(row.text(0)); });
    if (!before) {
        return errorOf(before);
    }
    const auto known = before->value_or(std::nullopt);
    const DisputeState state = known ? afterNews(*known, dispute.state) : dispute.state;
    const core::db::Blob payment = bytesOf(digestOf(dispute.payment));
    return session.run(
        "INSERT INTO disputes(provider, id, payment, currency, amount, state, told_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, "
        "?7) ON CONFLICT(provider, id) DO UPDATE SET state = excluded.state",
        {provider, std::string_view(dispute.id), std::span<const std::uint8_t>(payment),
         std::string_view(dispute.amount.currency), dispute.amount.minor, name(state), now});
}

Result<std::vector<Kept>> ofPayment(Session& session, std::string_view provider, const std::string& digest) {
    const core::db::Blob payment = bytesOf(digest);
    return session.all(
        "SELECT id, currency, amount, state, booked FROM disputes WHERE provider = ?1 AND payment = ?2 "
        "ORDER BY id",
        {provider, std::span<const std::uint8_t>(payment)}, [](const Row& row) {
            return Kept{{row.string(0),
                         {},
                         {row.integer(2), row.string(1)},
                         disputeState(row.text(3)).value_or(DisputeState::Open)},
                        disputeState(row.text(4))};
        });
}

Result<void> setBooked(Session& session, std::string_view provider, const std::string& id, DisputeState state) {
    return session.run("UPDATE disputes SET booked = ?3 WHERE provider = ?1 AND id = ?2",
                       {provider, std::string_view(id), name(state)});
}

Result<std::optional<Id>> orderOf(Session& session, std::string_view provider, const std::string& digest) {
    const core::db::Blob payment = bytesOf(digest);
    return session.first("SELECT id FROM orders WHERE provider = ?1 AND payment = ?2",
                         {provider, std::span<const std::uint8_t>(payment)},
                         [](const Row& row) { return row.string(0); });
}

}  // namespace marea::server::store::disputestore
