#include "server/farm/jobrules.h"

#include <gtest/gtest.h>

namespace marea::server {
namespace {

TEST(JobNames, AreReadBackAsTheyAreWritten) {
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(jobStateOf(name(static_cast<JobState>(i))), static_cast<JobState>(i));
    }
    EXPECT_EQ(jobStateOf("lost"), std::nullopt);
    EXPECT_EQ(name(JobPriority::Live), "live");
    EXPECT_EQ(name(JobPriority::Batch), "batch");
}

TEST(Backoff, DoublesUpToAnHour) {
    EXPECT_EQ(backoff(1), 30'000);
    EXPECT_EQ(backoff(2), 60'000);
    EXPECT_EQ(backoff(3), 120'000);
    EXPECT_EQ(backoff(8), 3'600'000);
    EXPECT_EQ(backoff(1'000'000), 3'600'000);
    EXPECT_EQ(backoff(0), 30'000);
}

TEST(Retries, AreForWhatMayPass) {
    EXPECT_TRUE(worthAnotherAttempt(core::ErrorCode::Timeout));
    EXPECT_TRUE(worthAnotherAttempt(core::ErrorCode::Unavailable));
    EXPECT_TRUE(worthAnotherAttempt(core::ErrorCode::Io));
    EXPECT_FALSE(worthAnotherAttempt(core::ErrorCode::Corrupt));
    EXPECT_FALSE(worthAnotherAttempt(core::ErrorCode::NotFound));
}

TEST(Choice, IsTheUserWithFewestRunningThenWhoWaitsLongestThenTheOldest) {
    const std::vector<Candidate> heads{{"c", "ana", 1}, {"b", "bo", 2}, {"a", "cy", 3}};
    EXPECT_EQ(choose(heads, {{1, 0}, {0, 9}, {2, 0}}), 1U);
    EXPECT_EQ(choose(heads, {{1, 5}, {1, 9}, {1, 4}}), 2U);
    EXPECT_EQ(choose(heads, {{0, 0}, {0, 0}, {0, 0}}), 0U);
    EXPECT_EQ(choose({{"b", "ana", 1}, {"a", "ana", 1}}, {{}, {}}), 1U);
    EXPECT_EQ(choose({}, {}), std::nullopt);
}

TEST(Beginning, CountsOnlyWhatIsAtLeastAsUrgent) {
    EXPECT_EQ(leastUrgentToBegin({0, 0, 0, 0}, 2), JobPriority::Batch);
    EXPECT_EQ(leastUrgentToBegin({0, 0, 0, 1}, 2), JobPriority::Batch);
    EXPECT_EQ(leastUrgentToBegin({0, 0, 0, 2}, 2), JobPriority::Download);
    EXPECT_EQ(leastUrgentToBegin({0, 1, 0, 1}, 2), JobPriority::Download);
    EXPECT_EQ(leastUrgentToBegin({0, 2, 0, 0}, 2), JobPriority::Live);
    EXPECT_EQ(leastUrgentToBegin({2, 0, 0, 0}, 2), std::nullopt);
    EXPECT_EQ(leastUrgentToBegin({0, 0, 0, 0}, 0), std::nullopt);
}

}  // namespace
}  // namespace marea::server
