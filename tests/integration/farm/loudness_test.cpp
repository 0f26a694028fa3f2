#include "server/farm/loudnessjobs.h"

#include <fcntl.h>

#include <mutex>

#include "farmfixture.h"
#include "server/gateway/workpool.h"

namespace marea::server {
namespace {

using namespace std::chrono_literals;
using core::ErrorCode;

class Sounds final : public LibrarySounds {
public:
    core::Result<std::vector<core::SoundFile>> unmeasured(std::int64_t after, std::int64_t limit) override {
        const std::lock_guard lock(mutex);
        std::vector<core::SoundFile> page;
        for (const core::SoundFile& file : all) {
            if (file.num > after && !kept.contains(file.content) && static_cast<std::int64_t>(page.size()) < limit) {
                page.push_back(file);
            }
        }
        return page;
    }
    core::Result<SegmentSource> open(const std::string& content) override {
        for (const core::SoundFile& one : all) {
            if (one.content == content && !gone) {
                return SegmentSource{core::FileHandle(::open("/dev/null", O_RDONLY | O_CLOEXEC)), one.name, "\"1\""};
            }
        }
        return core::fail(ErrorCode::NotFound, "There is no such file.");
    }
    core::Result<void> keep(const std::string& content, const std::vector<core::SoundMeasure>& measures) override {
        const std::lock_guard lock(mutex);
        kept[content] = measures;
        return {};
    }
    core::Result<void> refresh() override { return ++refreshed, core::Result<void>(); }
    core::Result<void> sweep() override { return ++swept, core::Result<void>(); }
    void add(const std::string& name, std::vector<int> streams = {0}, double duration = 200) {
        all.push_back(
            {static_cast<std::int64_t>(all.size() + 1), name + ".flac", "c0ffee" + name, std::move(streams), duration});
    }

    std::mutex mutex;
    std::vector<core::SoundFile> all;
    std::map<std::string, std::vector<core::SoundMeasure>> kept;
    bool gone = false;
    int refreshed = 0, swept = 0;
};

// Answers at once: `steps` steps of -20 LUFS in each stream, or an error; or holds its answers back.
class Measurer final : public SoundMeasurer {
public:
    Ticket loudness(SegmentSource, core::LoudnessWish wish, SegmentMaker::Urgency urgency, Done done) override {
        EXPECT_EQ(urgency, SegmentMaker::Urgency::Batch);
        core::Result<core::LoudnessPart> answer = core::LoudnessPart();
        {
            const std::lock_guard lock(mutex);
            asked.push_back(wish);
            if (hold) {
                held = std::move(done);
                return asked.size();
            }
            const auto left = std::clamp<std::int64_t>(steps - wish.from, 0, wish.count);
            answer->energies.assign(static_cast<std::size_t>(left), core::energyOf(-20));
            answer->isLast = wish.from + wish.count >= steps;
            answer->peak = 0.25;
            if (error && wish.stream == errorStream) {
                answer = core::unexpected<core::Error>(*error);
            }
        }
        done(std::move(answer));
        return 1;
    }
    void cancel(Ticket) override {
        Done done;
        {
            const std::lock_guard lock(mutex);
            done.swap(held);
        }
        if (done) {
            done(core::fail(ErrorCode::Cancelled, "Called off."));
        }
    }
    std::size_t count() {
        const std::lock_guard lock(mutex);
        return asked.size();
    }

    std::mutex mutex;
    std::vector<core::LoudnessWish> asked;
    std::int64_t steps = 2000;
    bool hold = false;
    std::optional<core::Error> error;
    int errorStream = 0;
    Done held;
};

class LoudnessTest : public FarmTest {
protected:
    void SetUp() override {
        FarmTest::SetUp();
        jobs = std::make_unique<LoudnessJobs>(*queue, sounds, measurer, core::makeNullLogger());
    }
    std::unique_ptr<FarmRunner> run() {
        FarmRunnerOptions options;
        options.heartbeat = options.poll = 2ms;
        auto farm = std::make_unique<FarmRunner>(*queue, pool.executor(), core::makeNullLogger(), options);
        farm->handle(LoudnessJobs::kKind, jobs->handler());
        farm->start();
        return farm;
    }
    template <class Condition>
    static bool until(Condition condition) {
        for (int i = 0; i < 120'000 && !condition(); ++i) {
            std::this_thread::sleep_for(1ms);
        }
        return condition();
    }
    bool settled() {
        return until([&] { return queue->counts()->queued + queue->counts()->leased == 0; });
    }

