#include "server/packaging/bandwidth.h"

#include <gtest/gtest.h>

#include <limits>
#include <random>

#include "tests/unit/packaging/samples.h"

namespace marea::server {
namespace {

TrackIndex indexed(std::vector<Keyframe> keyframes, Ticks end) {
    return {0, core::StreamKind::Video, "h264", "avc1.640028", 0, end, {25, 1}, std::move(keyframes), 0};
}

Bandwidth copied(const TrackIndex& track, const std::vector<Cut>& cuts) {
    const auto file = fileOf({pictureStream("h264", 1280, 720)});
    return bandwidthOf({0, CopyEncoding{}}, file.streams[0], track, file, cuts, false);
}

// RFC 8216, 4.3.4.2, in plain words.
double peak(const std::vector<double>& bits, const std::vector<Cut>& cuts) {
    double most = 0;
    const double target = static_cast<double>(targetDuration(cuts));
    for (std::size_t from = 0; from < cuts.size(); ++from) {
        double sum = 0;
        for (std::size_t to = from; to < cuts.size(); ++to) {
            sum += bits[to];
            const double time = toSeconds(cuts[to].to - cuts[from].from);
            if (time >= target / 2 && time <= target * 1.5) {
                most = std::max(most, sum / time);
            }
        }
    }
    return most;
}

TEST(Bandwidths, OfCopiesHoldForEveryRunOfSegments) {
    std::mt19937 random(17);
    for (int round = 0; round < 200; ++round) {
        std::vector<Keyframe> keyframes;
        Ticks at = 0;
        for (unsigned n = 1 + random() % 60; n > 0; --n) {
            keyframes.push_back({at, static_cast<std::int64_t>(random() % 4'000'000)});
            at += 9000 + static_cast<Ticks>(random() % 500'000);
        }
        const auto cuts = keyframeGrid(keyframes, at);
        std::vector<double> bits(cuts.size(), 0);
        double all = 0;
        for (const Keyframe& keyframe : keyframes) {
            bits[segmentAt(cuts, keyframe.at)] += 8.0 * static_cast<double>(keyframe.bytes);
            all += 8.0 * static_cast<double>(keyframe.bytes);
        }
        const Bandwidth got = copied(indexed(keyframes, at), cuts);
        const double most = std::max(peak(bits, cuts), all / toSeconds(at));
        EXPECT_GE(static_cast<double>(got.peak), most);
        EXPECT_LE(static_cast<double>(got.peak), most * 1.02 + 20'000);
        EXPECT_GE(static_cast<double>(got.average), all / toSeconds(at));
        EXPECT_GE(got.peak, got.average);
    }
}

TEST(Bandwidths, OfEncodingsAreThoseTheyKeepTo) {
    auto file = fileOf({pictureStream("h264", 1280, 720), soundStream("flac", 2)});
    const MediaIndex index = indexOf(file);
    const auto cuts = unitGrid({25, 1}, 10 * kTicksPerSecond);
    VideoEncoding video;
    video.bitrate = 5'000'000;
    const auto mp4 = bandwidthOf({0, video}, file.streams[0], index.tracks[0], file, cuts, false);
    EXPECT_GE(mp4.peak, 5'000'000);
    EXPECT_LT(mp4.peak, 5'500'000);
    EXPECT_GT(bandwidthOf({0, video}, file.streams[0], index.tracks[0], file, cuts, true).peak, mp4.peak);
    EXPECT_GE(bandwidthOf({0, video}, file.streams[0], index.tracks[0], file, {{0, 9000}}, false).peak, 50'000'000)
        << "a tenth of a second has a whole picture in it";
    const AudioEncoding aac{"aac", 2, 48'000, 192'000, 0}, flac{"flac", 2, 48'000, 0, 0};
    EXPECT_GE(bandwidthOf({1, aac}, file.streams[1], index.tracks[1], file, cuts, false).peak, 192'000);
    EXPECT_GE(bandwidthOf({1, flac}, file.streams[1], index.tracks[1], file, cuts, false).peak, 48'000 * 2 * 16);
}

TEST(Bandwidths, StandHostileNumbers) {
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    auto file = fileOf({pictureStream("h264", 1280, 720), soundStream("aac", 2)}, most);
    file.streams[1].bitrate = most;
    MediaIndex index = indexOf(file);
    for (Keyframe& keyframe : index.tracks[0].keyframes) {
        keyframe.bytes = most;
    }
    index.tracks[1].bitrate = most;
    const auto cuts = unitGrid({25, 1}, 10 * kTicksPerSecond);
    for (const int stream : {0, 1}) {
        const auto at = static_cast<std::size_t>(stream);
        const auto got = bandwidthOf({stream, CopyEncoding{}}, file.streams[at], index.tracks[at], file, cuts, true);
        EXPECT_GT(got.peak, 0);
        EXPECT_GE(got.peak, got.average);
    }
    EXPECT_GT(copied(indexed({{0, 0}}, kTicksPerSecond), {{0, kTicksPerSecond}}).peak, 0) << "nothing is known";
}

}  // namespace
}  // namespace marea::server
