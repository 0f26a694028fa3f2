#include "server/host/upkeep.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <memory>
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

// It ends by itself: whoever it is of need not be asked, and may be letting go of it.
TEST(UpkeepTest, WhatIsDoneOnceIsNotDoneAgain) {
    std::promise<void> gone;
    std::atomic<int> rounds = 0;
    struct Told {
        explicit Told(std::promise<void>& whom) : gone(whom) {}
        ~Told() { gone.set_value(); }
        std::promise<void>& gone;
    };
    Upkeep upkeep(std::chrono::milliseconds(0), [&] {
        thread_local std::unique_ptr<Told> last;  // goes with the thread
        last = std::make_unique<Told>(gone);
        ++rounds;
    });
    upkeep.startOnce();
    gone.get_future().wait();
    EXPECT_EQ(rounds, 1);
}

TEST(UpkeepTest, WhatIsDoneOnceAndLaterMayBeCalledOff) {
    Upkeep upkeep(std::chrono::hours(1), [] { FAIL(); });
    upkeep.startOnce();
    upkeep.stop();
}

TEST(UpkeepTest, EndsWithoutHavingBegun) {
    Upkeep upkeep(std::chrono::milliseconds(1), [] { FAIL(); });
}

}  // namespace

}  // namespace marea::server
