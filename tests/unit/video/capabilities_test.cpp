#include "server/video/capabilities.h"

#include <gmock/gmock.h>

#include "core/base/jsonfields.h"

namespace marea::server {
namespace {

core::Result<core::Capabilities> parse(std::string_view text) {
    auto value = core::parseJson(text);
    if (!value) {
        return core::unexpected<core::Error>(value.error());
    }
    return parseCapabilities(*value);
}

TEST(Capabilities, EveryPresetIsKnownByItsName) {
    for (const char* name : {"mpv", "chromium", "firefox", "safari", "vlc", "basic-hls"}) {
        EXPECT_TRUE(parse("{\"preset\":\"" + std::string(name) + "\"}")) << name;
    }
    EXPECT_TRUE(parse(R"({"preset":"mpv"})")->anything);
    EXPECT_FALSE(parse(R"({"preset":"chromium"})")->anything);
}

TEST(Capabilities, TheFullFormIsReadWhole) {
    const auto can = parse(R"({"protocols":["progressive","hls"],"containers":["mp4","matroska"],
        "video":[{"codec":"h264","profiles":["high"],"max_level":51,"max_bit_depth":8}],
        "audio":[{"codec":"aac","max_channels":6}],"subtitles":["webvtt","ass","pgs"],
        "hdr":["hdr10","hlg","dolby_vision"],"max_bitrate":8000000,"max_width":1920,"max_height":1080})");
    ASSERT_TRUE(can) << can.error().text;
    EXPECT_THAT(can->containers, testing::ElementsAre("mp4", "matroska"));
    ASSERT_EQ(can->video.size(), 1u);
    EXPECT_EQ(can->video[0].maxLevel, 51);
    EXPECT_EQ(can->audio[0].maxChannels, 6);
    EXPECT_EQ(can->hdr.size(), 3u);
    EXPECT_EQ(can->maxBitrate, 8000000);
    EXPECT_EQ(can->maxWidth, 1920);
    EXPECT_EQ(can->maxHeight, 1080);
}

TEST(Capabilities, WhatAPictureMayBeLikeIsAllowedUnlessItIsSaid) {
    const auto can = parse(R"({"video":[{"codec":"hevc","interlaced":false,"hev1":false},{"codec":"h264"}]})");
    ASSERT_TRUE(can) << can.error().text;
    EXPECT_FALSE(can->video.at(0).interlaced);
    EXPECT_FALSE(can->video.at(0).inBandSets);
    EXPECT_TRUE(can->video.at(1).interlaced);
    EXPECT_TRUE(can->video.at(1).inBandSets);
    EXPECT_FALSE(parse(R"({"video":[{"codec":"hevc","hev1":1}]})"));
}

TEST(Capabilities, PartsOfTheFullFormReplaceThoseOfAPreset) {
    const auto can = parse(R"({"preset":"chromium","containers":["matroska"],"max_height":720})");
    ASSERT_TRUE(can);
    EXPECT_THAT(can->containers, testing::ElementsAre("matroska"));
    EXPECT_EQ(can->maxHeight, 720);
    EXPECT_FALSE(can->video.empty());
}

TEST(Capabilities, APresetThatPlaysAnythingKeepsItsOtherParts) {
    const auto can = parse(R"({"preset":"mpv","audio":[{"codec":"aac"}]})");
    ASSERT_TRUE(can);
    EXPECT_FALSE(can->anything);
    EXPECT_THAT(can->containers, testing::ElementsAre("*"));
    ASSERT_EQ(can->audio.size(), 1u);
    EXPECT_EQ(can->audio[0].maxChannels, 2);
}

TEST(Capabilities, WhatIsNotInTheSchemaIsRefused) {
    const char* wrong[] = {
        R"([])",
        R"("mpv")",
        R"({})",
        R"({"preset":"kodi"})",
        R"({"preset":5})",
        R"({"presets":"mpv"})",
        R"({"preset":"mpv","extra":1})",
        R"({"containers":"mp4"})",
        R"({"containers":[1]})",
        R"({"containers":["*"]})",
        R"({"containers":["MP4"]})",
        R"({"protocols":["rtmp"]})",
        R"({"video":{"codec":"h264"}})",
        R"({"video":[{}]})",
        R"({"video":[{"codec":"h264","level":4}]})",
        R"({"video":[{"codec":"*"}]})",
        R"({"video":[{"codec":""}]})",
        R"({"video":[{"codec":"h264","max_level":-1}]})",
        R"({"video":[{"codec":"h264","max_bit_depth":1}]})",
        R"({"video":[{"codec":"h264","profiles":["High"]}]})",
        R"({"audio":[{"codec":"aac","max_channels":0}]})",
        R"({"audio":[{"codec":"aac","max_channels":2.5}]})",
        R"({"audio":["aac"]})",
        R"({"subtitles":["srt","x"]})",
        R"({"hdr":["hdr"]})",
        R"({"max_bitrate":-5})",
        R"({"max_bitrate":18446744073709551615})",
        R"({"max_width":100000})",
        R"({"max_height":"720"})",
        R"({"preset":"mpv",})",
    };
    for (const char* text : wrong) {
        const auto can = parse(text);
        ASSERT_FALSE(can) << text;
        EXPECT_EQ(can.error().code, core::ErrorCode::Invalid) << text;
        EXPECT_FALSE(can.error().text.empty()) << text;
    }
}

TEST(Capabilities, ListsAreBounded) {
    std::string many = R"({"containers":[)";
    for (int i = 0; i < 65; ++i) {
        many += (i ? ",\"a" : "\"a") + std::to_string(i) + "\"";
    }
    EXPECT_FALSE(parse(many + "]}"));
}

}  // namespace
}  // namespace marea::server
