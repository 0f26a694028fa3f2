#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/id.h"
#include "core/store/money.h"

namespace marea::server::store {

// One side of a transaction. More than zero: the account is owed that (what people have, what was earned); less: it is
// had from there (the provider has the money, the vouchers gave it).
struct Posting {
    std::string account;
    std::int64_t minor = 0;
    bool operator==(const Posting&) const = default;
};
using Postings = std::vector<Posting>;  // of one currency; of nothing for nothing

std::string walletOf(const core::Id& user);  // the account

// Where the money for an order comes from: the buyer's wallet, or the provider.
std::string sourceOf(std::string_view provider, const core::Id& buyer);
Postings chargePostings(std::string_view provider, const core::Id& buyer, std::int64_t minor);
Postings refundPostings(std::string_view provider, const core::Id& buyer, std::int64_t minor);
Postings voucherPostings(const core::Id& user, std::int64_t minor);

bool balances(const Postings& postings);

}  // namespace marea::server::store
