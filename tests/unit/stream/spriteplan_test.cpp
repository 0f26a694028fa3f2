#include "server/stream/spriteplan.h"

#include <gmock/gmock.h>

namespace marea::server {
namespace {

core::MediaInfo film(double duration, int width = 1920, int height = 800) {
    core::MediaInfo info;
    info.duration = duration;
    core::StreamInfo video;
    video.kind = core::StreamKind::Video;
    video.codec = "h264";
    video.width = width;
    video.height = height;
    info.streams = {video};
    return info;
}

TEST(SpritePlanTest, TilesCoverTheWholeTitle) {
    const SpritePlan plan = spritePlan(film(7200));
    EXPECT_EQ(plan.every, 10 * kTicksPerSecond);
    EXPECT_EQ(plan.tiles, 720);
    EXPECT_EQ(plan.sheets(), 29);
    EXPECT_EQ(plan.tileHeight, 134);
    EXPECT_EQ(spriteSheet(plan, 0).at.size(), 25u);
    EXPECT_EQ(spriteSheet(plan, 28).at.size(), 20u);
    EXPECT_EQ(spriteSheet(plan, 1).at.front(), 250 * kTicksPerSecond);
    EXPECT_EQ(spritePlan(film(5)).every, kTicksPerSecond);
    EXPECT_LE(spritePlan(film(1e6)).tiles, 4000);
}

TEST(SpritePlanTest, WithoutAPictureThereAreNone) {
    EXPECT_EQ(spritePlan(film(0)).tiles, 0);
    EXPECT_EQ(spritePlan(film(10, 0, 0)).tiles, 0);
    EXPECT_EQ(spritePlan(core::MediaInfo{}).sheets(), 0);
}

TEST(SpritePlanTest, CuesNameTheTiles) {
    const std::string cues = spriteCues(spritePlan(film(27.5)), 27 * kTicksPerSecond + kTicksPerSecond / 2);
    EXPECT_THAT(cues, testing::StartsWith("WEBVTT\n\n00:00:00.000 --> 00:00:01.000\n0.jpg#xywh=0,0,320,134\n"));
    EXPECT_THAT(cues, testing::HasSubstr("\n00:00:06.000 --> 00:00:07.000\n0.jpg#xywh=320,134,320,134\n"));
    EXPECT_THAT(cues, testing::EndsWith("\n00:00:27.000 --> 00:00:27.500\n1.jpg#xywh=640,0,320,134\n"));
}

}  // namespace
}  // namespace marea::server
