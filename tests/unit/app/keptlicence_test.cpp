#include "app/offline/keptlicence.h"

#include <gtest/gtest.h>

namespace marea::app {
namespace {

constexpr qint64 kDay = 24LL * 3600 * 1000;

KeptLicence licence() {
    return {
        QStringLiteral("l1"), QStringLiteral("k1"), QByteArray("0123456789abcdef"), 10 * kDay, 40 * kDay, 12 * kDay};
}

TEST(KeptLicence, IsTheSameReadBack) {
    EXPECT_EQ(licenceFrom(toText(licence())), licence());
    EXPECT_EQ(licenceFrom(QString()), std::nullopt);
    EXPECT_EQ(licenceFrom(QStringLiteral("{}")), std::nullopt);
    auto keyless = licence();
    keyless.secret = "short";
    EXPECT_EQ(licenceFrom(toText(keyless)), std::nullopt);
}

TEST(KeptLicence, HoldsUntilItsTimeAndAClockPutBackGivesNoneBack) {
    EXPECT_TRUE(holds(licence(), 40 * kDay - 1));
    EXPECT_FALSE(holds(licence(), 40 * kDay));
    auto ended = licence();
    ended.seen = 41 * kDay;
    EXPECT_FALSE(holds(ended, 20 * kDay));
}

TEST(KeptLicence, IsRenewedADayAfterItWasGiven) {
    auto fresh = licence();
    fresh.seen = fresh.from;
    EXPECT_FALSE(wantsRenewal(fresh, fresh.from + kDay - 1));
    EXPECT_TRUE(wantsRenewal(fresh, fresh.from + kDay));
    EXPECT_TRUE(wantsRenewal(fresh, 50 * kDay));
}

}  // namespace
}  // namespace marea::app
