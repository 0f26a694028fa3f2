#include "server/apps/identity/attemptlimits.h"

#include <gtest/gtest.h>

namespace marea::server {
namespace {

TEST(AttemptLimits, CloseForLongerAndLonger) {
    AttemptLimits limits({.allowed = 3, .firstWait = 100, .maxWait = 350});
    core::TimeMs now = 1'000'000;
    limits.failed("ana", now);
    limits.failed("ana", now);
    EXPECT_FALSE(limits.wait("ana", now));
    limits.failed("ana", now);
    EXPECT_EQ(limits.wait("ana", now), 100);
    EXPECT_FALSE(limits.wait("bob", now));
    now += 100;
    EXPECT_FALSE(limits.wait("ana", now));
    limits.failed("ana", now);
    EXPECT_EQ(limits.wait("ana", now), 200);
    limits.failed("ana", now);
    EXPECT_EQ(limits.wait("ana", now), 350);
}

TEST(AttemptLimits, ForgiveAfterSuccessOrTime) {
    AttemptLimits limits({.allowed = 1, .firstWait = 100, .maxWait = 300});
    limits.failed("ana", 1000);
    limits.succeeded("ana");
    EXPECT_FALSE(limits.wait("ana", 1000));
    limits.failed("ana", 1000);
    limits.failed("ana", 1000);
    limits.failed("ana", 2000);
    EXPECT_EQ(limits.wait("ana", 2000), 100) << "a long quiet time forgets";
}

TEST(AttemptLimits, AClockPutBackShutsNobodyOut) {
    AttemptLimits limits({.allowed = 1, .firstWait = 100, .maxWait = 300});
    limits.failed("ana", 10'000'000);
    EXPECT_FALSE(limits.wait("ana", 1000));
    limits.failed("ana", 1000);
    EXPECT_EQ(limits.wait("ana", 1000), 100) << "and counts anew from there";
}

TEST(AttemptLimits, AFloodOfKeysDoesNotOpenAClosedOne) {
    AttemptLimits limits({.allowed = 2, .firstWait = 1000, .maxWait = 100'000});
    limits.failed("ana", 1);
    limits.failed("ana", 1);
    for (std::size_t i = 0; i < AttemptLimits::kMaxKeys * 2; ++i) {
        limits.failed("key" + std::to_string(i), 2);
    }
    EXPECT_TRUE(limits.wait("ana", 3));
}

TEST(AddressKey, IsWhatOnePersonHolds) {
    EXPECT_EQ(addressKey("192.0.2.7"), "192.0.2.7");
    EXPECT_EQ(addressKey("::ffff:192.0.2.7"), "192.0.2.7");
    EXPECT_EQ(addressKey("2001:db8:1:2:3:4:5:6"), addressKey("2001:db8:1:2::1"));
    EXPECT_NE(addressKey("2001:db8:1:2::1"), addressKey("2001:db8:1:3::1"));
}

}  // namespace
}  // namespace marea::server
