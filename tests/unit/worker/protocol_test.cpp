#include "server/transcode/protocol.h"

#include <gtest/gtest.h>
#include <limits>
#include <random>

using namespace marea;
using namespace marea::server;

namespace {

core::MediaInfo fullInfo() {
    core::MediaInfo info;
    info.container = "matroska";
    info.duration = 5400.25;
    info.bitrate = 1'234'567;
    core::StreamInfo video;
    video.codec = "hevc";
    video.kind = core::StreamKind::Video;
    video.hdr = core::HdrKind::DolbyVision;
    video.dolbyVisionProfile = 8;
    video.width = 3840;
    video.height = 2160;
    video.frameRate = 23.976;
    core::StreamInfo audio;
    audio.index = 1;
    audio.kind = core::StreamKind::Audio;
    audio.atmos = true;
    audio.language = "es";
    info.streams = {video, audio};
    info.chapters = {{0, 60, "Pr\xC3\xB3logo"}, {60, 5400, ""}};
    info.tags.genres = {"Drama", "Comedy"};
    info.tags.replayGainTrack = -6.5;
    info.hasCover = true;
    return info;
}

std::pair<const std::uint8_t*, std::size_t> body(const Bytes& frame) {
    return {frame.data() + 4, frame.size() - 4};
}

Bytes probeFrame() {
    Bytes frame;
    encode(frame, Reply(ProbeReply{7, fullInfo()}));
    return frame;
}

}  // namespace

TEST(Protocol, BringsAMediaInfoBackWhole) {
    const Bytes frame = probeFrame();
    const auto [data, size] = body(frame);
    const auto reply = decodeReply(data, size);
    ASSERT_TRUE(reply);
    const auto& probed = std::get<ProbeReply>(*reply);
    EXPECT_EQ(probed.job, 7u);
    EXPECT_EQ(probed.info.duration, 5400.25);
    ASSERT_EQ(probed.info.streams.size(), 2u);
    EXPECT_EQ(probed.info.streams[0].hdr, core::HdrKind::DolbyVision);
    EXPECT_EQ(probed.info.streams[0].frameRate, 23.976);
    EXPECT_TRUE(probed.info.streams[1].atmos);
    EXPECT_EQ(probed.info.chapters[0].title, "Pr\xC3\xB3logo");
    EXPECT_EQ(probed.info.tags.genres.size(), 2u);
    EXPECT_EQ(probed.info.tags.replayGainTrack, -6.5);
    EXPECT_FALSE(probed.info.tags.replayGainAlbum);
    Bytes again;
    encode(again, *reply);
    EXPECT_EQ(again, frame);
}

TEST(Protocol, BringsRequestsBack) {
    Bytes frame;
    encode(frame, Request(ImageRequest{9, "cover.png", 320}));
    const auto [data, size] = body(frame);
    const auto request = decodeRequest(data, size);
    ASSERT_TRUE(request);
    EXPECT_EQ(std::get<ImageRequest>(*request).maxEdge, 320);
    EXPECT_EQ(jobOf(*request), 9u);
}

TEST(Protocol, RefusesEveryCutAndEveryExtraByte) {
    const Bytes frame = probeFrame();
    const auto [data, size] = body(frame);
    for (std::size_t cut = 0; cut < size; ++cut) {
        const Bytes part(data, data + cut);  // its own block, so that ASan sees a read past it
        EXPECT_FALSE(decodeReply(part.data(), part.size())) << cut;
    }
    Bytes longer(data, data + size);
    longer.push_back(0);
    EXPECT_FALSE(decodeReply(longer.data(), longer.size()));
}

TEST(Protocol, RefusesWhatNoWorkerMeans) {
    core::MediaInfo info;
    info.duration = std::numeric_limits<double>::infinity();
    Bytes frame;
    encode(frame, Reply(ProbeReply{1, info}));
    EXPECT_FALSE(decodeReply(frame.data() + 4, frame.size() - 4)) << "infinite";

    info.duration = 0;
    info.container = "\xFF";
    frame.clear();
    encode(frame, Reply(ProbeReply{1, info}));
    EXPECT_FALSE(decodeReply(frame.data() + 4, frame.size() - 4)) << "not UTF-8";

    frame.clear();
    encode(frame, Reply(FailureReply{1, static_cast<core::ErrorCode>(200), "", ""}));
    EXPECT_FALSE(decodeReply(frame.data() + 4, frame.size() - 4)) << "no such code";

    const Bytes huge{1, 1, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF};
    EXPECT_FALSE(decodeReply(huge.data(), huge.size())) << "a string of 4 GB";
    EXPECT_FALSE(decodeReply(nullptr, 0));
}

// A short fuzz in every test run; the long one is in tests/fuzz.
TEST(Protocol, SurvivesRandomDamage) {
    const Bytes frame = probeFrame();
    std::mt19937 random(1);
    for (int round = 0; round < 20'000; ++round) {
        Bytes damaged(frame.begin() + 4, frame.end());
        for (int i = 0; i < 1 + static_cast<int>(random() % 4); ++i)
            damaged[random() % damaged.size()] = static_cast<std::uint8_t>(random());
        if (const auto reply = decodeReply(damaged.data(), damaged.size())) {
            Bytes again;
            encode(again, *reply);
        }
        (void)decodeRequest(damaged.data(), damaged.size());
    }
}

TEST(Frames, ComeOutWholeHoweverTheyCameIn) {
    Bytes stream;
    for (JobId job = 1; job <= 20; ++job)
        encode(stream, Request(ProbeRequest{job, std::string(job * 7, 'x')}));
    for (const std::size_t step : {std::size_t{1}, std::size_t{3}, std::size_t{64}, stream.size()}) {
        FrameBuffer buffer(maxRequestFrame);
        JobId expected = 1;
        for (std::size_t at = 0; at < stream.size(); at += step) {
            buffer.feed(stream.data() + at, std::min(step, stream.size() - at));
            for (auto frame = buffer.next(); frame && *frame; frame = buffer.next()) {
                const auto request = decodeRequest((*frame)->data, (*frame)->size);
                ASSERT_TRUE(request);
                EXPECT_EQ(jobOf(*request), expected++);
            }
        }
        EXPECT_EQ(expected, 21u);
    }
}

TEST(Frames, RefuseALengthOverTheLimit) {
    FrameBuffer buffer(100);
    const std::uint8_t bytes[] = {101, 0, 0, 0};
    buffer.feed(bytes, sizeof bytes);
    EXPECT_FALSE(buffer.next());
}
