#include "server/packaging/timegrid.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <random>

#include "server/packaging/rendition.h"
#include "tests/unit/packaging/samples.h"

namespace marea::server {
namespace {

using core::StreamKind;

constexpr Ticks s = kTicksPerSecond;

// No gap, no overlap, nothing empty, all of [0, end).
void expectWhole(const std::vector<Cut>& grid, Ticks end) {
    ASSERT_FALSE(grid.empty());
    EXPECT_EQ(grid.front().from, 0);
    EXPECT_EQ(grid.back().to, end);
    Ticks total = 0;
    for (std::size_t i = 0; i < grid.size(); ++i) {
        EXPECT_GT(grid[i].length(), 0) << i;
        if (i > 0) {
            EXPECT_EQ(grid[i].from, grid[i - 1].to) << i;
        }
        total += grid[i].length();
    }
    EXPECT_EQ(total, end);
}

std::vector<Ticks> lengths(const std::vector<Cut>& grid) {
    std::vector<Ticks> list;
    for (const Cut& cut : grid) {
        list.push_back(cut.length());
    }
    return list;
}

std::vector<Keyframe> keyframesAt(std::initializer_list<double> seconds) {
    std::vector<Keyframe> list;
    for (const double at : seconds) {
        list.push_back({toTicks(at), 0});
    }
    return list;
}

// What av_rescale_q gives, as run with libavutil 57.
TEST(Ticks, AreRoundedAsLibavRounds) {
    EXPECT_EQ(toTicks(1, {1, 1000}), 90);
    EXPECT_EQ(toTicks(1, {1, 48'000}), 2);                          // 1.875
    EXPECT_EQ(toTicks(1, {1, 180'000}), 1);                         // 0.5: away from zero
    EXPECT_EQ(toTicks(-1, {1, 180'000}), -1);                       // and so below it
    EXPECT_EQ(toTicks(-3, {1, 180'000}), -2);                       // −1.5
    EXPECT_EQ(toTicks(1, {1, 270'000}), 0);                         // 0.33
    EXPECT_EQ(toTicks(1024, {1, 44'100}), 2090);                    // 2089.795…
    EXPECT_EQ(toTicks(1001, {1, 24'000}), 3754);                    // 3753.75
    EXPECT_EQ(toTicks(7, {1001, 30'000}), 21'021);                  // 21021 exactly
    EXPECT_EQ(toTicks(1LL << 40, {1, 1'000'000}), 98'956'046'500);  // 98956046499.84
    EXPECT_EQ(toTicks(std::numeric_limits<std::int64_t>::max(), {1, 1}), std::numeric_limits<std::int64_t>::min());
}

TEST(Ticks, OfSecondsStandHostileNumbers) {
    EXPECT_EQ(toTicks(1.5), 135'000);
    EXPECT_EQ(toTicks(std::numeric_limits<double>::quiet_NaN()), 0);
    EXPECT_GT(toTicks(1e300), 0);
    EXPECT_LT(toTicks(-1e300), 0);
}

TEST(Units, OfASegmentAreThoseThatBeginInIt) {
    for (const Rational rate : {Rational{24'000, 1001}, Rational{25, 1}, Rational{60'000, 1001}, Rational{48'000, 1024},
                                Rational{44'100, 1024}, Rational{44'100, 1152}, Rational{1, 1}}) {
        std::mt19937 random(7);
        for (int i = 0; i < 2000; ++i) {
            const auto at = static_cast<Ticks>(random() % 900'000'000u);
            const auto n = firstUnit(at, rate);
            EXPECT_GE(unitTime(n, rate), at);
            EXPECT_TRUE(n == 0 || unitTime(n - 1, rate) < at);
            EXPECT_EQ(firstUnit(unitTime(n, rate), rate), n);
        }
    }
}

TEST(UnitGrid, BeginsShort) {
    EXPECT_EQ(lengths(unitGrid({25, 1}, 14 * s)), (std::vector<Ticks>{s, s, 2 * s, 4 * s, 4 * s, 2 * s}));
}

TEST(UnitGrid, CutsAtTheFirstPictureOfTheTime) {
    const auto grid = unitGrid({24'000, 1001}, 10 * s);
    // Picture 24 is at 1.001 s, 48 at 2.002, 96 at 4.004, 192 at 8.008.
    EXPECT_EQ(grid[1], (Cut{90'090, 180'180}));
    EXPECT_EQ(grid[3], (Cut{360'360, 720'720}));
    expectWhole(grid, 10 * s);
}

TEST(UnitGrid, CutsAudioAtWholeFrames) {
    const Rational frames = audioFrameRate("aac", 48'000);
    const auto grid = unitGrid(frames, 100 * s);
    expectWhole(grid, 100 * s);
    for (const Cut& cut : grid) {
        EXPECT_EQ(cut.from % 1920, 0);  // 1024 samples
    }
    EXPECT_EQ(grid[1].from, 47 * 1920);
}

TEST(UnitGrid, TheLastTakesAShortRestIn) {
    EXPECT_EQ(lengths(unitGrid({25, 1}, 8 * s + s / 2)), (std::vector<Ticks>{s, s, 2 * s, 4 * s + s / 2}));
    EXPECT_EQ(lengths(unitGrid({25, 1}, 9 * s)), (std::vector<Ticks>{s, s, 2 * s, 4 * s, s}));
    EXPECT_EQ(lengths(unitGrid({25, 1}, s / 2)), (std::vector<Ticks>{s / 2}));
    EXPECT_EQ(lengths(unitGrid({25, 1}, 1)), (std::vector<Ticks>{1}));
}

TEST(UnitGrid, IsWholeAtEveryRateAndLength) {
    std::mt19937 random(11);
    const Rational rates[] = {{24'000, 1001}, {60, 1}, {1, 1}, {1, 3}, {15'001, 1001}, {48'000, 1024}, {44'100, 4608}};
    for (int i = 0; i < 400; ++i) {
        const Ticks end = 1 + static_cast<Ticks>(random() % (3600u * 90'000u));
        const auto grid = unitGrid(rates[i % std::size(rates)], end);
        expectWhole(grid, end);
        EXPECT_TRUE(grid.size() == 1 || grid.back().length() >= s);
    }
}

TEST(UnitGrid, StandsHostileLengths) {
    EXPECT_TRUE(unitGrid({25, 1}, 0).empty());
    EXPECT_TRUE(unitGrid({25, 1}, -5).empty());
    EXPECT_TRUE(unitGrid({0, 1}, s).empty());
    EXPECT_LT(unitGrid({25, 1}, std::numeric_limits<Ticks>::max()).size(), 200'000u);
}

TEST(KeyframeGrid, BeginsAsShortAsKeyframesAllow) {
    const auto grid = keyframeGrid(keyframesAt({0, 0.5, 1, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 9}), 9 * s + s / 2);
    EXPECT_EQ(lengths(grid), (std::vector<Ticks>{s, s, 3 * s, 3 * s, s + s / 2}));
}

TEST(KeyframeGrid, NeverCutsElsewhere) {
    EXPECT_EQ(lengths(keyframeGrid(keyframesAt({0, 10, 20}), 25 * s)), (std::vector<Ticks>{10 * s, 10 * s, 5 * s}));
    EXPECT_EQ(lengths(keyframeGrid(keyframesAt({0}), 25 * s)), (std::vector<Ticks>{25 * s}));
    EXPECT_TRUE(keyframeGrid({}, 25 * s).empty());
}

TEST(KeyframeGrid, ATrackThatBeginsLateStartsAtTheTitlesStart) {
    EXPECT_EQ(keyframeGrid(keyframesAt({0.4, 2.4}), 5 * s).front(), (Cut{0, toTicks(2.4)}));
    // No segment without a picture, however late the first one is.
    EXPECT_EQ(keyframeGrid(keyframesAt({1, 1.5, 5}), 9 * s).front(), (Cut{0, toTicks(1.5)}));
}

TEST(KeyframeGrid, IsWholeWhateverTheKeyframes) {
    std::mt19937 random(23);
    for (int round = 0; round < 500; ++round) {
        std::vector<Keyframe> keyframes;
        Ticks at = static_cast<Ticks>(random() % 5000);
        const unsigned spacing = 1 + random() % 900'000;
        for (unsigned count = 1 + random() % 300; count > 0; --count) {
            keyframes.push_back({at, 0});
            at += 1 + static_cast<Ticks>(random() % spacing);
        }
        if (round % 5 == 0) {  // a broken index
            std::swap(keyframes.front(), keyframes.back());
        }
        const Ticks end = std::max<Ticks>(1, at - static_cast<Ticks>(random() % 200'000));
        const auto grid = keyframeGrid(keyframes, end);
        expectWhole(grid, end);
        for (std::size_t i = 0; i < grid.size(); ++i) {
            EXPECT_TRUE(grid.size() == 1 || grid[i].length() >= (i < 2 || i + 1 == grid.size() ? s : 3 * s));
            EXPECT_TRUE(i == 0 || std::any_of(keyframes.begin(), keyframes.end(),
                                              [&](const Keyframe& k) { return k.at == grid[i].from; }));
        }
    }
}

TEST(SegmentGrid, FollowsTheEncodingAndTheTrackItself) {
    core::MediaInfo file;
    file.streams.resize(2);
    file.streams[0].kind = StreamKind::Video;
    file.streams[1].index = 1;
    file.streams[1].kind = StreamKind::Audio;
    file.streams[1].sampleRate = 48'000;
    MediaIndex index;
    index.tracks = {{0, StreamKind::Video, "h264", "", 0, 20 * s, {25, 1}, keyframesAt({0, 2, 4, 6, 8}), 0},
                    {1, StreamKind::Audio, "ac3", "", 0, 19 * s, {}, {}, 0}};
    VideoEncoding h264;
    h264.frameRate = {25, 1};
    const TrackSpec copy{0, CopyEncoding{}}, encoded{0, h264}, sound{1, CopyEncoding{}}, gone{5, CopyEncoding{}};
    EXPECT_EQ(segmentGrid({copy}, file, index), keyframeGrid(index.tracks[0].keyframes, 20 * s));
    EXPECT_EQ(segmentGrid({copy, sound}, file, index), segmentGrid({copy}, file, index));
    EXPECT_EQ(segmentGrid({encoded}, file, index), unitGrid({25, 1}, 20 * s));
    EXPECT_EQ(segmentGrid({sound}, file, index), unitGrid({48'000, 1536}, 19 * s));
    EXPECT_TRUE(segmentGrid({gone}, file, index).empty());
    index.tracks[1].end = 23 * s;  // sound that goes on without a picture
    EXPECT_EQ(segmentGrid({copy, sound}, file, index), keyframeGrid(index.tracks[0].keyframes, 23 * s));
    EXPECT_EQ(segmentGrid({encoded, sound}, file, index), unitGrid({25, 1}, 23 * s));
    EXPECT_EQ(segmentGrid({encoded}, file, index), unitGrid({25, 1}, 20 * s));
    index.tracks[1].end = 9000 * s;  // or so it says
    EXPECT_EQ(segmentGrid({encoded, sound}, file, index), unitGrid({25, 1}, 50 * s));
    index.tracks[1].end = 19 * s;
    index.tracks[1].start = 4 * s + s / 2;  // no copied segment without sound
    const auto late = segmentGrid({sound}, file, index), whole = unitGrid({48'000, 1536}, 19 * s);
    EXPECT_EQ(late.front(), (Cut{0, whole[3].to}));
    EXPECT_EQ(late.size() + 3, whole.size());
    EXPECT_TRUE(segmentGrid({}, file, index).empty());
}

TEST(SegmentGrid, NeedsKeyframesOfCopiedPicturesAlone) {
    const core::MediaInfo file = fileOf({pictureStream("h264", 1280, 720), soundStream("aac", 2)});
    MediaIndex ends = indexOf(file, 0.25);
    const MediaIndex whole = ends;
    ends.isWhole = false;
    ends.tracks[0].keyframes.clear();
    const TrackSpec encoded{0, *videoEncoding(file, 0, "h264", 480, false)}, copy{0, CopyEncoding{}},
        sound{1, CopyEncoding{}};
    for (const auto& tracks : {std::vector{encoded}, std::vector{sound}, std::vector{encoded, sound}}) {
        EXPECT_EQ(depthFor(tracks, file), IndexDepth::Soonest);
        EXPECT_EQ(segmentGrid(tracks, file, ends), segmentGrid(tracks, file, whole));
    }
    EXPECT_EQ(depthFor({copy}, file), IndexDepth::Whole);
    EXPECT_EQ(depthFor({copy, sound}, file), IndexDepth::Whole);
}

TEST(PictureGrid, IsKeyframesASecondApart) {
    const core::MediaInfo file = fileOf({pictureStream("h264", 1280, 720), soundStream("aac", 2)});
    const MediaIndex often = indexOf(file, 0.25);
    const auto pictures = pictureGrid({0, CopyEncoding{}}, file, often);
    ASSERT_EQ(pictures.size(), 100u);
    EXPECT_EQ(pictures[7], (Cut{7 * kTicksPerSecond, 8 * kTicksPerSecond}));
    EXPECT_EQ(pictures.back().to, often.duration);
    const TrackSpec encoded{0, *videoEncoding(file, 0, "h264", 480, false)};
    EXPECT_EQ(pictureGrid(encoded, file, often), segmentGrid({encoded}, file, often));
    EXPECT_TRUE(pictureGrid({1, CopyEncoding{}}, file, often).empty());
    EXPECT_TRUE(pictureGrid({7, CopyEncoding{}}, file, often).empty());
}

TEST(SegmentAt, FindsTheSegmentThatPresentsATime) {
    const auto grid = unitGrid({25, 1}, 14 * s);
    EXPECT_EQ(segmentAt(grid, 0), 0u);
    EXPECT_EQ(segmentAt(grid, s - 1), 0u);
    EXPECT_EQ(segmentAt(grid, s), 1u);
    EXPECT_EQ(segmentAt(grid, 13 * s), 5u);
    EXPECT_EQ(segmentAt(grid, 99 * s), 5u);
    EXPECT_EQ(segmentAt(grid, -1), 0u);
}

}  // namespace
}  // namespace marea::server
