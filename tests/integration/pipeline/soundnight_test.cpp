// What the night profile and the limiter behind a mix make of a sound, and that segments made apart join without a
// seam.
#include <gtest/gtest.h>
#include <algorithm>
#include <cmath>
#include <random>

#include "server/pipeline/nightcompressor.h"
#include "server/pipeline/peaklimiter.h"
#include "tests/integration/pipeline/transcodefixture.h"
#include "tests/integration/pipeline/transcodejudge.h"

using namespace marea::server;
using namespace marea::server::test;

namespace {

constexpr int kRate = 48'000;
using Planes = std::vector<std::vector<float>>;

Planes tone(double decibels, int seconds, std::size_t channels = 2) {
    const double amplitude = std::pow(10, decibels / 20) * (channels == 1 ? std::sqrt(2) : 1);
    Planes planes(channels);
    for (int i = 0; i < seconds * kRate; ++i) {
        for (auto& plane : planes)
            plane.push_back(static_cast<float>(amplitude * std::sin(i * 0.05)));
    }
    return planes;
}

double levelAt(const Planes& planes, double second) {
    const auto from = planes[0].begin() + static_cast<std::ptrdiff_t>(second * kRate);
    double sum = 0;
    for (auto at = from; at != from + kRate / 2; ++at)
        sum += *at * *at;
    return 10 * std::log10(sum / (kRate / 2) * static_cast<double>(planes.size()) + 1e-12);
}

Planes noise(int seconds) {
    std::mt19937 random(7);
    std::normal_distribution<float> normal;
    Planes planes(2);
    for (int i = 0; i < seconds * kRate; ++i) {
        const float loud = 0.02F + 0.4F * static_cast<float>(std::pow(std::sin(i / 30'000.0), 8));
        for (auto& plane : planes)
            plane.push_back(loud * normal(random) * (i % 100'000 < 30 ? 5.0F : 1.0F));  // clicks
    }
    return planes;
}

Planes slice(const Planes& all, std::int64_t from, std::int64_t count) {
    Planes part;
    for (const auto& plane : all)
        part.emplace_back(plane.begin() + from, plane.begin() + from + count);
    return part;
}

}  // namespace

TEST(NightCompressor, BringsLoudAndQuietTogether) {
    for (const auto& [in, out] : {std::pair(-20.0, -20.0), std::pair(-8.0, -16.0), std::pair(-32.0, -24.0),
                                  std::pair(-47.0, -35.0), std::pair(-80.0, -80.0)}) {
        Planes planes = tone(in, 4);
        NightCompressor(kRate).apply(planes);
        EXPECT_NEAR(levelAt(planes, 1.5), out, 0.2) << in;
    }
}

namespace {

template <class Shaper>
void expectPeaksBelow(double decibels) {
    const Shaper shaper(kRate);
    Planes planes = noise(12);
    shaper.apply(planes);
    const auto edge = static_cast<std::ptrdiff_t>(shaper.reach());
    for (const auto& plane : planes) {
        const auto [least, most] = std::minmax_element(plane.begin() + edge, plane.end() - edge);
        EXPECT_LE(std::max(-*least, *most), std::pow(10, decibels / 20) + 1e-4);
        EXPECT_GE(std::max(-*least, *most), std::pow(10, decibels / 20) - 0.2);
    }
}

template <class Shaper>
void expectPartsToBeTheWhole() {
    const Shaper shaper(kRate);
    const Planes all = noise(20);
    Planes whole = all;
    shaper.apply(whole);
    EXPECT_FALSE(whole == all);
    for (const std::int64_t at : {100'000, 310'007, 700'001}) {
        constexpr std::int64_t count = 48'123;
        const std::int64_t from = shaper.pieceBefore(at - shaper.reach());
        Planes part = slice(all, from, count + 2 * shaper.reach() + (at - shaper.reach() - from));
        shaper.apply(part);
        const Planes expected = slice(whole, at, count), got = slice(part, at - from, count);
        EXPECT_TRUE(got == expected) << at;
    }
}

}  // namespace

TEST(NightCompressor, KeepsPeaksBelowItsCeiling) {
    expectPeaksBelow<NightCompressor>(-1.5);
}

TEST(PeakLimiter, KeepsPeaksBelowItsCeiling) {
    expectPeaksBelow<PeakLimiter>(-1);
}

TEST(PeakLimiter, LeavesAloneWhatIsBelow) {
    Planes planes = tone(0, 4);
    for (auto& plane : planes) {
        std::transform(plane.begin(), plane.end(), plane.begin(), [](float value) { return value * 0.89F; });
        plane[static_cast<std::size_t>(kRate)] = 1.9F;
    }
    const Planes before = planes;
    PeakLimiter(kRate).apply(planes);
    EXPECT_LE(planes[0][kRate], 0.892F);
    const std::int64_t far = PeakLimiter(kRate).reach() + kRate / kSoundPiecesPerSecond;
    EXPECT_TRUE(slice(planes, 0, kRate - far) == slice(before, 0, kRate - far));
    EXPECT_TRUE(slice(planes, kRate + far, kRate) == slice(before, kRate + far, kRate));
}

TEST(PeakLimiter, PartsAreSampleForSampleTheWhole) {
    expectPartsToBeTheWhole<PeakLimiter>();
}

TEST(NightCompressor, PartsAreSampleForSampleTheWhole) {
    expectPartsToBeTheWhole<NightCompressor>();
    const NightCompressor night(kRate);
    EXPECT_EQ(night.pieceBefore(-1), -480);
    EXPECT_EQ(night.pieceBefore(-480), -480);
    EXPECT_EQ(night.pieceBefore(479), 0);
}

class NightSegments : public testing::Test {
protected:
    // Of two channels: whispers, shouts, and a step in between.
    std::string sound(const std::string& name, const std::vector<std::string>& options) {
        std::vector<std::string> arguments{
            "-f", "lavfi", "-i",
            "aevalsrc='(0.01+0.6*gt(mod(t\\,5)\\,3.7))*sin(2*PI*(300+20*t)*t)+0.02*(random(0)-0.5)"
            "|(0.01+0.5*gt(mod(t\\,7)\\,4))*sin(2*PI*500*t)':s=44100:d=13"};
        arguments.insert(arguments.end(), options.begin(), options.end());
        return makeMedia(folder_ / name, arguments) ? folder_ / name : std::string();
    }
    std::vector<float> made(const std::string& path, const AudioEncoding& encoding, const std::vector<Cut>& cuts) {
        Film film(path);
        const std::string out = folder_ / "made.mp4";
        writeFile(out, wholeAudio(film, encoding, cuts));
        return channelOf(out, 0);
    }
    Folder folder_;
};

// One segment of the whole title is the continuous run. AAC without substituted noise, which a decoder makes at random.
TEST_F(NightSegments, JoinAsOneContinuousRun) {
    AudioEncoding encoding;
    encoding.codec = "flac";
    encoding.sampleRate = 44'100;
    encoding.gain = -2.5;
    encoding.night = true;
    const Ticks end = 13 * kTicksPerSecond;
    for (const auto& [name, options] : {std::pair<const char*, std::vector<std::string>>{"a.flac", {}},
                                        {"a.mp3", {"-b:a", "192k"}},
                                        {"a.mka", {"-c:a", "aac", "-aac_pns", "0"}}}) {
        const auto path = sound(name, options);
        if (path.empty())
            GTEST_SKIP() << "no ffmpeg command, or not this encoder";
        const auto cuts = unitGrid(audioFrameRate(encoding.codec, encoding.sampleRate), end);
        ASSERT_GT(cuts.size(), 3U);
        const auto segments = made(path, encoding, cuts);
        Cut whole = cuts.front();
        whole.to = cuts.back().to;
        const auto run = made(path, encoding, {whole});
        ASSERT_EQ(segments.size(), run.size()) << name;
        float worst = 0;
        for (std::size_t i = 0; i < run.size(); ++i)
            worst = std::max(worst, std::abs(segments[i] - run[i]));
        EXPECT_LE(worst, 1.01F / 32'768) << name;  // the last bit, which rounds
        EXPECT_GT(*std::max_element(run.begin(), run.end()), 0.05F) << name;
    }
}

// All channels of 5.1 as loud as they can be, and soft in between.
TEST_F(NightSegments, MixedFromManyChannelsDoNotClip) {
    const std::string path = folder_ / "six.flac";
    if (!makeMedia(
            path, {"-f", "lavfi", "-i",
                   "aevalsrc='0.99*(0.1+0.9*gt(mod(t\\,4)\\,3))*sin(2*PI*440*t)':s=48000:d=9,pan=5.1|c0=c0|c1=c0|c2=c0|"
                   "c3=c0|c4=c0|c5=c0"}))
        GTEST_SKIP() << "no ffmpeg command";
    AudioEncoding encoding;
    encoding.codec = "flac";
    const auto cuts = unitGrid(audioFrameRate(encoding.codec, encoding.sampleRate), 9 * kTicksPerSecond);
    const auto segments = made(path, encoding, cuts);
    Cut whole = cuts.front();
    whole.to = cuts.back().to;
    const auto run = made(path, encoding, {whole});
    EXPECT_TRUE(segments == run);
    const auto loudest = [&](double from, double to) {
        return *std::max_element(run.begin() + static_cast<std::ptrdiff_t>(from * kRate),
                                 run.begin() + static_cast<std::ptrdiff_t>(to * kRate));
    };
    EXPECT_NEAR(loudest(3.3, 3.8), std::pow(10, -1.0 / 20), 0.01);
    EXPECT_NEAR(loudest(1, 2), 0.099 * (1 + 2 * std::sqrt(0.5)), 0.01) << "as loud as it is mixed";
}
