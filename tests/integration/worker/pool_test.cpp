#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>
#include <atomic>
#include <csignal>

#include "tests/integration/worker/workerfixture.h"

using namespace marea;
using namespace marea::server;
using namespace marea::server::test;
using core::ErrorCode;

namespace {

WorkerPoolOptions unruly(int count, int timeoutMs = 60'000) {
    WorkerPoolOptions options;
    options.programPath = unrulyWorkerPath();
    options.count = count;
    options.jobTimeout = std::chrono::milliseconds(timeoutMs);
    return options;
}

// Results of many jobs; waits for all of them.
class Tally {
public:
    core::Prober::Done<core::MediaInfo> done() {
        return [this](core::Result<core::MediaInfo> result) {
            const std::lock_guard lock(mutex_);
            ++(result ? good_ : bad_);
            if (!result)
                lastError_ = result.error();
            changed_.notify_all();
        };
    }
    bool waitFor(int count) {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, std::chrono::seconds(300), [&] { return good_ + bad_ >= count; });
    }
    int good() const { return good_; }
    int bad() const { return bad_; }
    core::Error lastError() const { return lastError_; }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    int good_ = 0, bad_ = 0;
    core::Error lastError_;
};

}  // namespace

TEST(Pool, AnswersAThousandJobsAtOnce) {
    Tally tally;
    WorkerPoolOptions options = unruly(2);
    options.maxQueued = 1000;
    PoolUnderTest test(options);
    const core::FileHandle file = fileWith("x");
    for (int i = 0; i < 1000; ++i) {
        auto copy = file.duplicate();
        if (!copy)
            GTEST_SKIP() << "fewer than a thousand descriptors allowed here";
        test.pool.probe(std::move(*copy), "quick" + std::to_string(i), tally.done());
    }
    ASSERT_TRUE(tally.waitFor(1000));
    EXPECT_EQ(tally.good(), 1000);
}

TEST(Pool, RefusesMoreThanItsQueueHolds) {
    Tally hanging, refused;
    WorkerPoolOptions options = unruly(1);
    options.maxQueued = 4;
    PoolUnderTest test(options);
    test.waitFor([](const auto& s) { return s.ready == 1; });
    test.pool.probe(fileWith("x"), "hang", hanging.done());
    test.waitFor([](const auto& s) { return s.inFlight == 1; });
    for (int i = 0; i < 70; ++i)
        test.pool.probe(fileWith("x"), "hang", refused.done());
    ASSERT_TRUE(refused.waitFor(1));
    EXPECT_EQ(refused.lastError().code, ErrorCode::Busy);
    test.pool.stop();
    ASSERT_TRUE(hanging.waitFor(1));
    EXPECT_EQ(hanging.lastError().code, ErrorCode::Cancelled);
    ASSERT_TRUE(refused.waitFor(70));
}

TEST(Pool, ReportsAFileThatCrashesTwoWorkersAndGoesOn) {
    PoolUnderTest test(unruly(2));
    const auto crashed = test.probe(fileWith("x"), "crash.mkv");
    ASSERT_FALSE(crashed);
    EXPECT_EQ(crashed.error().code, ErrorCode::Unavailable);
    EXPECT_FALSE(crashed.error().text.empty());
    EXPECT_TRUE(test.probe(fileWith("x"), "quick"));
    EXPECT_EQ(test.pool.status().retries, 1u);
    test.waitFor([](const auto& s) { return s.ready == 2; });
}

TEST(Pool, BlamesOnlyTheJobThatWasBeingDone) {
    Tally good, crash;
    PoolUnderTest test(unruly(1));
    for (int i = 0; i < 200; ++i) {
        test.pool.probe(fileWith("x"), "quick", good.done());
        if (i % 50 == 25)
            test.pool.probe(fileWith("x"), "crash", crash.done());
    }
    ASSERT_TRUE(good.waitFor(200));
    ASSERT_TRUE(crash.waitFor(4));
    EXPECT_EQ(good.good(), 200);
    EXPECT_EQ(crash.bad(), 4);
    EXPECT_EQ(test.pool.status().retries, 4u);
}

