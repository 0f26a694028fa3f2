#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>
#include <algorithm>
#include <atomic>
#include <csignal>
#include <mutex>

#include "tests/integration/worker/workerfixture.h"

// Long jobs in the pool, by a worker that makes nothing but does what the test wants.
using namespace marea;
using namespace marea::server;
using namespace marea::server::test;
using core::ErrorCode;
using Urgency = SegmentMaker::Urgency;

namespace {

WorkerPoolOptions unruly(int count) {
    WorkerPoolOptions options;
    options.programPath = unrulyWorkerPath();
    options.count = count;
    return options;
}

SegmentSpec anySpec() {
    SegmentSpec spec;
    spec.tracks = {{0, CopyEncoding{}}};
    return spec;
}

// A file whose reader waits until the test says go, once for each open().
class Gate {
public:
    Gate() {
        int ends[2];
        if (::pipe(ends) == 0) {
            read_ = core::FileHandle(ends[0]);
            write_ = core::FileHandle(ends[1]);
        }
    }
    core::FileHandle file() const { return std::move(*read_.duplicate()); }
    void open() const { [[maybe_unused]] const ssize_t sent = ::write(write_.get(), "x", 1); }

private:
    core::FileHandle read_, write_;
};

SegmentSource gated(const Gate& gate, const std::string& fingerprint = "") {
    return {gate.file(), "gate", fingerprint};
}

SegmentSource plain(const std::string& name, const std::string& fingerprint = "") {
    return {fileWith("x"), name, fingerprint};
}

// In which order jobs were done.
class Order {
public:
    SegmentMaker::Done<std::string> add(const std::string& name) {
        return [this, name](const core::Result<std::string>& result) {
            const std::lock_guard lock(mutex_);
            if (result)
                names_ += name;
        };
    }
    std::string names() const {
        const std::lock_guard lock(mutex_);
        return names_;
    }

private:
    mutable std::mutex mutex_;
    std::string names_;
};

core::Result<std::string> segment(PoolUnderTest& test, SegmentSource source, Urgency urgency = Urgency::Requested) {
    Waiter<std::string> waiter;
    test.pool.segment(std::move(source), anySpec(), urgency, waiter.done());
    return waiter.wait();
}

}  // namespace

TEST(SegmentJobs, GoToTheWorkerThatHasTheFileOpen) {
    PoolUnderTest test(unruly(3));
    test.waitFor([](const auto& s) { return s.ready == 3; });
    const auto first = segment(test, plain("pid", "a"));
    const auto other = segment(test, plain("pid", "b"));
    ASSERT_TRUE(first && other);
    EXPECT_NE(*first, *other);
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(segment(test, plain("pid", "a")).value_or(""), *first);
        EXPECT_EQ(segment(test, plain("pid", "b")).value_or(""), *other);
    }
    EXPECT_EQ(test.pool.status().warm, 10u);
    EXPECT_EQ(test.pool.status().cold, 2u);
}

TEST(SegmentJobs, DoNotWaitForTheWarmWorker) {
    PoolUnderTest test(unruly(2));
    test.waitFor([](const auto& s) { return s.ready == 2; });
    const Gate gate;
    Waiter<std::string> held;
    test.pool.segment(gated(gate, "a"), anySpec(), Urgency::Requested, held.done());
    test.waitFor([](const auto& s) { return s.inFlight == 1; });
    const auto other = segment(test, plain("pid", "a"));
    gate.open();
    const auto first = held.wait();
    ASSERT_TRUE(first && other);
    EXPECT_NE(*first, *other);
}

TEST(SegmentJobs, AreDoneByUrgencyOneAtATime) {
    PoolUnderTest test(unruly(1));
    test.waitFor([](const auto& s) { return s.ready == 1; });
    const Gate gate;
    Order order;
    Waiter<std::string> last;
    test.pool.segment(gated(gate), anySpec(), Urgency::Requested, order.add("0"));
    test.waitFor([](const auto& s) { return s.inFlight == 1; });
    test.pool.segment(plain("pid"), anySpec(), Urgency::Batch, last.done());
    test.pool.segment(plain("pid"), anySpec(), Urgency::Prefetch, order.add("3"));
    test.pool.segment(plain("pid"), anySpec(), Urgency::Next, order.add("2"));
    test.pool.segment(plain("pid"), anySpec(), Urgency::Requested, order.add("1"));
    test.waitFor([](const auto& s) { return s.queued == 4; });
    EXPECT_EQ(test.pool.status().inFlight, 1u) << "none is sent ahead";
    gate.open();
    ASSERT_TRUE(last.wait());
    EXPECT_EQ(order.names(), "0123");
}

