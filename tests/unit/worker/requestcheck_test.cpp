#include "server/transcode/requestcheck.h"

#include <gtest/gtest.h>
#include <limits>

using namespace marea;
using namespace marea::server;

namespace {

VideoEncoding video() {
    return {"h264", 1280, 720, {24, 1}, 5'000'000, false, {}};
}

SegmentSpec segmentOf(TrackSpec track) {
    SegmentSpec spec;
    spec.tracks = {std::move(track)};
    spec.number = 0;
    spec.to = kTicksPerSecond;
    return spec;
}

bool refused(const SegmentSpec& spec) {
    const auto result = checkRequest(spec);
    return !result && result.error().code == core::ErrorCode::Invalid;
}

}  // namespace

TEST(RequestCheck, LetsWhatClientsAskForPass) {
    EXPECT_TRUE(checkRequest(segmentOf({0, CopyEncoding{}})));
    EXPECT_TRUE(checkRequest(segmentOf({0, video()})));
    EXPECT_TRUE(checkRequest(segmentOf({1, AudioEncoding{}})));
    SegmentSpec init = segmentOf({0, CopyEncoding{}});
    init.number = SegmentSpec::kInit;
    init.to = 0;
    EXPECT_TRUE(checkRequest(init));
    SegmentSpec muxed = segmentOf({0, video()});
    muxed.tracks.push_back({1, AudioEncoding{}});
    EXPECT_TRUE(refused(muxed)) << "two tracks in MP4";
    muxed.format = SegmentFormat::MpegTs;
    EXPECT_TRUE(checkRequest(muxed));
}

