#include "server/packaging/sprites.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace marea::server {
namespace {

core::StreamInfo video(int width, int height, double aspect = 1, int rotation = 0) {
    core::StreamInfo stream;
    stream.width = width;
    stream.height = height;
    stream.pixelAspect = aspect;
    stream.rotation = rotation;
    return stream;
}

TEST(Sprites, tilesHaveTheShapeOfThePicture) {
    EXPECT_EQ(tileSize(video(1920, 1080)), (TileSize{320, 180}));
    EXPECT_EQ(tileSize(video(1920, 800)), (TileSize{320, 134}));
    EXPECT_EQ(tileSize(video(720, 576, 64.0 / 45)), (TileSize{320, 180}));
    EXPECT_EQ(tileSize(video(1920, 1080, 1, 90), 180), (TileSize{180, 320}));
    EXPECT_EQ(tileSize(video(1, 100'000)), (TileSize{320, 1280}));
    EXPECT_EQ(tileSize(video(0, 0)), (TileSize{320, 320}));
}

TEST(Sprites, intervals) {
    EXPECT_EQ(spriteInterval(0), 0);
    EXPECT_EQ(spriteInterval(30 * kTicksPerSecond), kTicksPerSecond);
    EXPECT_EQ(spriteInterval(300 * kTicksPerSecond), 3 * kTicksPerSecond);
    EXPECT_EQ(spriteInterval(3600 * kTicksPerSecond), 10 * kTicksPerSecond);
    EXPECT_EQ(spriteInterval(7200 * kTicksPerSecond), 18 * kTicksPerSecond);
    for (const Ticks seconds : {1, 59, 100, 1001, 4000, 4001, 7201, 86'400, 360'000}) {
        EXPECT_LE(spriteCount(seconds * kTicksPerSecond), kMostSprites) << seconds;
        EXPECT_GE(spriteCount(seconds * kTicksPerSecond), 1u) << seconds;
    }
}

TEST(Sprites, sheetsHoldEachTileOnce) {
    const Ticks duration = 290 * kTicksPerSecond + 45'000;
    ASSERT_EQ(spriteCount(duration), 97u);
    ASSERT_EQ(spriteSheets(duration), 4u);
    std::vector<Ticks> all;
    for (std::size_t sheet = 0; sheet < 4; ++sheet) {
        const SpriteWish wish = spriteWish(duration, sheet);
        all.insert(all.end(), wish.at.begin(), wish.at.end());
    }
    ASSERT_EQ(all.size(), 97u);
    EXPECT_EQ(all[0], 3 * kTicksPerSecond / 2);
    EXPECT_TRUE(std::is_sorted(all.begin(), all.end()));
    EXPECT_LT(all.back(), duration);
    EXPECT_TRUE(spriteWish(duration, 4).at.empty());
    EXPECT_TRUE(spriteWish(duration, SIZE_MAX / 2).at.empty());
}

TEST(Sprites, webVttSaysWhichTileIsWhen) {
    const std::string file = spriteVtt(26 * kTicksPerSecond + 45'000, {320, 180});
    EXPECT_THAT(file, testing::StartsWith("WEBVTT\n\n00:00:00.000 --> 00:00:01.000\n0.jpg#xywh=0,0,320,180\n\n"));
    EXPECT_THAT(file, testing::HasSubstr("00:00:06.000 --> 00:00:07.000\n0.jpg#xywh=320,180,320,180\n\n"));
    EXPECT_THAT(file, testing::EndsWith("00:00:26.000 --> 00:00:26.500\n1.jpg#xywh=320,0,320,180\n\n"));
    EXPECT_EQ(spriteVtt(0, {320, 180}), "WEBVTT\n\n");
}

}  // namespace
}  // namespace marea::server
