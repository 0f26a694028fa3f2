#include "server/apps/store/ledgercheck.h"

#include <array>

#include "server/apps/identity/errorof.h"
#include "server/apps/store/orderrules.h"

namespace marea::server::store {

using core::Result;
using core::db::Row;
using core::db::Session;

namespace {

constexpr std::size_t kMostOfAKind = 20;

// Rows that should not be: what is wrong, and of what.
struct Rule {
    const char* words;
    const char* sql;
};

// Facts as bits: 2 is paid, 16 refunded, 64 a dispute lost; an order is reversed when it was paid, and one of the
// others is known. Parts of a refund have the order and how much by then as their subject, disputes the provider and
// their id.
constexpr std::array<Rule, 16> kRules = {
    {{"transaction does not add up to zero",
      "SELECT transaction_id FROM ledger_entries GROUP BY transaction_id, currency HAVING sum(amount) <> 0"},
     {"entry of another currency than its transaction",
      "SELECT e.transaction_id FROM ledger_entries e JOIN ledger_transactions t ON t.id = e.transaction_id WHERE "
      "t.currency <> e.currency"},
     {"currency does not add up to zero",
      "SELECT currency FROM ledger_entries GROUP BY currency HAVING sum(amount) <> 0"},
     {"wallet has less than nothing",
      "SELECT account || ' ' || currency FROM ledger_entries WHERE account >= 'wallet:' AND account < 'wallet;' GROUP "
      "BY "
      "account, currency HAVING sum(amount) < 0"},
     {"order was paid, and there is not one charge of its price",
      "SELECT id FROM orders o WHERE facts & 2 AND 1 <> (SELECT count(*) FROM ledger_transactions t WHERE t.kind = "
      "'charge' AND t.subject = o.id AND t.currency = o.currency AND o.amount = coalesce((SELECT sum(amount) FROM "
      "ledger_entries e WHERE e.transaction_id = t.id AND amount > 0), 0))"},
     {"charge without a paid order",
      "SELECT t.id FROM ledger_transactions t LEFT JOIN orders o ON o.id = t.subject WHERE t.kind IN ('charge', "
      "'refund') AND (o.id IS NULL OR NOT o.facts & 2)"},
     {"order was paid, and there is not one entitlement",
      "SELECT o.id FROM orders o LEFT JOIN entitlements e ON e.order_id = o.id AND e.user_id = o.recipient WHERE "
      "(o.facts & 2 <> 0) <> (e.order_id IS NOT NULL)"},
     {"refund and reversal do not go together",
      "SELECT id FROM orders o WHERE (o.facts & 18 = 18) <> EXISTS (SELECT 1 FROM ledger_transactions t WHERE t.kind = "
      "'refund' AND t.subject = o.id AND t.currency = o.currency)"},
     {"what was given back is not what the ledger has of it",
      "SELECT id FROM orders o WHERE CASE WHEN o.facts & 18 = 18 THEN o.amount WHEN o.facts & 2 THEN o.refunded ELSE 0 "
      "END <> coalesce((SELECT sum(e.amount) FROM ledger_transactions t JOIN ledger_entries e ON e.transaction_id = "
      "t.id AND e.amount > 0 WHERE (t.kind = 'refund' AND t.subject = o.id) OR (t.kind = 'refund_part' AND t.subject "
      "> o.id || '/' AND t.subject < o.id || '0')), 0)"},
     {"more was given back in part than was paid", "SELECT id FROM orders WHERE refunded > amount"},
     {"dispute of a paid order is not in the ledger as it stands",
      "SELECT d.id FROM disputes d JOIN orders o ON o.provider = d.provider AND o.payment = d.payment WHERE o.facts & "
      "2 "
      "AND (d.booked <> d.state OR EXISTS (SELECT 1 FROM (SELECT 'dispute' AS kind UNION ALL SELECT 'dispute_' || "
      "d.state WHERE d.state <> 'open') k WHERE d.amount <> coalesce((SELECT sum(e.amount) FROM ledger_transactions t "
      "JOIN ledger_entries e ON e.transaction_id = t.id AND e.amount > 0 WHERE t.kind = k.kind AND t.subject = "
      "d.provider || '/' || d.id), 0)))"},
     {"disputes that are over are still somewhere",
      "SELECT 'disputes' FROM ledger_entries WHERE account = 'disputes' GROUP BY currency HAVING -sum(amount) <> "
      "(SELECT coalesce(sum(d.amount), 0) FROM disputes d WHERE d.booked = 'open' AND d.currency = "
      "ledger_entries.currency)"},
     {"what is disputed and what is held back do not go together",
      "SELECT id FROM orders o WHERE (o.disputed_at IS NOT NULL) <> (o.facts & 2 AND EXISTS (SELECT 1 FROM disputes d "
      "WHERE d.provider = o.provider AND d.payment = o.payment AND d.state = 'open'))"},
     {"refund and revocation do not go together",
      "SELECT o.id FROM orders o JOIN entitlements e ON e.order_id = o.id WHERE (o.facts & 2 AND o.facts & 80) <> "
      "(e.revoked_at IS NOT NULL)"},
     {"voucher and its credit do not go together",
      "SELECT v.id FROM vouchers v WHERE (v.redeemed_at IS NOT NULL) <> EXISTS (SELECT 1 FROM ledger_transactions t "
      "WHERE "
      "t.kind = 'voucher' AND t.subject = v.id)"},
     {"access to a title without an entitlement",
      "SELECT a.user_id FROM store_access a WHERE NOT EXISTS (SELECT 1 FROM entitlements e JOIN orders o ON o.id = "
      "e.order_id WHERE e.user_id = a.user_id AND e.revoked_at IS NULL AND o.disputed_at IS NULL)"}}};

Result<void> look(Session& session, const Rule& rule, LedgerReport& report) {
    std::size_t found = 0;
    return session.each(rule.sql, {}, [&](const Row& row) {
        report.problems.push_back(std::string(rule.words) + ": " + row.string(0));
        return ++found < kMostOfAKind;
    });
}

// States are written beside what they follow from, for look-ups.
Result<void> lookAtStates(Session& session, LedgerReport& report) {
    return session.each("SELECT id, facts, state FROM orders", {}, [&](const Row& row) {
        if (name(OrderFacts(row.integer(1)).state()) != row.text(2)) {
            report.problems.push_back("state does not follow from what is known: " + row.string(0));
        }
        return report.problems.size() < kMostOfAKind * kRules.size();
    });
}

}  // namespace

Result<LedgerReport> checkLedger(Session& session) {
    LedgerReport report;
    auto done = session.each(
        "SELECT (SELECT count(*) FROM ledger_transactions), (SELECT count(*) FROM orders), (SELECT count(*) FROM "
        "entitlements)",
        {}, [&](const Row& row) {
            report.transactions = row.integer(0);
            report.orders = row.integer(1);
            report.entitlements = row.integer(2);
            return false;
        });
    for (const Rule& rule : kRules) {
        done = done ? look(session, rule, report) : done;
    }
    done = done ? lookAtStates(session, report) : done;
    return done ? Result<LedgerReport>(std::move(report)) : errorOf(done);
}

}  // namespace marea::server::store
