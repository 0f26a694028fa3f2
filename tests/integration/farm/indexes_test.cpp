#include <fcntl.h>

#include <atomic>
#include <mutex>

#include "farmfixture.h"
#include "server/farm/indexjobs.h"
#include "server/farm/jobwork.h"
#include "server/gateway/workpool.h"

namespace marea::server {
namespace {

using namespace std::chrono_literals;

class LongFilms final : public IndexedFilms {
public:
    core::Result<std::vector<IndexedFilm>> films(std::int64_t after, std::int64_t limit) override {
        std::vector<IndexedFilm> page;
        for (const IndexedFilm& film : all) {
            if (film.num > after && static_cast<std::int64_t>(page.size()) < limit) {
                page.push_back(film);
            }
        }
        return page;
    }
    core::Result<SegmentSource> open(const core::Id& file) override {
        for (const IndexedFilm& film : all) {
            if (film.file == file) {
                return SegmentSource{core::FileHandle(::open("/dev/null", O_RDONLY | O_CLOEXEC)), film.name,
                                     film.fingerprint};
            }
        }
        return core::fail(core::ErrorCode::NotFound, "There is no such film.");
    }
    void add(const std::string& name, bool takesLong = true) {
        all.push_back(
            {static_cast<std::int64_t>(all.size() + 1), "file-" + name, name + ".ts", "\"1-" + name + "\"", takesLong});
    }
    std::vector<IndexedFilm> all;
};

// Answers at once with an index of one keyframe, or holds its answers back.
class IndexMaker final : public SegmentMaker {
public:
    Ticket index(SegmentSource, IndexDepth depth, Urgency urgency, Done<MediaIndex> done) override {
        EXPECT_EQ(depth, IndexDepth::Whole);
        EXPECT_EQ(urgency, Urgency::Batch);
        MediaIndex made;
        made.tracks.resize(1);
        made.tracks[0].keyframes.push_back({0, 1000});
        const auto ticket = static_cast<Ticket>(++asked);
        if (holds) {
            const std::lock_guard lock(mutex_);
            held_ = std::move(done);
        } else {
            done(std::move(made));
        }
        return ticket;
    }
    Ticket segment(SegmentSource, SegmentSpec, Urgency, Done<std::string>) override { return 0; }
    Ticket ladder(SegmentSource, SegmentSpec, Urgency, Done<std::vector<std::string>>) override { return 0; }
    Ticket subtitles(SegmentSource, SubtitleWish, Urgency, Done<std::string>) override { return 0; }
    Ticket sprites(SegmentSource, SpriteWish, Urgency, Done<core::Image>) override { return 0; }
    void withdraw(Ticket) override {}
    void cancel(Ticket) override {
        Done<MediaIndex> done;
        {
            const std::lock_guard lock(mutex_);
            done.swap(held_);
        }
        if (done) {
            done(core::fail(core::ErrorCode::Cancelled, "Called off."));
        }
    }

    std::atomic<int> asked = 0;
    std::atomic<bool> holds = false;

private:
    std::mutex mutex_;
    Done<MediaIndex> held_;
};

class IndexJobsTest : public FarmTest {
protected:
    void SetUp() override {
        FarmTest::SetUp();
        StreamOptions options;
        options.folder = folder + "/cache";
        options.build = "test";
        streams = std::make_unique<StreamService>(std::move(options), maker, core::makeNullLogger());
        jobs = makeJobs();
    }
    std::unique_ptr<IndexJobs> makeJobs() {
        return std::make_unique<IndexJobs>(*queue, films, *streams, maker, core::makeNullLogger());
    }
    std::unique_ptr<FarmRunner> run() {
        FarmRunnerOptions options;
        options.heartbeat = options.poll = 2ms;
        auto farm = std::make_unique<FarmRunner>(*queue, pool.executor(), core::makeNullLogger(), options);
        farm->handle(IndexJobs::kKind, jobs->handler());
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
    LongFilms films;
    IndexMaker maker;
    std::unique_ptr<StreamService> streams;
    std::unique_ptr<IndexJobs> jobs;
};

TEST_F(IndexJobsTest, LongFilmsAreReadThroughOnce) {
    films.add("tide");
    films.add("short", false);
    EXPECT_EQ(jobs->queueMissing().value(), 1);
    EXPECT_EQ(jobs->queueMissing().value(), 0);
    auto farm = run();
    ASSERT_TRUE(settled());
    EXPECT_EQ(queue->counts()->done, 1);
    EXPECT_EQ(maker.asked, 1);
    EXPECT_TRUE(streams->hasIndex("\"1-tide\""));
    EXPECT_FALSE(streams->hasIndex("\"1-short\""));
    farm.reset();
    jobs = makeJobs();  // as after a restart
    EXPECT_EQ(jobs->queueMissing().value(), 0);
    films.all.front().fingerprint = "\"2-tide\"";  // replaced
    EXPECT_EQ(jobs->queueMissing().value(), 1);
}

TEST_F(IndexJobsTest, WhatSomebodyWatchedMeanwhileIsNotReadAgain) {
    films.add("tide");
    EXPECT_EQ(jobs->queueMissing().value(), 1);
    streams->keepIndex("\"1-tide\"", MediaIndex());
    auto farm = run();
    ASSERT_TRUE(settled());
    EXPECT_EQ(queue->counts()->done, 1);
    EXPECT_EQ(maker.asked, 0);
}

TEST_F(IndexJobsTest, CallingTheJobOffCallsTheReadingOff) {
    films.add("tide");
    maker.holds = true;
    EXPECT_EQ(jobs->queueMissing().value(), 1);
    auto farm = run();
    ASSERT_TRUE(until([&] { return maker.asked == 1; }));
    const core::Id id = queue->list({}, "", 1)->front().id;
    ASSERT_TRUE(queue->cancel(id));
    ASSERT_TRUE(until([&] { return farm->status().running == 0; }));
    EXPECT_EQ(jobOf(id).state, JobState::Cancelled);
    EXPECT_FALSE(streams->hasIndex("\"1-tide\""));
}

TEST_F(IndexJobsTest, AJobThatWasCalledOffBeforeItReadIsNotReadThrough) {
    films.add("tide");
    maker.holds = true;
    Job job;
    job.key = "\"1-tide\"";
    job.payload = {{"file", "file-tide"}};
    const auto work = std::make_shared<JobWork>();
    work->cancel();
    std::vector<core::ErrorCode> failed;
    jobs->handler()(job, work, [&](const core::Result<core::json::value>& outcome) {
        failed.push_back(outcome ? core::ErrorCode::Internal : outcome.error().code);
    });
    EXPECT_EQ(failed, std::vector{core::ErrorCode::Cancelled});
}

TEST_F(IndexJobsTest, AFileThatChangedSinceIsLeftToItsNewJob) {
    films.add("tide");
    EXPECT_EQ(jobs->queueMissing().value(), 1);
    films.all.front().fingerprint = "\"2-tide\"";
    auto farm = run();
    ASSERT_TRUE(settled());
    EXPECT_EQ(queue->counts()->failed, 1);
    EXPECT_FALSE(streams->hasIndex("\"1-tide\"") || streams->hasIndex("\"2-tide\""));
}

}  // namespace
}  // namespace marea::server
