#include "server/apps/store/ledgerstore.h"

#include "server/apps/identity/errorof.h"

namespace marea::server::store::ledgerstore {

using core::ErrorCode;
using core::db::Row;

Result<void> record(Session& session, const Entry& entry, TimeMs now) {
    if (!balances(entry.postings)) {
        return core::fail(ErrorCode::Internal, "The books do not balance.", entry.kind + " " + entry.subject);
    }
    const Id id = core::newId(now);
    auto done = session.run(
        "INSERT OR IGNORE INTO ledger_transactions(id, at, kind, subject, currency) VALUES (?1, ?2, ?3, ?4, ?5)",
        {id, now, entry.kind, entry.subject, entry.currency});
    if (done && session.changes() == 0) {
        return core::fail(ErrorCode::Conflict, "This is in the books already.", entry.kind + " " + entry.subject);
    }
    for (const Posting& posting : entry.postings) {
        done = done ? session.run(
                          "INSERT INTO ledger_entries(transaction_id, account, currency, amount) VALUES (?1, "
                          "?2, ?3, ?4)",
                          {id, posting.account, entry.currency, posting.minor})
                    : done;
    }
    return done;
}

Result<std::int64_t> balance(Session& session, const std::string& account, const std::string& currency) {
    auto sum = session.first("SELECT coalesce(sum(amount), 0) FROM ledger_entries WHERE account = ?1 AND currency = ?2",
                             {account, currency}, [](const Row& row) { return row.integer(0); });
    return sum ? Result<std::int64_t>(sum->value_or(0)) : errorOf(sum);
}

Result<std::vector<Money>> balances(Session& session, const std::string& account) {
    return session.all(
        "SELECT sum(amount), currency FROM ledger_entries WHERE account = ?1 GROUP BY currency HAVING sum(amount) <> 0 "
        "ORDER BY currency",
        {account}, [](const Row& row) {
            return Money{row.integer(0), row.string(1)};
        });
}

Result<std::vector<WalletLine>> lines(Session& session, const Id& user, const Id& before, int limit) {
    return session.all(
        "SELECT t.id, t.at, t.kind, coalesce(o.title, ''), e.amount, e.currency FROM ledger_entries e JOIN "
        "ledger_transactions t ON t.id = e.transaction_id LEFT JOIN orders o ON o.id = t.subject WHERE e.account = ?1 "
        "AND (?2 = '' OR t.id < ?2) ORDER BY t.id DESC LIMIT ?3",
        {walletOf(user), before, std::int64_t{limit}}, [](const Row& row) {
            return WalletLine{row.string(0), row.integer(1), row.string(2), row.string(3),
                              Money{row.integer(4), row.string(5)}};
        });
}

}  // namespace marea::server::store::ledgerstore
