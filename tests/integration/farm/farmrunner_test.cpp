#include "server/farm/farmrunner.h"

#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <set>

#include "farmfixture.h"
#include "server/gateway/workpool.h"

namespace marea::server {
namespace {

using namespace std::chrono_literals;
using core::json::value;

// A handler whose jobs wait until the test ends them.
class Held {
public:
    struct Begun {
        Job job;
        std::shared_ptr<JobContext> context;
        FarmRunner::Done done;
    };
    FarmRunner::Handler handler() {
        return [this](const Job& job, std::shared_ptr<JobContext> context, FarmRunner::Done done) {
            const std::lock_guard lock(mutex_);
            begun_.push_back({job, std::move(context), std::move(done)});
            changed_.notify_all();
        };
    }
    bool waitFor(std::size_t count) {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, 120s, [&] { return begun_.size() >= count; });
    }
    Begun& operator[](std::size_t i) {
        const std::lock_guard lock(mutex_);
        return begun_.at(i);
    }
    std::size_t size() {
        const std::lock_guard lock(mutex_);
        return begun_.size();
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Begun> begun_;
};

class FarmRunnerTest : public FarmTest {
protected:
    // Nothing happens by the passing of time unless a test wants it.
    static FarmRunnerOptions quiet(int slots = 1) {
        FarmRunnerOptions options;
        options.slots = slots;
        options.lease = kLease;
        options.heartbeat = options.poll = 1h;
        return options;
    }
    static FarmRunnerOptions lively(int slots = 1) {
        FarmRunnerOptions options = quiet(slots);
        options.heartbeat = options.poll = 2ms;
        return options;
    }
    std::unique_ptr<FarmRunner> runner(FarmRunnerOptions options, FarmRunner::Handler handler) {
        auto made = std::make_unique<FarmRunner>(*queue, pool.executor(), core::makeNullLogger(), std::move(options));
        made->handle("count", std::move(handler));
        made->start();
        return made;
    }
    template <class Condition>
    static bool until(Condition condition) {
        for (int i = 0; i < 120'000; ++i) {
            if (condition()) {
                return true;
            }
            std::this_thread::sleep_for(1ms);
        }
        return false;
    }
    bool reaches(const core::Id& id, JobState state) {
        return until([&] { return jobOf(id).state == state; });
    }