    WorkPool pool{2, 100};
    Sounds sounds;
    Measurer measurer;
    std::unique_ptr<LoudnessJobs> jobs;
};

TEST_F(LoudnessTest, EveryFileIsMeasuredOnce) {
    sounds.add("tide");
    sounds.add("ebb");
    sounds.add("silent", {});
    EXPECT_EQ(jobs->queueMissing().value(), 2);
    EXPECT_EQ(jobs->queueMissing().value(), 0);
    EXPECT_EQ(sounds.refreshed, 2);
    EXPECT_EQ(sounds.swept, 1);
    const auto farm = run();
    ASSERT_TRUE(settled());
    EXPECT_EQ(queue->counts()->done, 2);
    EXPECT_EQ(measurer.count(), 2U);
    const auto& measures = sounds.kept.at("c0ffeetide");
    ASSERT_EQ(measures.size(), 1U);
    EXPECT_NEAR(measures[0].result.loudness.value_or(0), -20, 1e-6);
    EXPECT_EQ(measures[0].result.peak, 0.25);
    EXPECT_TRUE(measures[0].problem.empty());
}

TEST_F(LoudnessTest, LongSoundsAreMeasuredInPartsAndEachStreamForItself) {
    sounds.add("film", {2, 1, 5}, 2 * 3600);
    measurer.steps = 13'500;
    jobs->queueMissing();
    const auto farm = run();
    ASSERT_TRUE(settled());
    ASSERT_EQ(measurer.count(), 9U);
    for (std::size_t i = 0; i < 9; ++i) {
        const int streams[] = {2, 1, 5};
        EXPECT_EQ(measurer.asked[i].stream, streams[i / 3]);
        EXPECT_EQ(measurer.asked[i].from, static_cast<std::int64_t>(i % 3) * 6000);
        EXPECT_EQ(measurer.asked[i].fingerprint, i == 0);
    }
    const auto& measures = sounds.kept.at("c0ffeefilm");
    ASSERT_EQ(measures.size(), 3U);
    EXPECT_EQ(measures[0].stream, 2);
    EXPECT_EQ(measures[2].result.seconds, 1350);
}

TEST_F(LoudnessTest, WhatTheFileIsToBlameForIsKeptInWords) {
    sounds.add("tide", {0, 1});
    measurer.error = core::Error{ErrorCode::Unprocessable, "ac4", "This audio format cannot be decoded here"};
    jobs->queueMissing();
    const auto farm = run();
    ASSERT_TRUE(settled());
    EXPECT_EQ(queue->counts()->done, 1);
    const auto& measures = sounds.kept.at("c0ffeetide");
    ASSERT_EQ(measures.size(), 2U);
    EXPECT_EQ(measures[0].problem, "This audio format cannot be decoded here");
    EXPECT_FALSE(measures[0].result.loudness);
    EXPECT_TRUE(measures[1].result.loudness);
}

TEST_F(LoudnessTest, WhatMayGoBetterIsTriedAgain) {
    sounds.add("tide");
    measurer.error = core::Error{ErrorCode::Unavailable, "died", "The media worker gave up"};
    jobs->queueMissing();
    const auto farm = run();
    ASSERT_TRUE(until([&] { return queue->counts()->queued == 1 && measurer.count() == 1; }));
    EXPECT_TRUE(sounds.kept.empty());
    measurer.error.reset();
    clock->time += kDay;
    ASSERT_TRUE(settled());
    EXPECT_TRUE(sounds.kept.contains("c0ffeetide"));
}

TEST_F(LoudnessTest, AFileThatIsGoneIsNotMeasured) {
    sounds.add("tide");
    jobs->queueMissing();
    sounds.gone = true;
    const auto farm = run();
    ASSERT_TRUE(settled());
    EXPECT_EQ(queue->counts()->failed, 1);
    EXPECT_EQ(measurer.count(), 0U);
    EXPECT_TRUE(sounds.kept.empty());
}

TEST_F(LoudnessTest, IsCalledOffBetweenTwoParts) {
    sounds.add("film", {0}, 7200);
    measurer.hold = true;
    jobs->queueMissing();
    auto farm = run();
    ASSERT_TRUE(until([&] { return measurer.count() == 1; }));
    farm->stop();
    EXPECT_TRUE(sounds.kept.empty());
    EXPECT_EQ(queue->counts()->queued, 1);  // given back
}

}  // namespace
}  // namespace marea::server