TEST(Pool, EndsAJobThatTakesTooLong) {
    Tally behind;
    PoolUnderTest test(unruly(1, 3000));  // enough for the quick ones on a busy machine
    Waiter<core::MediaInfo> hung;
    test.pool.probe(fileWith("x"), "hang.mp4", hung.done());
    for (int i = 0; i < 20; ++i)
        test.pool.probe(fileWith("x"), "quick", behind.done());
    const auto result = hung.wait();
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::Timeout);
    ASSERT_TRUE(behind.waitFor(20));
    EXPECT_EQ(behind.good(), 20);
    EXPECT_EQ(test.pool.status().timeouts, 2u);
}

TEST(Pool, RetriesAJobWhoseWorkerIsKilled) {
    PoolUnderTest test(unruly(1));
    test.waitFor([](const auto& s) { return s.ready == 1; });
    Waiter<core::MediaInfo> waiter;
    const core::FileHandle file = fileWith("xx");
    auto copy = file.duplicate();
    ASSERT_TRUE(copy);
    test.pool.probe(std::move(*copy), "hang.mkv", waiter.done());
    for (std::uint64_t kills = 0; kills < 2; ++kills) {
        // Each attempt reads one byte after it noted the job; without a note nobody would be blamed.
        test.waitFor([&](const auto& s) {
            return s.ready == 1 && s.inFlight == 1 && s.deaths == kills &&
                   ::lseek(file.get(), 0, SEEK_CUR) == static_cast<off_t>(kills + 1);
        });
        ::kill(test.pool.status().processes.at(0), SIGKILL);
    }
    const auto result = waiter.wait();
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::Unavailable);
    EXPECT_TRUE(test.probe(fileWith("x"), "quick"));
}

TEST(Pool, ReplacesAnIdleWorkerThatIsKilled) {
    PoolUnderTest test(2);
    test.waitFor([](const auto& s) { return s.ready == 2; });
    ::kill(test.pool.status().processes.at(0), SIGKILL);
    test.waitFor([](const auto& s) { return s.ready == 2 && s.deaths == 1 && s.starts == 3; });
}

TEST(Pool, SurvivesAMemoryBomb) {
    PoolUnderTest test(unruly(1));
    const auto result = test.probe(fileWith("x"), "memory.flac");
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::Corrupt);
    EXPECT_THAT(result.error().text, testing::HasSubstr("memory"));
    EXPECT_EQ(test.pool.status().deaths, 0u);
}

TEST(Pool, DoesNotBelieveAWorkerThatSpeaksNonsense) {
    PoolUnderTest test(unruly(1));
    const auto result = test.probe(fileWith("x"), "nonsense.mp3");
    ASSERT_FALSE(result);
    EXPECT_TRUE(test.probe(fileWith("x"), "quick"));
}

TEST(Pool, AnswersAllWithCancelledWhenItStops) {
    Tally tally;
    {
        PoolUnderTest test(unruly(2));
        for (int i = 0; i < 100; ++i)
            test.pool.probe(fileWith("x"), "hang", tally.done());
        test.pool.stop();
        test.pool.probe(fileWith("x"), "late", tally.done());
        ASSERT_TRUE(tally.waitFor(101));
    }
    EXPECT_EQ(tally.bad(), 101);
    EXPECT_EQ(tally.lastError().code, ErrorCode::Cancelled);
}

TEST(Pool, SaysSoWhenTheProgramDoesNotStart) {
    WorkerPoolOptions options;
    options.programPath = "/nonexistent/marea-worker";
    PoolUnderTest missing(options);
    const auto result = missing.probe(fileWith("x"), "a.mp3");
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::Unavailable);

    options.programPath = "/bin/false";
    PoolUnderTest ending(options);
    const auto second = ending.probe(fileWith("x"), "a.mp3");
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, ErrorCode::Unavailable);
}

TEST(Pool, RefusesWhatIsNoRegularFile) {
    PoolUnderTest test(1);
    const auto folder = test.probe(openFile("/tmp"), "film.mkv");
    ASSERT_FALSE(folder);
    EXPECT_EQ(folder.error().code, ErrorCode::Corrupt);
    const auto device = test.probe(openFile("/dev/zero"), "film.mkv");
    ASSERT_FALSE(device);
    const auto empty = test.probe(fileWith(""), "film.mkv");
    ASSERT_FALSE(empty);
    EXPECT_EQ(empty.error().text, "The file is empty");
    const auto none = test.probe(core::FileHandle(), "film.mkv");
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().code, ErrorCode::Invalid);
}
