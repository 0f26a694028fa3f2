#include "server/packaging/rungplan.h"

#include <gmock/gmock.h>

#include "server/packaging/deliveryplan.h"
#include "server/packaging/rendition.h"
#include "server/video/capabilities.h"
#include "tests/unit/packaging/samples.h"

namespace marea::server {
namespace {

using core::MediaInfo;
using core::RungMeasure;
using testing::ElementsAre;
using testing::IsEmpty;

MediaInfo measuredFilm(int width = 1920, int height = 1080) {
    return fileOf({pictureStream("mpeg2video", width, height, 25), soundStream("aac", 2)}, 40'000'000);
}

std::vector<std::int64_t> bitratesOf(const RungPlan& plan) {
    std::vector<std::int64_t> list;
    for (const TrackSpec& track : plan.tracks) {
        list.push_back(std::get<VideoEncoding>(track.encoding).bitrate / 1000);
    }
    return list;
}

TEST(RungPlans, TryEachSizeWithPartsOfItsBitrate) {
    const RungPlan plan = rungPlan(measuredFilm());
    EXPECT_THAT(plan.heights, ElementsAre(1080, 1080, 1080, 1080, 720, 720, 720, 720, 480, 480, 480, 480));
    EXPECT_THAT(bitratesOf(plan), ElementsAre(8000, 4000, 1600, 500, 5000, 2500, 1000, 310, 2500, 1250, 500, 150));
    ASSERT_EQ(plan.samples.size(), 6U);
    EXPECT_EQ(plan.samples.front(), (Cut{8 * kTicksPerSecond, 9 * kTicksPerSecond}));
    EXPECT_EQ(plan.samples.back(), (Cut{91 * kTicksPerSecond, 92 * kTicksPerSecond}));
}

TEST(RungPlans, AreEmptyWhereThereIsNothingToGain) {
    EXPECT_TRUE(rungPlan(measuredFilm(640, 360)).empty()) << "the least size";
    EXPECT_TRUE(rungPlan(fileOf({soundStream("aac", 2)})).empty());
    MediaInfo brief = measuredFilm();
    brief.duration = 12;
    EXPECT_TRUE(rungPlan(brief).empty());
    MediaInfo locked = measuredFilm();
    locked.encrypted = true;
    EXPECT_TRUE(rungPlan(locked).empty());
    EXPECT_THAT(rungPlan(measuredFilm(854, 480)).heights, ElementsAre(480, 480, 480, 480));
}

TEST(RungPlans, MapHdr) {
    MediaInfo file = measuredFilm(3840, 2160);
    file.streams[0].hdr = core::HdrKind::Hdr10;
    const RungPlan plan = rungPlan(file);
    EXPECT_EQ(plan.tracks.size(), 16U);
    EXPECT_TRUE(std::get<VideoEncoding>(plan.tracks.front().encoding).toneMap);
}

// What is enough in every sample, and how that looks on average.
TEST(RungMeasures, AreTheLeastBitrateThatNoSampleSuffersFrom) {
    const RungPlan plan = rungPlan(measuredFilm());
    const std::vector<double> easy{.99, .99, .99, .99, .98, .98, .98, .97, .95, .95, .95, .95};
    const std::vector<double> hard{.97, .969, .95, .90, .93, .93, .92, .85, .90, .88, .80, .70};
    const auto measures = rungMeasures(plan, {easy, hard});
    ASSERT_EQ(measures.size(), 3U);
    EXPECT_EQ(measures[0].bitrate, 4'000'000);
    EXPECT_NEAR(measures[0].quality, (.99 + .969) / 2, 1e-9);
    EXPECT_EQ(measures[1].bitrate, 2'500'000);
    EXPECT_EQ(measures[2].bitrate, 0) << "all that there are";
    EXPECT_THAT(rungMeasures(plan, {}), IsEmpty());
    EXPECT_THAT(rungMeasures(plan, {{.99}}), IsEmpty());
}

std::vector<int> heightsOf(const std::vector<Rung>& rungs) {
    std::vector<int> list;
    for (const Rung& rung : rungs) {
        list.push_back(rung.height);
    }
    return list;
}

TEST(RungsOfUse, AreThoseThatLookBetter) {
    const std::vector<Rung> usual{{1080, 8'000'000}, {720, 5'000'000}, {480, 2'500'000}};
    EXPECT_THAT(heightsOf(rungsOfUse(usual, {})), ElementsAre(1080, 720, 480));
    EXPECT_THAT(heightsOf(rungsOfUse(usual, {{1080, 0, .98}, {720, 0, .93}, {480, 0, .85}})),
                ElementsAre(1080, 720, 480));
    EXPECT_THAT(heightsOf(rungsOfUse(usual, {{1080, 0, .982}, {720, 0, .980}, {480, 0, .90}})), ElementsAre(720, 480));
    EXPECT_THAT(heightsOf(rungsOfUse(usual, {{1080, 0, .982}, {720, 0, .980}, {480, 0, .979}})), ElementsAre(480));
    EXPECT_THAT(heightsOf(rungsOfUse({{720, 5'000'000}, {480, 2'500'000}}, {{1080, 0, .99}, {720, 0, .93}})),
                ElementsAre(720, 480));
}

TEST(EnoughBits, AreNeverMoreThanWanted) {
    const std::vector<RungMeasure> measures{{1080, 2'000'000, .98}, {720, 0, .95}};
    EXPECT_EQ(enoughBits(8'000'000, 1080, measures), 2'000'000);
    EXPECT_EQ(enoughBits(1'000'000, 1080, measures), 1'000'000);
    EXPECT_EQ(enoughBits(5'000'000, 720, measures), 5'000'000);
    EXPECT_EQ(enoughBits(2'500'000, 480, measures), 2'500'000) << "as the next larger one";
    EXPECT_EQ(enoughBits(15'000'000, 2160, measures), 15'000'000);
    EXPECT_EQ(enoughBits(7'000'000, 900, measures), 2'000'000);
}

std::string rungsOf(const MediaInfo& file, std::vector<RungMeasure> measures, std::int64_t limit = 0) {
    core::Capabilities client = *capabilityPreset("chromium");
    client.maxBitrate = limit;
    StreamChoice choice;
    choice.rungs = std::move(measures);
    return planText(planDelivery(file, indexOf(file), client, decide(file, client, choice), choice).plan, file);
}

TEST(MeasuredLadders, AreNamedByTheirBitrates) {
    EXPECT_EQ(rungsOf(measuredFilm(), {}), "v0-h264-1080.v0-h264-720.v0-h264-480.a1-copy");
    EXPECT_EQ(rungsOf(measuredFilm(), {{1080, 4'000'000, .98}, {720, 1'250'000, .95}, {480, 0, .9}}),
              "v0-h264-1080-b4000.v0-h264-720-b1250.a1-copy")
        << "a smaller picture that takes as many bits is of no use";
    EXPECT_EQ(rungsOf(measuredFilm(), {{1080, 0, .98}, {720, 0, .95}, {480, 0, .9}}),
              "v0-h264-1080.v0-h264-720.v0-h264-480.a1-copy");
    EXPECT_EQ(rungsOf(measuredFilm(), {{1080, 2'000'000, .99}, {720, 1'250'000, .988}, {480, 620'000, .9}}),
              "v0-h264-720-b1250.a1-copy");
}

// Slides: the line that the least rung of a usual ladder needs takes them twice.
TEST(MeasuredLadders, EndWhereEverybodyIsServed) {
    EXPECT_EQ(rungsOf(measuredFilm(), {{1080, 500'000, .99}, {720, 310'000, .95}, {480, 150'000, .9}}),
              "v0-h264-1080-b500.a1-copy");
    EXPECT_EQ(rungsOf(measuredFilm(), {{1080, 1'600'000, .99}, {720, 1'000'000, .95}, {480, 500'000, .9}}),
              "v0-h264-1080-b1600.v0-h264-720-b1000.a1-copy");
    const std::string limited =
        rungsOf(measuredFilm(), {{1080, 500'000, .99}, {720, 310'000, .95}, {480, 150'000, .9}}, 400'000);
    EXPECT_THAT(limited, testing::StartsWith("v0-h264-720-b310.")) << "a limit is the client's own";
}

}  // namespace
}  // namespace marea::server
