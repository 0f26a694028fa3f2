#include "server/stream/indexfile.h"

#include <gtest/gtest.h>

namespace marea::server {
namespace {

MediaIndex example() {
    MediaIndex index;
    index.duration = 7'200 * kTicksPerSecond;
    TrackIndex video;
    video.kind = core::StreamKind::Video;
    video.codec = "h264";
    video.codecString = "avc1.640028";
    video.supplemental = "dvh1.08.07/db4h";
    video.openGroups = true;
    video.end = index.duration;
    video.frameRate = {24000, 1001};
    video.bitrate = 8'000'000;
    for (int i = 0; i < 1000; ++i) {
        video.keyframes.push_back({i * 180'180 - 3, 100'000 + i});
    }
    TrackIndex audio;
    audio.stream = 1;
    audio.kind = core::StreamKind::Audio;
    audio.codec = "ac3";
    audio.start = -1920;
    index.tracks = {video, audio};
    return index;
}

TEST(IndexFileTest, WhatIsWrittenComesBack) {
    const MediaIndex index = example();
    const auto read = indexFromBytes(indexToBytes(index));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->duration, index.duration);
    ASSERT_EQ(read->tracks.size(), 2u);
    const TrackIndex &video = read->tracks[0], &audio = read->tracks[1];
    EXPECT_EQ(video.codecString, "avc1.640028");
    EXPECT_EQ(video.supplemental, "dvh1.08.07/db4h");
    EXPECT_TRUE(video.openGroups);
    EXPECT_FALSE(audio.openGroups);
    EXPECT_EQ(video.frameRate, (Rational{24000, 1001}));
    EXPECT_EQ(video.bitrate, 8'000'000);
    ASSERT_EQ(video.keyframes.size(), 1000u);
    EXPECT_EQ(video.keyframes[999].at, index.tracks[0].keyframes[999].at);
    EXPECT_EQ(video.keyframes[0].at, -3);
    EXPECT_EQ(video.keyframes[999].bytes, 100'999);
    EXPECT_EQ(audio.kind, core::StreamKind::Audio);
    EXPECT_EQ(audio.start, -1920);
    EXPECT_TRUE(audio.keyframes.empty());
}

TEST(IndexFileTest, SaysWhetherKeyframesAreMissing) {
    MediaIndex index = example();
    EXPECT_TRUE(indexFromBytes(indexToBytes(index))->isWhole);
    index.isWhole = false;
    EXPECT_FALSE(indexFromBytes(indexToBytes(index))->isWhole);
}

TEST(IndexFileTest, AnyCutIsAnError) {
    const std::string bytes = indexToBytes(example());
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        EXPECT_FALSE(indexFromBytes(std::string_view(bytes).substr(0, size)));
    }
    EXPECT_FALSE(indexFromBytes(bytes + "x"));
}

TEST(IndexFileTest, ChangedBytesAreReadWithoutHarm) {
    const std::string bytes = indexToBytes(example());
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        for (const char other : {'\0', '\x7F', '\xFF'}) {
            std::string changed = bytes;
            changed[at] = other;
            (void)indexFromBytes(changed);
        }
    }
}

}  // namespace
}  // namespace marea::server
