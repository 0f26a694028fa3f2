#include "server/host/upkeep.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace marea::server {

namespace {

TEST(UpkeepTest, GoesOnUntilItIsStopped) {
    std::atomic<int> rounds = 0;
    Upkeep upkeep(std::chrono::milliseconds(1), [&] { ++rounds; });
    upkeep.start();
    while (rounds < 3) {
        std::this_thread::yield();
    }
    upkeep.stop();
    const int done = rounds;
    std::this_thread::yield();
    EXPECT_EQ(rounds, done);
    upkeep.stop();
}

TEST(UpkeepTest, NoRoundBeginsAfterItWasAskedToEnd) {
    std::atomic<int> rounds = 0;
    Upkeep upkeep(std::chrono::hours(1), [&] { ++rounds; });
    upkeep.start();
    upkeep.askToEnd();
    upkeep.stop();
    EXPECT_EQ(rounds, 0);
}

TEST(UpkeepTest, EndsWithoutHavingBegun) {
    Upkeep upkeep(std::chrono::milliseconds(1), [] { FAIL(); });
}

}  // namespace

}  // namespace marea::server
