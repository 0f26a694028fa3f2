#include "server/apps/store/pricing.h"

#include <gtest/gtest.h>

namespace marea::server::store {
namespace {

Offer fixed() {
    Offer offer;
    offer.prices = {{"EUR", 999}, {"JPY", 1500}};
    return offer;
}

TEST(Pricing, HasAPriceInEachCurrencyOrNone) {
    EXPECT_EQ(quote(fixed(), "EUR", 0)->price, (Money{999, "EUR"}));
    EXPECT_EQ(quote(fixed(), "JPY", 0)->price, (Money{1500, "JPY"}));
    EXPECT_EQ(quote(fixed(), "USD", 0).error().code, core::ErrorCode::Unprocessable);
    Offer free;
    free.pricing = Pricing::Free;
    EXPECT_EQ(quote(free, "USD", 0)->price.minor, 0);
}

TEST(Pricing, TheBestSaleThatIsOnCounts) {
    Offer offer = fixed();
    offer.sales = {{10, 100, 200}, {25, 150, 180}, {50, 300, 400}};
    EXPECT_EQ(quote(offer, "EUR", 99)->percentOff, 0);
    EXPECT_EQ(quote(offer, "EUR", 100)->price.minor, 899);
    EXPECT_EQ(quote(offer, "EUR", 160)->percentOff, 25);
    EXPECT_EQ(quote(offer, "EUR", 160)->saleUntil, 180);
    EXPECT_EQ(quote(offer, "EUR", 180)->percentOff, 10);
    EXPECT_EQ(quote(offer, "EUR", 200)->price.minor, 999);
    EXPECT_EQ(quote(offer, "EUR", 160)->list.minor, 999);
}

TEST(Pricing, PeopleChooseFromTheLeastOn) {
    Offer offer = fixed();
    offer.pricing = Pricing::Choose;
    const auto made = quote(offer, "EUR", 0);
    ASSERT_TRUE(made && made->choose);
    EXPECT_EQ(chargeOf(*made, std::nullopt)->minor, 999);
    EXPECT_EQ(chargeOf(*made, 5000)->minor, 5000);
    EXPECT_EQ(chargeOf(*made, 998).error().code, core::ErrorCode::Unprocessable);
    EXPECT_EQ(chargeOf(*made, 999'999'999'999).error().code, core::ErrorCode::Unprocessable);
    EXPECT_EQ(chargeOf(*quote(fixed(), "EUR", 0), 5000).error().code, core::ErrorCode::Unprocessable);
    EXPECT_EQ(chargeOf(*quote(fixed(), "EUR", 0), 999)->minor, 999);
}

TEST(Pricing, TerritoriesAndDaysToCome) {
    Offer offer = fixed();
    EXPECT_TRUE(soldIn(offer, ""));
    offer.territories = {"ES", "PT"};
    EXPECT_TRUE(soldIn(offer, "PT"));
    EXPECT_FALSE(soldIn(offer, "DE"));
    EXPECT_FALSE(soldIn(offer, ""));
    offer.releaseAt = 500;
    EXPECT_TRUE(quote(offer, "EUR", 499)->preorder);
    EXPECT_FALSE(quote(offer, "EUR", 500)->preorder);
}

}  // namespace
}  // namespace marea::server::store