TEST(SegmentJobs, OfTheBackgroundLeaveAWorkerFree) {
    PoolUnderTest test(unruly(2));
    test.waitFor([](const auto& s) { return s.ready == 2; });
    const Gate gate;
    Waiter<std::string> first, second;
    test.pool.segment(gated(gate), anySpec(), Urgency::Prefetch, first.done());
    test.pool.segment(gated(gate), anySpec(), Urgency::Prefetch, second.done());
    test.waitFor([](const auto& s) { return s.inFlight == 1 && s.queued == 1; });
    EXPECT_TRUE(segment(test, plain("pid")));
    EXPECT_TRUE(segment(test, plain("pid"), Urgency::Next));
    EXPECT_EQ(test.pool.status().queued, 1u);
    gate.open();
    gate.open();
    EXPECT_TRUE(first.wait());
    EXPECT_TRUE(second.wait());
}

TEST(SegmentJobs, OfTheFarmAreDoneByAWorkerThatOthersGoBefore) {
    PoolUnderTest test(unruly(1));
    const auto batch = segment(test, plain("pid"), Urgency::Batch);
    const auto requested = segment(test, plain("pid"));
    ASSERT_TRUE(batch && requested);
    EXPECT_NE(*batch, *requested);
    const auto priority = [](const std::string& pid) {
        return ::getpriority(PRIO_PROCESS, static_cast<id_t>(std::stoi(pid)));
    };
    const int here = ::getpriority(PRIO_PROCESS, 0);
    EXPECT_EQ(priority(*batch), std::min(here + 5, 19));
    EXPECT_EQ(priority(*requested), here);
    EXPECT_EQ(segment(test, plain("pid"), Urgency::Batch).value_or(""), *batch) << "it stays";
}

TEST(SegmentJobs, OfTheFarmPauseWhileSomebodyWaitsForASegment) {
    PoolUnderTest test(unruly(2));
    test.waitFor([](const auto& s) { return s.ready == 2; });
    const Gate gate;
    Waiter<std::string> watched, batch;
    test.pool.segment(gated(gate), anySpec(), Urgency::Requested, watched.done());
    test.waitFor([](const auto& s) { return s.inFlight == 1; });
    test.pool.segment(plain("pid"), anySpec(), Urgency::Batch, batch.done());
    for (int i = 0; i < 3; ++i)  // the pool has looked at its jobs since
        EXPECT_TRUE(segment(test, plain("pid"), Urgency::Next));
    EXPECT_EQ(test.pool.status().queued, 1u);
    EXPECT_EQ(test.pool.status().starts, 2u);
    gate.open();
    EXPECT_TRUE(watched.wait());
    EXPECT_TRUE(batch.wait());
    EXPECT_EQ(test.pool.status().starts, 3u);
}

TEST(SegmentJobs, FindAWorkerFreeOfTheScanWhileSomebodyWatches) {
    PoolUnderTest test(unruly(2));
    EXPECT_TRUE(segment(test, plain("pid")));
    const Gate gate;
    std::vector<Waiter<core::MediaInfo>> scan(20);
    for (auto& waiter : scan)
        test.pool.probe(gate.file(), "gate", waiter.done());
    test.waitFor([](const auto& s) { return s.inFlight >= 1; });
    EXPECT_TRUE(segment(test, plain("pid")));
    for (std::size_t i = 0; i < scan.size(); ++i)
        gate.open();
    for (auto& waiter : scan)
        EXPECT_TRUE(waiter.wait());
}

TEST(SegmentJobs, ThatWaitCanBeCancelled) {
    PoolUnderTest test(unruly(1));
    test.waitFor([](const auto& s) { return s.ready == 1; });
    const Gate gate;
    Waiter<std::string> begun, waiting;
    const auto first = test.pool.segment(gated(gate), anySpec(), Urgency::Requested, begun.done());
    test.waitFor([](const auto& s) { return s.inFlight == 1; });
    const auto second = test.pool.segment(plain("pid"), anySpec(), Urgency::Requested, waiting.done());
    test.pool.cancel(second);
    const auto cancelled = waiting.wait();
    ASSERT_FALSE(cancelled);
    EXPECT_EQ(cancelled.error().code, ErrorCode::Cancelled);
    test.pool.withdraw(first);  // has begun: it goes on
    test.pool.cancel(12345);    // nobody's
    gate.open();
    EXPECT_TRUE(begun.wait());
    test.waitFor([](const auto& s) { return s.cancelled == 1 && s.queued == 0; });
}

