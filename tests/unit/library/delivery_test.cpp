#include "server/apps/library/delivery.h"

#include <gtest/gtest.h>

#include <set>

#include "server/packaging/timegrid.h"
#include "server/video/capabilities.h"

namespace marea::server {
namespace {

// 20 s in 720 lines, of a codec that no browser takes.
ItemDetail film() {
    ItemFile file;
    file.id = "file";
    file.status = "ok";
    file.info.container = "matroska";
    file.info.duration = 20;
    file.info.bitrate = 6'000'000;
    core::StreamInfo video;
    video.kind = core::StreamKind::Video;
    video.codec = "mpeg2video";
    video.width = 1280;
    video.height = 720;
    video.frameRate = 24;
    video.bitDepth = 8;
    file.info.streams = {video};
    ItemDetail item;
    item.files = {file};
    return item;
}

MediaIndex index() {
    MediaIndex index;
    index.duration = 20 * kTicksPerSecond;
    TrackIndex video;
    video.kind = core::StreamKind::Video;
    video.codec = "mpeg2video";
    video.end = index.duration;
    video.frameRate = {24, 1};
    index.tracks = {video};
    return index;
}

TEST(DeliveryTest, NobodyWaitsForPiecesOfPicturesThatAreThere) {
    const ItemDetail item = film();
    PlaybackRequest request;
    request.client = *capabilityPreset("chromium");
    const auto plan = planPlayback(item, request);
    ASSERT_TRUE(plan) << plan.error().text;
    std::set<std::string> asked, there;
    const auto isMade = [&](const std::string& rendition, SegmentFormat format, int number) {
        EXPECT_EQ(format, SegmentFormat::Mp4);
        EXPECT_EQ(number, 5);  // of 1, 1, 2, 4 s and so on: 12 s to 16 s
        asked.insert(rendition);
        return there.contains(rendition);
    };
    const auto at = [&](const SegmentIsMade& made) {
        const auto delivery = segmentDelivery(item, request, *plan, index(), 13 * kTicksPerSecond, made);
        EXPECT_TRUE(delivery);
        return delivery ? delivery->renditions.front() : "";
    };
    const auto all = [&](const std::string& rendition, SegmentFormat format, int number) {
        isMade(rendition, format, number);
        return true;
    };
    EXPECT_EQ(at({}), "v0-h264-720@5");
    EXPECT_EQ(at(isMade), "v0-h264-720@5");
    EXPECT_EQ(at(all), "v0-h264-720");
    EXPECT_EQ(asked, (std::set<std::string>{"v0-h264-480", "v0-h264-720"}));
    there = {"v0-h264-720"};
    EXPECT_EQ(at(isMade), "v0-h264-720@5") << "a player may begin with any of them";
    there = asked;
    EXPECT_EQ(at(isMade), "v0-h264-720");
}

}  // namespace
}  // namespace marea::server
