#include <fcntl.h>

#include <mutex>

#include "farmfixture.h"
#include "server/farm/rungjobs.h"
#include "server/gateway/workpool.h"

namespace marea::server {
namespace {

using namespace std::chrono_literals;
using core::ErrorCode;

core::MediaInfo filmInfo(int width, int height, double duration) {
    core::StreamInfo video;
    video.kind = core::StreamKind::Video;
    video.codec = "mpeg2video";
    video.width = width;
    video.height = height;
    video.frameRate = 25;
    core::MediaInfo info;
    info.container = "mpegts";
    info.duration = duration;
    info.bitrate = 30'000'000;
    info.streams = {video};
    return info;
}

class Pictures final : public LibraryPictures {
public:
    struct Kept {
        std::vector<core::RungMeasure> rungs;
        std::string problem;
    };

    core::Result<std::vector<core::PictureFile>> unmeasured(std::int64_t after, std::int64_t limit) override {
        const std::lock_guard lock(mutex);
        std::vector<core::PictureFile> page;
        for (const core::PictureFile& file : all) {
            if (file.num > after && !kept.contains(file.content) && static_cast<std::int64_t>(page.size()) < limit) {
                page.push_back(file);
            }
        }
        return page;
    }
    core::Result<SegmentSource> open(const std::string& content) override {
        return gone ? core::Result<SegmentSource>(core::fail(ErrorCode::NotFound, "There is no such file."))
                    : SegmentSource{core::FileHandle(::open("/dev/null", O_RDONLY | O_CLOEXEC)), content, "\"1\""};
    }
    core::Result<core::MediaInfo> info(const std::string& content) override {
        for (const core::PictureFile& file : all) {
            if (file.content == content) {
                return file.info;
            }
        }
        return core::fail(ErrorCode::NotFound, "There is no such file.");
    }
    core::Result<void> keep(const std::string& content, const std::vector<core::RungMeasure>& rungs,
                            const std::string& problem) override {
        const std::lock_guard lock(mutex);
        kept[content] = {rungs, problem};
        return {};
    }
    core::Result<void> sweep() override { return ++swept, core::Result<void>(); }
    void add(const std::string& name, core::MediaInfo info = filmInfo(1280, 720, 120)) {
        all.push_back({static_cast<std::int64_t>(all.size() + 1), name + ".ts", "c0ffee" + name, std::move(info)});
    }

    std::mutex mutex;
    std::vector<core::PictureFile> all;
    std::map<std::string, Kept> kept;
    bool gone = false;
    int swept = 0;
};

// Answers at once that all look alike, or with an error; or holds its answers back.
class Measurer final : public QualityMeasurer {
public:
    Ticket qualities(SegmentSource, SegmentSpec spec, SegmentMaker::Urgency urgency, Done done) override {
        EXPECT_EQ(urgency, SegmentMaker::Urgency::Batch);
        core::Result<std::vector<double>> answer = std::vector<double>(spec.tracks.size(), 0.97);
        {
            const std::lock_guard lock(mutex);
            asked.push_back(std::move(spec));
            if (hold) {
                held = std::move(done);
                return asked.size();
            }
            if (error) {
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
    std::vector<SegmentSpec> asked;
    bool hold = false;
    std::optional<core::Error> error;
    Done held;
};

class RungsTest : public FarmTest {
protected:
    void SetUp() override {
        FarmTest::SetUp();
        jobs = std::make_unique<RungJobs>(*queue, pictures, measurer, core::makeNullLogger());
    }
    std::unique_ptr<FarmRunner> run() {
        FarmRunnerOptions options;
        options.heartbeat = options.poll = 2ms;
        auto farm = std::make_unique<FarmRunner>(*queue, pool.executor(), core::makeNullLogger(), options);
        farm->handle(RungJobs::kKind, jobs->handler());
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
    Pictures pictures;
    Measurer measurer;
    std::unique_ptr<RungJobs> jobs;
};

TEST_F(RungsTest, EveryFilmIsMeasuredOnceInSamples) {
    pictures.add("tide");
    pictures.add("small", filmInfo(320, 240, 120));
    pictures.add("brief", filmInfo(1920, 1080, 5));
    EXPECT_EQ(jobs->queueMissing().value(), 1);
    EXPECT_EQ(jobs->queueMissing().value(), 0);
    EXPECT_EQ(pictures.swept, 1);
    const auto farm = run();
    ASSERT_TRUE(settled());
    ASSERT_EQ(measurer.count(), 6U);
    for (std::size_t i = 0; i < 6; ++i) {
        EXPECT_EQ(measurer.asked[i].from, static_cast<Ticks>(10 + 20 * i) * kTicksPerSecond);
        EXPECT_EQ(measurer.asked[i].tracks.size(), 8U);
    }
    const auto& kept = pictures.kept.at("c0ffeetide");
    ASSERT_EQ(kept.rungs.size(), 2U);
    for (const auto& [at, height, bitrate] : {std::tuple(0U, 720, 310'000), std::tuple(1U, 480, 150'000)}) {
        EXPECT_EQ(kept.rungs[at].height, height);
        EXPECT_EQ(kept.rungs[at].bitrate, bitrate);
        EXPECT_DOUBLE_EQ(kept.rungs[at].quality, 0.97) << "the mean of six";
    }
}

TEST_F(RungsTest, WhatTheFileIsToBlameForIsKeptInWords) {
    pictures.add("tide");
    measurer.error = core::Error{ErrorCode::Unprocessable, "vvc", "This video format cannot be decoded here"};
    jobs->queueMissing();
    const auto farm = run();
    ASSERT_TRUE(settled());
    EXPECT_EQ(queue->counts()->done, 1);
    EXPECT_EQ(pictures.kept.at("c0ffeetide").problem, "This video format cannot be decoded here");
    EXPECT_TRUE(pictures.kept.at("c0ffeetide").rungs.empty());
}

TEST_F(RungsTest, WhatMayGoBetterIsTriedAgain) {
    pictures.add("tide");
    measurer.error = core::Error{ErrorCode::Unavailable, "died", "The media worker gave up"};
    jobs->queueMissing();
    const auto farm = run();
    ASSERT_TRUE(until([&] { return queue->counts()->queued == 1 && measurer.count() == 1; }));
    EXPECT_TRUE(pictures.kept.empty());
    measurer.error.reset();
    clock->time += kDay;
    ASSERT_TRUE(settled());
    EXPECT_TRUE(pictures.kept.contains("c0ffeetide"));
}

TEST_F(RungsTest, IsCalledOffBetweenTwoSamples) {
    pictures.add("tide");
    measurer.hold = true;
    jobs->queueMissing();
    auto farm = run();
    ASSERT_TRUE(until([&] { return measurer.count() == 1; }));
    farm->stop();
    EXPECT_TRUE(pictures.kept.empty());
    EXPECT_EQ(queue->counts()->queued, 1);  // given back
}

}  // namespace
}  // namespace marea::server
