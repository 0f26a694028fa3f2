#include "server/packaging/tilesize.h"

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

TEST(TileSize, tilesHaveTheShapeOfThePicture) {
    EXPECT_EQ(tileSize(video(1920, 1080), 320), (TileSize{320, 180}));
    EXPECT_EQ(tileSize(video(1920, 800), 320), (TileSize{320, 134}));
    EXPECT_EQ(tileSize(video(720, 576, 64.0 / 45), 320), (TileSize{320, 180}));
    EXPECT_EQ(tileSize(video(1920, 1080, 1, 90), 180), (TileSize{180, 320}));
    EXPECT_EQ(tileSize(video(1, 100'000), 320), (TileSize{320, 1280}));
    EXPECT_EQ(tileSize(video(0, 0), 320), (TileSize{320, 320}));
}

}  // namespace
}  // namespace marea::server
