#include "server/video/besidestreams.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "server/video/capabilities.h"
#include "server/video/decision.h"

using namespace marea;
using namespace marea::server;

namespace {

core::MediaInfo filmWith(const char* format) {
    core::MediaInfo info;
    info.container = "mp4";
    core::StreamInfo video;
    video.kind = core::StreamKind::Video;
    video.codec = "h264";
    video.profile = "high";
    video.level = 40;
    video.width = 1280;
    video.height = 720;
    video.bitDepth = 8;
    info.streams = {video};
    EXPECT_TRUE(addBeside(info, {}, "side", 0, format));
    return info;
}

Decision choosing(const core::MediaInfo& info, const char* client) {
    return decide(info, *capabilityPreset(client), {{}, besideStream("side", 0)});
}

}  // namespace

TEST(BesideStreams, HaveNumbersOfTheirOwnThatStay) {
    EXPECT_EQ(besideStream("one", 0), besideStream("one", 0));
    EXPECT_NE(besideStream("one", 0), besideStream("two", 0));
    EXPECT_EQ(besideStream("one", 5), besideStream("one", 0) + 5);
    for (const char* id : {"", "a", "0193d2f0-7b1c-7000-8000-000000000001"}) {
        EXPECT_TRUE(isBeside(besideStream(id, 0)));
        EXPECT_LE(besideStream(id, kMostTracksBeside - 1), kLastBeside);
    }
    EXPECT_FALSE(isBeside(9'999));
}

TEST(BesideStreams, AreAddedOnceAndOnlyPictures) {
    core::MediaInfo info = filmWith("sup");
    EXPECT_EQ(info.streams.back().codec, "hdmv_pgs_subtitle");
    EXPECT_FALSE(addBeside(info, {}, "side", 0, "sup"));
    EXPECT_FALSE(addBeside(info, {}, "side", 1, "srt"));
    EXPECT_FALSE(addBeside(info, {}, "side", kMostTracksBeside, "idx"));
    EXPECT_TRUE(addBeside(info, {}, "side", 1, "idx"));
    EXPECT_EQ(info.streams.size(), 3U);
}

TEST(BesideStreams, CostTheVideoWorkOnlyWhereTheyAreChosenAndCannotBeDrawn) {
    const core::MediaInfo blu = filmWith("sup"), dvd = filmWith("idx");
    EXPECT_EQ(decide(blu, *capabilityPreset("chromium")).mode, DeliveryMode::Direct);
    EXPECT_EQ(choosing(blu, "chromium").mode, DeliveryMode::Transcode);
    EXPECT_EQ(choosing(blu, "chromium").subtitles.front().mode, SubtitleMode::Burn);
    EXPECT_EQ(choosing(blu, "mpv").mode, DeliveryMode::Direct);
    EXPECT_EQ(choosing(blu, "mpv").subtitles.front().mode, SubtitleMode::Direct);
    // Two files do not come by one address.
    EXPECT_EQ(choosing(dvd, "mpv").mode, DeliveryMode::Transcode);
    EXPECT_EQ(choosing(dvd, "mpv").subtitles.front().mode, SubtitleMode::Burn);
}
