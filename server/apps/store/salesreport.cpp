#include "server/apps/store/salesreport.h"

#include <array>
#include <ctime>

#include "server/apps/identity/errorof.h"

namespace marea::server::store {

using core::Result;
using core::db::Row;

namespace {

std::string timeOf(TimeMs at) {
    const std::time_t seconds = static_cast<std::time_t>(at / 1000);
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    std::array<char, 32> text{};
    std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
    return text.data();
}

std::string lineOf(const Row& row) {
    const Money price{row.integer(6), row.string(5)};
    const bool refunded = OrderFacts(row.integer(7)).reversed();
    std::string line;
    for (const std::string& field :
         {row.string(0), timeOf(row.integer(1)), row.string(2), row.string(3), row.string(4), price.currency,
          amountText(price), row.string(8), std::string(refunded ? "yes" : "no"), row.string(9),
          amountText(Money{row.integer(10), price.currency}), row.string(11)}) {
        line += (line.empty() ? "" : ",") + csvField(field);
    }
    return line + "\r\n";
}

}  // namespace

std::string csvField(std::string_view text) {
    std::string field(text);
    constexpr std::string_view kFormula = "=+-@\t\r";
    if (!field.empty() && kFormula.find(field.front()) != std::string_view::npos) {
        field.insert(0, 1, '\'');
    }
    if (field.find_first_of(",\"\r\n") == std::string::npos) {
        return field;
    }
    for (std::size_t at = 0; (at = field.find('"', at)) != std::string::npos; at += 2) {
        field.insert(at, 1, '"');
    }
    return "\"" + field + "\"";
}

Result<std::string> salesReport(core::db::Session& session, TimeMs from, TimeMs until, int most) {
    std::string text =
        "receipt,paid_at,order,buyer,product,currency,amount,provider,refunded,gift_to,given_back,dispute\r\n";
    auto done = session.each(
        "SELECT o.receipt, o.paid_at, o.id, coalesce(b.username, o.user_id), o.title, o.currency, o.amount, o.facts, "
        "o.provider, CASE WHEN o.recipient <> o.user_id THEN coalesce(r.username, o.recipient) ELSE '' END, "
        "CASE WHEN o.facts & 18 = 18 THEN o.amount ELSE o.refunded END + coalesce((SELECT sum(amount) FROM disputes d "
        "WHERE d.provider = o.provider AND d.payment = o.payment AND d.state = 'lost'), 0), "
        "coalesce((SELECT min(state) FROM disputes d WHERE d.provider = o.provider AND d.payment = o.payment), '') "
        "FROM "
        "orders o "
        "LEFT JOIN users b ON b.id = o.user_id LEFT JOIN users r ON r.id = o.recipient WHERE o.receipt IS NOT NULL AND "
        "o.paid_at >= ?1 AND o.paid_at < ?2 ORDER BY o.receipt LIMIT ?3",
        {from, until, std::int64_t{most}}, [&](const Row& row) {
            text += lineOf(row);
            return true;
        });
    return done ? Result<std::string>(std::move(text)) : errorOf(done);
}

}  // namespace marea::server::store