TEST(SegmentJobs, UnderWayEndWhenTheyAreCancelled) {
    PoolUnderTest test(unruly(1));
    test.waitFor([](const auto& s) { return s.ready == 1; });
    Waiter<std::string> begun, after;
    const auto first = test.pool.segment(plain("obedient"), anySpec(), Urgency::Prefetch, begun.done());
    test.waitFor([](const auto& s) { return s.inFlight == 1; });
    test.pool.segment(plain("pid"), anySpec(), Urgency::Requested, after.done());
    test.pool.cancel(first);
    const auto cancelled = begun.wait();
    ASSERT_FALSE(cancelled);
    EXPECT_EQ(cancelled.error().code, ErrorCode::Cancelled);
    EXPECT_TRUE(after.wait());
    test.waitFor([](const auto& s) { return s.cancelled == 1 && s.inFlight == 0; });
    EXPECT_EQ(test.pool.status().deaths, 0u);
}

TEST(SegmentJobs, ThatWereCancelledAreNotBegunAgainWhenTheirWorkerEnds) {
    PoolUnderTest test(unruly(1));
    test.waitFor([](const auto& s) { return s.ready == 1; });
    const core::FileHandle file = fileWith("x");
    Waiter<std::string> begun;
    const auto ticket =
        test.pool.segment({std::move(*file.duplicate()), "hang", ""}, anySpec(), Urgency::Prefetch, begun.done());
    test.waitFor([&](const auto&) { return ::lseek(file.get(), 0, SEEK_CUR) > 0; });
    test.pool.cancel(ticket);
    test.waitFor([](const auto& s) { return s.cancelled == 1; });
    ASSERT_EQ(::kill(test.pool.status().processes.front(), SIGKILL), 0);  // as its time-out does
    const auto cancelled = begun.wait();
    ASSERT_FALSE(cancelled);
    EXPECT_EQ(cancelled.error().code, ErrorCode::Cancelled);
    EXPECT_EQ(test.pool.status().retries, 0u);
}

TEST(SegmentJobs, AreRefusedWhenTooManyWaitButNoneForWhatIsLessUrgent) {
    WorkerPoolOptions options = unruly(1);
    options.maxWaitingSegments = 3;
    PoolUnderTest test(options);
    test.waitFor([](const auto& s) { return s.ready == 1; });
    const Gate gate;
    Waiter<std::string> begun, urgent, refused;
    std::vector<Waiter<std::string>> waiting(3);
    test.pool.segment(gated(gate), anySpec(), Urgency::Prefetch, begun.done());
    test.waitFor([](const auto& s) { return s.inFlight == 1; });
    for (auto& waiter : waiting)
        test.pool.segment(plain("pid"), anySpec(), Urgency::Prefetch, waiter.done());
    test.pool.segment(plain("pid"), anySpec(), Urgency::Prefetch, refused.done());
    const auto busy = refused.wait();
    ASSERT_FALSE(busy);
    EXPECT_EQ(busy.error().code, ErrorCode::Busy);
    test.pool.segment(plain("pid"), anySpec(), Urgency::Requested, urgent.done());
    gate.open();
    EXPECT_TRUE(urgent.wait());
    for (auto& waiter : waiting)
        EXPECT_TRUE(waiter.wait());
}

TEST(SegmentJobs, ThatHangAreEndedAndReported) {
    WorkerPoolOptions options = unruly(1);
    options.segmentTimeout = std::chrono::seconds(3);  // enough for the quick one on a busy machine
    PoolUnderTest test(options);
    const auto hung = segment(test, plain("hang.mkv", "a"));
    ASSERT_FALSE(hung);
    EXPECT_EQ(hung.error().code, ErrorCode::Timeout);
    test.waitFor([](const auto& s) { return s.timeouts == 2; });
    EXPECT_TRUE(segment(test, plain("pid", "a")));
}

TEST(SegmentJobs, HaveATimeOutOfTheirOwn) {
    WorkerPoolOptions options = unruly(1);
    options.jobTimeout = std::chrono::milliseconds(50);
    PoolUnderTest test(options);
    const Gate gate;
    Waiter<MediaIndex> index;
    test.pool.index(gated(gate), IndexDepth::Whole, Urgency::Requested, index.done());
    test.waitFor([](const auto& s) { return s.inFlight == 1; });
    std::this_thread::sleep_for(std::chrono::milliseconds(200));  // longer than a probe may take
    gate.open();
    EXPECT_TRUE(index.wait());
    EXPECT_EQ(test.pool.status().timeouts, 0u);
}

