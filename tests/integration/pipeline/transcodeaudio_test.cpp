#include <gtest/gtest.h>
#include <algorithm>
#include <cmath>

#include "tests/integration/pipeline/transcodefixture.h"
#include "tests/integration/pipeline/transcodejudge.h"

using namespace marea::server;
using namespace marea::server::test;

namespace {

AudioEncoding encodingOf(const char* codec, int channels = 2) {
    AudioEncoding encoding;
    encoding.codec = codec;
    encoding.channels = channels;
    encoding.bitrate = 128'000;
    return encoding;
}

std::vector<Cut> cutsOf(const AudioEncoding& encoding, Ticks end) {
    return unitGrid(audioFrameRate(encoding.codec, encoding.sampleRate), end);
}

constexpr std::size_t kLeadIn = 1024;  // samples of AAC before the title's start

// Of the first channel, from the title's start on.
std::vector<float> heard(const std::string& path, const char* codec) {
    auto samples = channelOf(path, 0);
    if (std::string(codec) == "aac")
        samples.erase(samples.begin(), samples.begin() + std::min<std::ptrdiff_t>(kLeadIn, std::ssize(samples)));
    return samples;
}

double power(const std::vector<float>& a, const std::vector<float>& b, std::size_t from, std::size_t count) {
    double sum = 0;
    for (std::size_t i = from; i < from + count; ++i)
        sum += (a[i] - b[i]) * (a[i] - b[i]);
    return sum / static_cast<double>(count) + 1e-12;
}

// Chords, a sweep and noise: something for every band, that never repeats.
const char* const music =
    "aevalsrc='0.2*sin(2*PI*220*t)+0.15*sin(2*PI*(330+40*sin(t))*t)+0.1*sin(2*PI*(900+200*t)*t)+0.05*(random(0)-0.5)"
    "|0.2*sin(2*PI*277*t)+0.1*sin(2*PI*(1400+90*t)*t)+0.05*(random(1)-0.5)'";

}  // namespace

class AudioTranscode : public testing::Test {
protected:
    std::string sound(const std::string& name, int rate, double seconds, const std::vector<std::string>& options) {
        std::vector<std::string> arguments{
            "-f", "lavfi", "-i", std::string(music) + ":s=" + std::to_string(rate) + ":d=" + std::to_string(seconds)};
        arguments.insert(arguments.end(), options.begin(), options.end());
        return makeMedia(folder_ / name, arguments) ? folder_ / name : std::string();
    }
    std::string transcode(const std::string& path, const AudioEncoding& encoding, Ticks end) {
        Film film(path);
        const std::string out = folder_ / (encoding.codec + ".mp4");
        writeFile(out, wholeAudio(film, encoding, cutsOf(encoding, end)));
        return out;
    }
    Folder folder_;
};

#define SKIP_WITHOUT(path) \
    if ((path).empty())    \
    GTEST_SKIP() << "no ffmpeg command, or not this encoder"

