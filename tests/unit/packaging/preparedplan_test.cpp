#include "server/packaging/preparedplan.h"

#include <gtest/gtest.h>

#include "samples.h"
#include "server/packaging/deliveryplan.h"
#include "server/packaging/rendition.h"
#include "server/video/capabilities.h"

namespace marea::server {
namespace {

core::Capabilities chromium() {
    return *capabilityPreset("chromium");
}

std::vector<std::string> namesOf(const std::vector<PreparedRendition>& plan) {
    std::vector<std::string> names;
    for (const PreparedRendition& rendition : plan) {
        names.push_back(rendition.name);
    }
    return names;
}

TEST(PreparedPlanTest, HasTheNamesThatPlaybackAsksFor) {
    const auto file = fileOf({pictureStream("hevc", 1920, 1080), soundStream("ac3", 6)});
    const auto index = indexOf(file);
    const auto plan = planPrepared(file, index, chromium(), {});
    ASSERT_TRUE(plan) << plan.error().text;
    const Delivery delivery = planDelivery(file, index, chromium(), decide(file, chromium(), {}));
    std::vector<std::string> wanted;
    for (const auto* tracks : {&delivery.plan.video, &delivery.plan.audio}) {
        for (const TrackSpec& track : *tracks) {
            wanted.push_back(renditionName(track, file));
        }
    }
    EXPECT_GT(delivery.plan.video.size(), 1u);
    EXPECT_EQ(namesOf(*plan), wanted);
    for (const PreparedRendition& rendition : *plan) {
        EXPECT_EQ(rendition.format, SegmentFormat::Mp4);
        EXPECT_GT(rendition.segments, 20);
        EXPECT_GT(rendition.bytes, 100'000);
    }
    // 100 s of at most 8 Mbit/s, and no more than the source is worth.
    EXPECT_LE(plan->front().bytes, 110'000'000);
    EXPECT_GE(plan->front().bytes, 50'000'000);
}

TEST(PreparedPlanTest, EncodesAlsoWhatWouldGoOutAsItIs) {
    const auto file = fileOf({pictureStream("h264", 1920, 1080), soundStream("aac", 2)});
    const auto plan = planPrepared(file, indexOf(file), chromium(), {});
    ASSERT_TRUE(plan);
    EXPECT_EQ(plan->front().name, "v0-h264-1080");
    EXPECT_EQ(plan->back().name, "a1-copy");
}

TEST(PreparedPlanTest, OldPlayersGetPictureAndSoundInOne) {
    const auto file = fileOf({pictureStream("hevc", 1280, 720), soundStream("ac3", 6)});
    const auto plan = planPrepared(file, indexOf(file), *capabilityPreset("basic-hls"), {});
    ASSERT_TRUE(plan);
    for (const PreparedRendition& rendition : *plan) {
        EXPECT_EQ(rendition.format, SegmentFormat::MpegTs);
        EXPECT_NE(rendition.name.find('+'), std::string::npos) << rendition.name;
    }
}

TEST(PreparedPlanTest, SaysWhyThereIsNothingToMake) {
    const auto music = fileOf({soundStream("flac", 2)});
    EXPECT_EQ(planPrepared(music, indexOf(music), chromium(), {}).error().code, core::ErrorCode::Unprocessable);
    const auto film = fileOf({pictureStream("hevc", 1280, 720), soundStream("aac", 2)});
    core::Capabilities whole = chromium();
    whole.protocols = {"progressive"};
    EXPECT_FALSE(planPrepared(film, indexOf(film), whole, {}).error().text.empty());
}

}  // namespace
}  // namespace marea::server