namespace {

SegmentSpec ladderSpec(std::size_t rungs) {
    SegmentSpec spec;
    spec.tracks.assign(rungs, {0, VideoEncoding{"h264", 320, 180, {25, 1}, 1'000'000, false, {}}});
    spec.number = 0;
    spec.to = kTicksPerSecond;
    return spec;
}

core::Result<std::vector<std::string>> ladder(PoolUnderTest& test, const std::string& name, std::size_t rungs) {
    Waiter<std::vector<std::string>> waiter;
    test.pool.ladder(plain(name, "a"), ladderSpec(rungs), Urgency::Batch, waiter.done());
    return waiter.wait();
}

}  // namespace

TEST(SegmentJobs, OfALadderAreOneJob) {
    PoolUnderTest test(unruly(1));
    const auto made = ladder(test, "pid", 4);
    ASSERT_TRUE(made) << made.error().detail;
    EXPECT_EQ(made->size(), 4U);
    EXPECT_EQ(test.pool.status().answered, 1U);
    EXPECT_EQ(ladder(test, "crash", 7).error().code, ErrorCode::Invalid) << "too many never reach a worker";
    EXPECT_EQ(ladder(test, "crash", 0).error().code, ErrorCode::Invalid);
    EXPECT_EQ(test.pool.status().deaths, 0U);
    EXPECT_EQ(ladder(test, "crash", 2).error().code, ErrorCode::Unavailable);
}

TEST(SegmentJobs, OfALadderMayTakeAsLongAsItsRungs) {
    WorkerPoolOptions options = unruly(1);
    options.segmentTimeout = std::chrono::milliseconds(200);
    PoolUnderTest test(options);
    test.waitFor([](const auto& s) { return s.ready == 1; });
    const Gate gate;
    Waiter<std::vector<std::string>> waiter;
    const auto start = std::chrono::steady_clock::now();
    test.pool.ladder(gated(gate), ladderSpec(3), Urgency::Batch, waiter.done());  // nobody opens the gate
    const auto hung = waiter.wait();
    ASSERT_FALSE(hung);
    EXPECT_EQ(hung.error().code, ErrorCode::Timeout);
    EXPECT_GE(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(2 * 600)) << "tried twice";
}

TEST(SegmentJobs, OfALadderUnderWayEndWhenTheyAreCancelled) {
    PoolUnderTest test(unruly(1));
    test.waitFor([](const auto& s) { return s.ready == 1; });
    Waiter<std::vector<std::string>> waiter;
    const auto ticket = test.pool.ladder(plain("obedient"), ladderSpec(4), Urgency::Batch, waiter.done());
    test.waitFor([](const auto& s) { return s.inFlight == 1; });
    test.pool.cancel(ticket);
    const auto cancelled = waiter.wait();
    ASSERT_FALSE(cancelled);
    EXPECT_EQ(cancelled.error().code, ErrorCode::Cancelled);
    EXPECT_EQ(test.pool.status().deaths, 0U);
}

TEST(SegmentJobs, AreTriedAgainWhenTheirWorkerIsKilled) {
    PoolUnderTest test(unruly(1));
    test.waitFor([](const auto& s) { return s.ready == 1; });
    const Gate gate;
    Waiter<std::string> waiter;
    const pid_t victim = test.pool.status().processes.at(0);
    test.pool.segment(gated(gate, "a"), anySpec(), Urgency::Requested, waiter.done());
    test.waitFor([](const auto& s) { return s.inFlight == 1; });
    ::kill(victim, SIGKILL);
    test.waitFor([](const auto& s) { return s.deaths == 1 && s.ready == 1 && s.inFlight == 1; });
    gate.open();
    const auto made = waiter.wait();
    ASSERT_TRUE(made);
    EXPECT_NE(*made, std::to_string(victim));
    EXPECT_EQ(test.pool.status().warm, 0u) << "a new worker has nothing open";
}

TEST(SegmentJobs, ThatCrashTwiceAreReported) {
    PoolUnderTest test(unruly(2));
    const auto crashed = segment(test, plain("crash", "a"));
    ASSERT_FALSE(crashed);
    EXPECT_EQ(crashed.error().code, ErrorCode::Unavailable);
    EXPECT_EQ(test.pool.status().retries, 1u);
}

TEST(SegmentJobs, OutOfBoundsNeverReachAWorker) {
    PoolUnderTest test(unruly(1));
    Waiter<std::string> waiter;
    test.pool.segment(plain("crash"), SegmentSpec{}, Urgency::Requested, waiter.done());
    const auto refused = waiter.wait();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::Invalid);
    EXPECT_EQ(test.pool.status().answered, 0u);
}