TEST(RequestCheck, TakesNumbersOfFilesBesideOnlyWhereThoseCome) {
    VideoEncoding burning = video();
    burning.burnStream = 123'456;
    const SegmentSpec spec = segmentOf({0, burning});
    EXPECT_TRUE(refused(spec));
    EXPECT_TRUE(checkRequest(spec, BesideFiles{123'456, 3, 2}));
    EXPECT_TRUE(checkLadder(spec, BesideFiles{123'456, 0, 1}));
    EXPECT_FALSE(checkRequest(spec, BesideFiles{123'457, 0, 1}));
    EXPECT_FALSE(checkLadder(spec, BesideFiles{123'457, 0, 1}));
    EXPECT_FALSE(checkRequest(spec, BesideFiles{123'456, 32, 1}));
    EXPECT_FALSE(checkRequest(spec, BesideFiles{123'456, 0, 3}));
    EXPECT_FALSE(checkRequest(spec, BesideFiles{123'456, 0, 0}));
}

TEST(RequestCheck, KnowsTrials) {
    SegmentSpec spec = segmentOf({0, video()});
    spec.to = spec.from + kTicksPerSecond;
    spec.tracks.assign(16, {0, video()});
    EXPECT_TRUE(checkTrials(spec));
    spec.to = spec.from + 5 * kTicksPerSecond;
    EXPECT_FALSE(checkTrials(spec));
    spec.to = spec.from + kTicksPerSecond;
    spec.tracks.push_back({0, video()});
    EXPECT_FALSE(checkTrials(spec));
}

TEST(RequestCheck, KnowsLadders) {
    const auto ladderOf = [](std::size_t rungs) {
        SegmentSpec spec = segmentOf({0, video()});
        spec.tracks.assign(rungs, {0, video()});
        return spec;
    };
    const auto refused = [](SegmentSpec spec, auto change) {
        change(spec);
        const auto result = checkLadder(spec);
        return !result && result.error().code == core::ErrorCode::Invalid;
    };
    EXPECT_TRUE(checkLadder(ladderOf(1)));
    EXPECT_TRUE(checkLadder(ladderOf(6)));
    EXPECT_TRUE(refused(ladderOf(0), [](auto&) {}));
    EXPECT_TRUE(refused(ladderOf(7), [](auto&) {}));
    EXPECT_TRUE(refused(ladderOf(2), [](auto& s) { s.tracks[1].stream = 1; }));
    EXPECT_TRUE(refused(ladderOf(2), [](auto& s) { s.tracks[1].encoding = CopyEncoding{}; }));
    EXPECT_TRUE(refused(ladderOf(2), [](auto& s) { s.tracks[0].encoding = AudioEncoding{}; }));
    EXPECT_TRUE(refused(ladderOf(2), [](auto& s) {
        std::get<VideoEncoding>(s.tracks[1].encoding).frameRate = {25, 1};
    }));
    EXPECT_TRUE(refused(ladderOf(2), [](auto& s) { std::get<VideoEncoding>(s.tracks[1].encoding).width = 100'000; }));
    EXPECT_TRUE(refused(ladderOf(2), [](auto& s) { s.number = SegmentSpec::kInit; }));
    EXPECT_TRUE(refused(ladderOf(2), [](auto& s) { s.format = SegmentFormat::MpegTs; }));
    EXPECT_TRUE(refused(ladderOf(2), [](auto& s) { s.to = s.from; }));
    EXPECT_TRUE(refused(ladderOf(2), [](auto& s) { s.to = s.from + 31 * kTicksPerSecond; }));
}

TEST(RequestCheck, RefusesTracksThatNobodyMeans) {
    const auto refusedWith = [](auto change) {
        VideoEncoding encoding = video();
        change(encoding);
        return refused(segmentOf({0, encoding}));
    };
    EXPECT_TRUE(refusedWith([](auto& v) { v.width = 100'000; }));
    EXPECT_TRUE(refusedWith([](auto& v) { v.height = 0; }));
    EXPECT_TRUE(refusedWith([](auto& v) { v.width = 1281; }));
    EXPECT_TRUE(refusedWith([](auto& v) { v.codec = "prores"; }));
    EXPECT_TRUE(refusedWith([](auto& v) { v.frameRate = {24, 0}; }));
    EXPECT_TRUE(refusedWith([](auto& v) { v.frameRate = {100'000, 1}; }));
    EXPECT_TRUE(refusedWith([](auto& v) { v.bitrate = 0; }));
    EXPECT_TRUE(refused(segmentOf({-1, CopyEncoding{}})));
    AudioEncoding audio;
    audio.channels = 64;
    EXPECT_TRUE(refused(segmentOf({0, audio})));
    EXPECT_TRUE(refused(SegmentSpec{}));
}

TEST(RequestCheck, RefusesTimesOutOfOrder) {
    SegmentSpec spec = segmentOf({0, CopyEncoding{}});
    spec.to = spec.from;
    EXPECT_TRUE(refused(spec));
    spec.to = std::numeric_limits<Ticks>::max();
    EXPECT_TRUE(refused(spec));
    spec.from = std::numeric_limits<Ticks>::min();
    EXPECT_TRUE(refused(spec));
    spec = segmentOf({0, CopyEncoding{}});
    spec.number = -2;
    EXPECT_TRUE(refused(spec));
}

TEST(RequestCheck, BoundsSprites) {
    EXPECT_TRUE(checkRequest(SpriteWish{{0, 1, 2}, 320, 5}));
    EXPECT_FALSE(checkRequest(SpriteWish{{}, 320, 5}));
    EXPECT_FALSE(checkRequest(SpriteWish{{2, 1}, 320, 5}));
    EXPECT_FALSE(checkRequest(SpriteWish{{0}, 100'000, 5}));
    EXPECT_FALSE(checkRequest(SpriteWish{{0}, 320, 0}));
    EXPECT_FALSE(checkRequest(SpriteWish{std::vector<Ticks>(100'000, 0), 320, 5}));
    EXPECT_TRUE(checkRequest(SubtitleWish{-1, "ru"}));
    EXPECT_FALSE(checkRequest(SubtitleWish{-2, ""}));
}

TEST(RequestCheck, BoundsLoudness) {
    EXPECT_TRUE(checkRequest(core::LoudnessWish{1, 0, 6000, true}));
    EXPECT_TRUE(checkRequest(core::LoudnessWish{1, 6000, 6000, false}));
    EXPECT_FALSE(checkRequest(core::LoudnessWish{-1, 0, 6000, true}));
    EXPECT_FALSE(checkRequest(core::LoudnessWish{1, -1, 6000, false}));
    EXPECT_FALSE(checkRequest(core::LoudnessWish{1, 0, 0, false}));
    EXPECT_FALSE(checkRequest(core::LoudnessWish{1, 0, 20'001, false}));
    EXPECT_FALSE(checkRequest(core::LoudnessWish{1, 6000, 6000, true}));  // fingerprints are of the beginning
    EXPECT_FALSE(checkRequest(core::LoudnessWish{1, std::numeric_limits<std::int64_t>::max(), 6000, false}));
}
