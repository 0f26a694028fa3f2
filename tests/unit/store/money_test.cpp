#include "core/store/money.h"

#include <gtest/gtest.h>

#include <limits>

#include "server/apps/store/ledgerrules.h"

namespace marea::core::store {
namespace {

TEST(Money, IsWrittenWithTheDigitsOfItsCurrency) {
    EXPECT_EQ(moneyText({1234, "EUR"}), "12.34 EUR");
    EXPECT_EQ(moneyText({5, "EUR"}), "0.05 EUR");
    EXPECT_EQ(moneyText({-5, "EUR"}, ','), "-0,05 EUR");
    EXPECT_EQ(moneyText({500, "JPY"}), "500 JPY");
    EXPECT_EQ(moneyText({1, "KWD"}), "0.001 KWD");
    EXPECT_EQ(amountText({std::numeric_limits<std::int64_t>::min(), "EUR"}), "-92233720368547758.08");
}

TEST(Money, CodesHaveThreeCapitalLetters) {
    EXPECT_TRUE(isCurrency("EUR"));
    for (const char* wrong : {"", "eur", "EURO", "E1R", "€UR"}) {
        EXPECT_FALSE(isCurrency(wrong)) << wrong;
    }
}

TEST(Money, PercentsAreTakenOffInFavourOfWhoPaysAndNeverOverflow) {
    EXPECT_EQ(percentOff(999, 10), 899);
    EXPECT_EQ(percentOff(1, 50), 0);
    EXPECT_EQ(percentOff(1000, 0), 1000);
    EXPECT_EQ(percentOff(1000, 100), 0);
    for (std::int64_t minor : {1LL, 99LL, 100LL, 12'345LL, 1'000'000'000'000LL}) {
        for (int percent = 0; percent <= 100; ++percent) {
            const std::int64_t left = percentOff(minor, percent);
            EXPECT_GE(left, 0);
            EXPECT_LE(left * 100, minor * (100 - percent));
            EXPECT_LT(minor * (100 - percent) - left * 100, 100);
        }
    }
}

TEST(LedgerRules, EveryTransactionAddsUpToZero) {
    using namespace marea::server::store;
    for (const char* provider : {"wallet", "stripe"}) {
        for (const std::int64_t minor : {0LL, 1LL, 999LL}) {
            const Postings charge = chargePostings(provider, "ana", minor),
                           refund = refundPostings(provider, "ana", minor);
            EXPECT_TRUE(balances(charge));
            EXPECT_TRUE(balances(refund));
            EXPECT_EQ(charge.empty(), minor == 0);
        }
    }
    EXPECT_EQ(chargePostings("wallet", "ana", 5), (Postings{{"wallet:ana", -5}, {"sales", 5}}));
    EXPECT_EQ(refundPostings("stripe", "ana", 5), (Postings{{"sales", -5}, {"stripe", 5}}));
    EXPECT_EQ(voucherPostings("ana", 5), (Postings{{"vouchers", -5}, {"wallet:ana", 5}}));
    EXPECT_FALSE(balances({{"a", 1}, {"b", -2}}));
}

}  // namespace
}  // namespace marea::core::store
