#include "server/gateway/ratelimits.h"

#include <gtest/gtest.h>

#include "server/gateway/forwarded.h"

namespace marea::server {
namespace {

int taken(TokenBuckets& buckets, std::string_view key, std::int64_t now) {
    int count = 0;
    while (!buckets.take(key, now)) {
        ++count;
    }
    return count;
}

TEST(TokenBuckets, AllowABurstAndThenAsManyASecondAsTold) {
    TokenBuckets buckets(5);
    EXPECT_EQ(taken(buckets, "a", 1000), 5 * TokenBuckets::kBurstSeconds);
    EXPECT_EQ(buckets.take("a", 1000), 200);  // ms until the next
    EXPECT_EQ(taken(buckets, "a", 1199), 0);
    EXPECT_EQ(taken(buckets, "a", 1200), 1);
    EXPECT_EQ(taken(buckets, "a", 2200), 5);
    EXPECT_EQ(taken(buckets, "a", 1'000'000), 5 * TokenBuckets::kBurstSeconds);  // never more than full
    EXPECT_EQ(taken(buckets, "b", 1'000'000), 5 * TokenBuckets::kBurstSeconds);  // another's are another's
}

TEST(TokenBuckets, StandAClockThatStepsBack) {
    TokenBuckets buckets(1);
    EXPECT_EQ(taken(buckets, "a", 50'000), 10);
    EXPECT_EQ(buckets.take("a", 10'000), 1000);
    EXPECT_EQ(taken(buckets, "a", 11'000), 1);
}

TEST(TokenBuckets, AreBounded) {
    TokenBuckets buckets(1, 3);
    EXPECT_EQ(taken(buckets, "a", 0), 10);
    for (const char* key : {"b", "c"}) {
        EXPECT_FALSE(buckets.take(key, 0));
    }
    EXPECT_TRUE(buckets.take("a", 0));  // used again: b is the oldest now
    EXPECT_FALSE(buckets.take("d", 0));
    EXPECT_TRUE(buckets.take("a", 0));      // still known
    EXPECT_EQ(taken(buckets, "b", 0), 10);  // forgotten, and so full
}

TEST(TokenBuckets, WithoutALimitAllowEverything) {
    TokenBuckets buckets(0);
    for (int i = 0; i < 1000; ++i) {
        ASSERT_FALSE(buckets.take("a", 0));
    }
}

class Limits : public ::testing::Test {
protected:
    RateLimits limits_{RateOptions{.perUser = 2, .perAddress = 3, .searchesPerUser = 1, .playbackStartsPerUser = 1}};

    int ofAddress(std::string_view peer, bool proxy = false) {
        int count = 0;
        while (count < 1000 && !limits_.address(peer, proxy, 0)) {
            ++count;
        }
        return count;
    }
    int ofUser(std::string_view user, RateClass rate, std::string_view peer = "192.0.2.1") {
        int count = 0;
        while (count < 1000 && !limits_.user(user, peer, rate, 0)) {
            ++count;
        }
        return count;
    }
};

TEST_F(Limits, CountByAddressAndAWholeNetworkOfOnePersonAsOne) {
    EXPECT_EQ(ofAddress("192.0.2.7"), 30);
    EXPECT_EQ(ofAddress("192.0.2.8"), 30);
    EXPECT_EQ(ofAddress("2001:db8::1"), 30);
    EXPECT_EQ(ofAddress("2001:db8::2"), 0);
    EXPECT_EQ(limits_.refused(), 4U);
}

TEST_F(Limits, DoNotCountThisMachineNorProxiesByAddress) {
    EXPECT_EQ(ofAddress("127.0.0.1"), 1000);
    EXPECT_EQ(ofAddress("::1"), 1000);
    EXPECT_EQ(ofAddress("10.0.0.1", true), 1000);
    EXPECT_EQ(ofAddress("10.0.0.1"), 30);
}

TEST_F(Limits, CountByUserWithLessForWhatIsDear) {
    EXPECT_EQ(ofUser("ann", RateClass::Search), 10);
    EXPECT_EQ(ofUser("ann", RateClass::Playback), 10);
    EXPECT_EQ(ofUser("ann", RateClass::Usual), 0);  // these were among the twenty
    EXPECT_EQ(ofUser("bea", RateClass::Usual), 20);
    EXPECT_EQ(ofUser("cleo", RateClass::Usual, "127.0.0.1"), 1000);
}

TEST(Addresses, OfThisMachineAreKnown) {
    EXPECT_TRUE(isLoopback("127.0.0.1"));
    EXPECT_TRUE(isLoopback("::1"));
    EXPECT_FALSE(isLoopback("192.0.2.1"));
    EXPECT_FALSE(isLoopback("::2"));
}

}  // namespace
}  // namespace marea::server
