#include "server/apps/store/ledgerrules.h"

namespace marea::server::store {

namespace {

constexpr std::string_view kSales = "sales", kVouchers = "vouchers";

Postings between(std::string from, std::string to, std::int64_t minor) {
    return minor == 0 ? Postings() : Postings{{std::move(from), -minor}, {std::move(to), minor}};
}

}  // namespace

std::string walletOf(const core::Id& user) {
    return "wallet:" + user;
}

std::string sourceOf(std::string_view provider, const core::Id& buyer) {
    return provider == "wallet" ? walletOf(buyer) : std::string(provider);
}

Postings chargePostings(std::string_view provider, const core::Id& buyer, std::int64_t minor) {
    return between(sourceOf(provider, buyer), std::string(kSales), minor);
}

Postings refundPostings(std::string_view provider, const core::Id& buyer, std::int64_t minor) {
    return between(std::string(kSales), sourceOf(provider, buyer), minor);
}

Postings voucherPostings(const core::Id& user, std::int64_t minor) {
    return between(std::string(kVouchers), walletOf(user), minor);
}

bool balances(const Postings& postings) {
    std::int64_t sum = 0;
    for (const Posting& posting : postings) {
        sum += posting.minor;
    }
    return sum == 0;
}

}  // namespace marea::server::store