TEST_F(AudioTranscode, LosslessSegmentsJoinToTheSource) {
    const auto path = sound("a.wav", 48'000, 9, {});
    SKIP_WITHOUT(path);
    const auto source = channelOf(path, 0);
    const auto made = channelOf(transcode(path, encodingOf("flac"), 9 * kTicksPerSecond), 0);
    ASSERT_GE(made.size(), source.size());
    for (std::size_t i = 0; i < source.size(); ++i)
        ASSERT_EQ(made[i], source[i]) << "sample " << i;
}

TEST_F(AudioTranscode, FramesAreOnTheGridWithoutAGap) {
    const auto path = sound("a.mp3", 44'100, 9, {"-b:a", "192k"});
    SKIP_WITHOUT(path);
    for (const char* codec : {"aac", "opus", "flac"}) {
        const AudioEncoding encoding = encodingOf(codec);
        const auto packets = packetsOf(transcode(path, encoding, 9 * kTicksPerSecond), "a");
        const Rational rate = audioFrameRate(codec, 48'000);
        const int lead = std::string(codec) == "aac" ? 1 : 0;
        ASSERT_EQ(packets.size(), static_cast<std::size_t>(firstUnit(9 * kTicksPerSecond, rate) + lead)) << codec;
        for (int i = 0; i < std::ssize(packets); ++i)
            ASSERT_NEAR(packets[static_cast<std::size_t>(i)].pts - 10,
                        static_cast<double>(i - lead) * rate.den / rate.num, 2e-5)
                << codec << " " << i;
    }
}

// Resampled from 44.1 kHz: cut or in one piece, the samples are the same ones.
TEST_F(AudioTranscode, ResamplingLeavesNoSeam) {
    for (const char* name : {"a.flac", "a.mka", "a.m4a"}) {
        // Without noise substitution, for which decoders invent the noise.
        const auto path = sound(
            name, 44'100, 9,
            std::string(name) == "a.m4a" ? std::vector<std::string>{"-aac_pns", "0"} : std::vector<std::string>{});
        SKIP_WITHOUT(path);
        const AudioEncoding encoding = encodingOf("flac");
        const auto cut = channelOf(transcode(path, encoding, 9 * kTicksPerSecond), 0);
        Film film(path);
        writeFile(folder_ / "one.mp4", wholeAudio(film, encoding, {{0, 9 * kTicksPerSecond}}));
        const auto one = channelOf(folder_ / "one.mp4", 0);
        ASSERT_EQ(cut.size(), one.size()) << name;
        for (std::size_t i = 0; i < one.size(); ++i)
            ASSERT_NEAR(cut[i], one[i], 4e-5) << name << " sample " << i;
    }
}

TEST_F(AudioTranscode, WhatIsHeardComesAtItsTime) {
    const auto path = sound("a.wav", 48'000, 7, {});
    SKIP_WITHOUT(path);
    const auto source = channelOf(path, 0);
    for (const char* codec : {"aac", "opus"}) {
        const auto made = heard(transcode(path, encodingOf(codec), 7 * kTicksPerSecond), codec);
        ASSERT_GE(made.size(), source.size()) << codec;
        double signal = 0;
        for (std::size_t i = 48'000; i < 5 * 48'000; ++i)
            signal += source[i] * source[i];
        signal /= 4 * 48'000;
        EXPECT_GT(10 * std::log10(signal / power(made, source, 48'000, 4 * 48'000)), 15) << codec;
    }
}

// The first frame of AAC has only half of what it presents; the other half is in one before it.
TEST_F(AudioTranscode, AacIsThereFromTheFirstSample) {
    const std::string path = folder_ / "a.wav";
    if (!makeMedia(path, {"-f", "lavfi", "-i", "aevalsrc='0.5*cos(2*PI*440*t)':s=48000:d=2"}))
        GTEST_SKIP() << "no ffmpeg command";
    const auto source = channelOf(path, 0);
    const auto made = heard(transcode(path, encodingOf("aac", 1), 2 * kTicksPerSecond), "aac");
    ASSERT_GE(made.size(), source.size());
    // Louder than any fade of 21 ms lets it be, and no noisier than later.
    EXPECT_LT(power(made, source, 32, 480), power(std::vector<float>(512), source, 32, 480) / 8);
    EXPECT_LT(power(made, source, 1024, 1024), power(std::vector<float>(2048), source, 1024, 1024) / 30);
}

TEST_F(AudioTranscode, NoSeamIsThreeDecibelsNoisierThanAContinuousEncode) {
    const auto path = sound("a.wav", 48'000, 30, {});
    SKIP_WITHOUT(path);
    const auto source = channelOf(path, 0);
    const AudioEncoding encoding = encodingOf("aac");
    const auto cuts = cutsOf(encoding, 30 * kTicksPerSecond);
    const auto cut = heard(transcode(path, encoding, 30 * kTicksPerSecond), "aac");
    Film film(path);
    writeFile(folder_ / "one.mp4", wholeAudio(film, encoding, {{0, 30 * kTicksPerSecond}}));
    const auto one = heard(folder_ / "one.mp4", "aac");
    ASSERT_EQ(cut.size(), one.size());
    double worst = 0;
    for (std::size_t i = 1; i < cuts.size(); ++i) {
        const auto at = static_cast<std::size_t>(cuts[i].from * 48'000 / kTicksPerSecond);
        if (at + 4096 > source.size())
            continue;
        const double worse = 10 * std::log10(power(cut, source, at - 2048, 4096) / power(one, source, at - 2048, 4096));
        worst = std::max(worst, worse);
    }
    RecordProperty("worst_seam_millidecibels", static_cast<int>(worst * 1000));
    EXPECT_LE(worst, 3);
}

TEST_F(AudioTranscode, TheSameBytesInWhateverOrder) {
    const auto path = sound("a.mka", 44'100, 13, {"-c:a", "aac"});
    SKIP_WITHOUT(path);
    Film film(path);
    for (const char* codec : {"aac", "opus", "flac", "mp3"}) {
        const AudioEncoding encoding = encodingOf(codec);
        const auto cuts = cutsOf(encoding, 13 * kTicksPerSecond);
        const auto inOrder = film.audio(), reverse = film.audio();
        std::vector<std::string> segments;
        for (std::size_t i = 0; i < cuts.size(); ++i)
            segments.push_back(audioSegment(*inOrder, encoding, cuts[i], 0));
        for (std::size_t i = cuts.size(); i-- > 0;)
            EXPECT_TRUE(audioSegment(*reverse, encoding, cuts[i], 0) == segments[i]) << codec << " reverse " << i;
        EXPECT_TRUE(audioSegment(*film.audio(), encoding, cuts[2], 0) == segments[2]) << codec << " alone";
    }
}

TEST_F(AudioTranscode, SurroundIsMixedDownByTheBook) {
    // Front left 0.1 at 300 Hz, centre 0.2 at 500 Hz, back left 0.2 at 700 Hz, and a low-frequency channel.
    const std::string path = folder_ / "a.wav";
    if (!makeMedia(path, {"-f", "lavfi", "-i",
                          "aevalsrc='0.1*sin(600*PI*t)|0|0.2*sin(1000*PI*t)|0.5*sin(100*PI*t)|0.2*sin(1400*PI*t)|0':"
                          "c=5.1(side):s=48000:d=2"}))
        GTEST_SKIP() << "no ffmpeg command, or not this encoder";
    const auto left = channelOf(transcode(path, encodingOf("flac"), 2 * kTicksPerSecond), 0);
    ASSERT_GT(left.size(), 90'000U);
    const auto tone = [&](double hertz) {
        double s = 0, c = 0;
        for (std::size_t i = 0; i < 48'000; ++i) {
            s += left[i] * std::sin(2 * M_PI * hertz * static_cast<double>(i) / 48'000);
            c += left[i] * std::cos(2 * M_PI * hertz * static_cast<double>(i) / 48'000);
        }
        return std::hypot(s, c) / 24'000;
    };
    EXPECT_NEAR(tone(300), 0.1, 0.001);
    EXPECT_NEAR(tone(500), 0.1414, 0.001);
    EXPECT_NEAR(tone(700), 0.1414, 0.001);
    EXPECT_NEAR(tone(50), 0, 0.001);
}

TEST_F(AudioTranscode, MonoIsAsLoudInStereoAndGainIsApplied) {
    const std::string path = folder_ / "a.wav";
    if (!makeMedia(path, {"-f", "lavfi", "-i", "aevalsrc='0.25*sin(600*PI*t)':s=48000:d=1"}))
        GTEST_SKIP() << "no ffmpeg command, or not this encoder";
    AudioEncoding encoding = encodingOf("flac");
    const auto peak = [](const std::vector<float>& samples) {
        return samples.empty() ? 0 : *std::max_element(samples.begin(), samples.end());
    };
    EXPECT_NEAR(peak(channelOf(transcode(path, encoding, kTicksPerSecond), 1)), 0.25, 0.001);
    encoding.gain = -6.0206;
    EXPECT_NEAR(peak(channelOf(transcode(path, encoding, kTicksPerSecond), 1)), 0.125, 0.001);
}