    WorkPool pool{2, 1000};
    Held held;
};

TEST_F(FarmRunnerTest, WakesForAJobAndWritesDownItsResult) {
    auto farm = runner(quiet(), held.handler());
    const core::Id id = add("a");
    ASSERT_TRUE(held.waitFor(1));
    EXPECT_EQ(held[0].job.payload.at("about"), "a");
    EXPECT_EQ(jobOf(id).state, JobState::Leased);
    held[0].done(value(7));
    ASSERT_TRUE(reaches(id, JobState::Done));
    EXPECT_EQ(jobOf(id).result, 7);
    held[0].done(value(8));  // once is enough
    const core::Id next = add("b");
    ASSERT_TRUE(held.waitFor(2));
    held[1].done(value(9));
    ASSERT_TRUE(reaches(next, JobState::Done));
    EXPECT_EQ(jobOf(id).result, 7);
    EXPECT_TRUE(until([&] { return farm->status().done == 2 && farm->status().running == 0; }));
}

TEST_F(FarmRunnerTest, BeginsWhatWaitedBeforeItStarted) {
    const core::Id id = add("a");
    auto farm = runner(quiet(), held.handler());
    ASSERT_TRUE(held.waitFor(1));
    held[0].done(value(1));
    EXPECT_TRUE(reaches(id, JobState::Done));
}

TEST_F(FarmRunnerTest, LiveWorkNeverWaitsForBatchWork) {
    auto farm = runner(quiet(), held.handler());
    add("batch 1");
    ASSERT_TRUE(held.waitFor(1));
    add("batch 2");
    add("live", JobPriority::Live);
    ASSERT_TRUE(held.waitFor(2));
    EXPECT_EQ(held[1].job.key, "live");
    held[0].done(value(1));  // the live one still runs: no batch beside it
    EXPECT_TRUE(until([&] { return farm->status().running == 1; }));
    EXPECT_EQ(held.size(), 2U);
    held[1].done(value(1));
    ASSERT_TRUE(held.waitFor(3));
    EXPECT_EQ(held[2].job.key, "batch 2");
    held[2].done(value(1));
}

TEST_F(FarmRunnerTest, ARunningJobHearsThatItIsCalledOff) {
    auto farm = runner(quiet(), held.handler());
    const core::Id id = add("a");
    ASSERT_TRUE(held.waitFor(1));
    std::atomic<int> told = 0;
    held[0].context->onCancel([&] { ++told; });
    EXPECT_FALSE(held[0].context->cancelled());
    ASSERT_TRUE(queue->cancel(id));
    ASSERT_TRUE(until([&] { return told == 1; }));
    EXPECT_TRUE(held[0].context->cancelled());
    held[0].context->onCancel([&] { ++told; });  // late, and told at once
    EXPECT_EQ(told, 2);
    held[0].done(value(1));
    const core::Id next = add("b");  // its place is free again
    ASSERT_TRUE(held.waitFor(2));
    EXPECT_EQ(jobOf(id).state, JobState::Cancelled);
    EXPECT_EQ(farm->status().done, 0U);
    held[1].done(value(1));
    EXPECT_TRUE(reaches(next, JobState::Done));
}

TEST_F(FarmRunnerTest, StoppingGivesJobsBackAtOnce) {
    auto farm = runner(quiet(2), held.handler());
    const core::Id a = add("a"), b = add("b");
    ASSERT_TRUE(held.waitFor(2));
    const std::size_t first = held[0].job.id == a ? 0 : 1;
    std::atomic<bool> told = false;
    held[first].context->onCancel([&] { told = true; });
    held[1 - first].done(value(1));
    farm->stop();
    EXPECT_TRUE(told);
    EXPECT_EQ(jobOf(a).state, JobState::Queued);
    EXPECT_EQ(jobOf(a).attempts, 0);
    EXPECT_EQ(jobOf(b).state, JobState::Done);  // what had ended is not lost
    held[first].done(value(1));                 // too late to count
    EXPECT_EQ(jobOf(a).state, JobState::Queued);
    open();
    Held after;
    auto again = runner(quiet(), after.handler());
    ASSERT_TRUE(after.waitFor(1));
    EXPECT_EQ(after[0].job.id, a);
    after[0].done(value(1));
    EXPECT_TRUE(reaches(a, JobState::Done));
}

TEST_F(FarmRunnerTest, SignsOfLifeKeepTheLeaseAndTellTheProgress) {
    auto farm = runner(lively(), held.handler());
    const core::Id id = add("a");
    ASSERT_TRUE(held.waitFor(1));
    for (int i = 1; i <= 4; ++i) {
        const core::TimeMs now = clock->time += kLease / 2;
        held[0].context->progress(i * 0.2);
        ASSERT_TRUE(until([&] { return jobOf(id).leaseUntil >= now + kLease && jobOf(id).progress == i * 0.2; }));
    }
    EXPECT_EQ(take("two").id, "");
    held[0].done(value(1));
    EXPECT_TRUE(reaches(id, JobState::Done));
    EXPECT_EQ(jobOf(id).attempts, 1);
}

TEST_F(FarmRunnerTest, TakesOverFromAnOwnerThatDied) {
    const core::Id id = add("a");
    ASSERT_EQ(take("dead").id, id);
    auto farm = runner(lively(), held.handler());
    clock->time += kLease;
    ASSERT_TRUE(held.waitFor(1));
    EXPECT_EQ(held[0].job.attempts, 2);
    held[0].done(value(1));
    EXPECT_TRUE(reaches(id, JobState::Done));
    EXPECT_EQ(held.size(), 1U);
}

TEST_F(FarmRunnerTest, WhoLostAJobIsToldAndDoesNotFinishIt) {
    auto farm = runner(quiet(), held.handler());
    const core::Id id = add("a");
    ASSERT_TRUE(held.waitFor(1));
    clock->time += kLease;
    const Job taken = take("two");  // as if this runner had slept
    ASSERT_EQ(taken.id, id);
    add("b");  // has it look
    ASSERT_TRUE(until([&] { return held[0].context->cancelled(); }));
    held[0].done(value(1));
    ASSERT_TRUE(held.waitFor(2));
    EXPECT_EQ(jobOf(id).state, JobState::Leased);
    EXPECT_TRUE(queue->finish(taken.lease(), value(2)).value());
    held[1].done(value(1));
}

TEST_F(FarmRunnerTest, AFailureIsTriedAgainAfterItsRest) {
    auto farm = runner(lively(), held.handler());
    const core::Id id = add("a");
    ASSERT_TRUE(held.waitFor(1));
    held[0].done(core::fail(core::ErrorCode::Timeout, "It took too long."));
    ASSERT_TRUE(reaches(id, JobState::Queued));
    EXPECT_EQ(held.size(), 1U);
    clock->time += backoff(1);
    ASSERT_TRUE(held.waitFor(2));
    held[1].done(core::fail(core::ErrorCode::Corrupt, "It is damaged."));
    ASSERT_TRUE(reaches(id, JobState::Failed));
    EXPECT_EQ(jobOf(id).error, "It is damaged.");
    EXPECT_TRUE(until([&] { return farm->status().failedTries == 2 && farm->status().counts.failed == 1; }));
}

TEST_F(FarmRunnerTest, ThrowingOrForgettingIsAFailure) {
    auto farm = runner(quiet(), [](const Job& job, std::shared_ptr<JobContext>, FarmRunner::Done) {
        if (job.key == "throws") {
            throw std::runtime_error("no");
        }
    });
    for (const char* key : {"throws", "forgets"}) {
        NewJob job = newJob(key);
        job.maxAttempts = 1;
        EXPECT_TRUE(reaches(add(job), JobState::Failed)) << key;
    }
}

TEST_F(FarmRunnerTest, TwoRunnersShareTheJobsWithoutDoubleWork) {
    constexpr int kJobs = 120;
    std::mutex mutex;
    std::map<std::string, int> times;
    const auto count = [&](const Job& job, std::shared_ptr<JobContext>, FarmRunner::Done done) {
        {
            const std::lock_guard lock(mutex);
            ++times[job.key];
        }
        done(value(1));
    };
    JobQueue other(*database, clock);
    FarmRunner second(other, pool.executor(), core::makeNullLogger(), lively(2));
    second.handle("count", count);
    second.start();
    auto first = runner(lively(2), count);
    std::vector<NewJob> jobs;
    for (int i = 0; i < kJobs; ++i) {
        jobs.push_back(newJob(std::to_string(i)));
    }
    ASSERT_EQ(queue->addNew(jobs).value(), kJobs);
    ASSERT_TRUE(until([&] { return queue->counts()->done == kJobs; }));
    first->stop();
    second.stop();
    EXPECT_EQ(first->status().done + second.status().done, static_cast<std::uint64_t>(kJobs));
    const std::lock_guard lock(mutex);
    EXPECT_EQ(times.size(), static_cast<std::size_t>(kJobs));
    for (const auto& [key, ran] : times) {
        EXPECT_EQ(ran, 1) << key;
    }
}

}  // namespace
}  // namespace marea::server
