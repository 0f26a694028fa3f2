// Measured sound beside ffmpeg's ebur128 and beside fpcalc, on generated files and on the corpus.
#include "server/pipeline/soundmeter.h"

#include <gtest/gtest.h>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <regex>
#include <set>

#include "tests/integration/pipeline/transcodefixture.h"

using namespace marea;
using namespace marea::server;
using namespace marea::server::test;
using core::LoudnessMeter;

namespace {

// In parts of `steps` steps, as the farm asks for them.
LoudnessMeter::Result measured(const std::string& path, std::int64_t steps = 6000, int stream = -1) {
    Film film(path);
    LoudnessMeter meter;
    const int index = stream >= 0 ? stream : film.stream(AVMEDIA_TYPE_AUDIO);
    for (std::int64_t from = 0;; from += steps) {
        const auto part = measureSound(film.source(), film.origin(), {index, from, steps, from == 0});
        EXPECT_TRUE(part) << path << ": " << (part ? "" : part.error().text);
        if (!part)
            break;
        meter.add(*part);
        if (part->isLast)
            break;
        EXPECT_EQ(part->energies.size(), static_cast<std::size_t>(steps));
    }
    return meter.result();
}

struct Reference {
    double loudness = 0, range = 0, peak = 0;
};

std::optional<Reference> ffmpegMeasures(const std::string& path) {
    const Ran ran = run({"ffmpeg", "-nostdin", "-hide_banner", "-i", path, "-map", "0:a:0", "-af",
                         "ebur128=peak=true:framelog=verbose", "-f", "null", "-"});
    const auto number = [&](const char* pattern) -> std::optional<double> {
        std::smatch found;
        const std::string text = ran.err.substr(std::min(ran.err.rfind("Summary:"), ran.err.size()));
        return std::regex_search(text, found, std::regex(pattern)) ? std::optional(std::stod(found[1])) : std::nullopt;
    };
    const auto loudness = number("I: +(-?[0-9.]+) LUFS");
    const auto range = number("LRA: +(-?[0-9.]+) LU");
    const auto peak = number("Peak: +(-?[0-9.]+) dBFS");
    if (ran.code != 0 || !loudness || !range || !peak)
        return std::nullopt;
    return Reference{*loudness, *range, *peak};
}

std::string fpcalcText(const std::string& path) {
    const Ran ran = run({"fpcalc", "-plain", path});
    return ran.out.substr(0, ran.out.find('\n'));
}

std::string speechAndMusic(int rate) {
    return "aevalsrc='0.4*sin(2*PI*220*t)*(0.05+abs(sin(t/3)))+0.2*(random(0)-0.5)*lt(mod(t\\,11)\\,4)"
           "|0.3*sin(2*PI*1500*t)*abs(cos(t/5))+0.1*(random(1)-0.5)':s=" +
           std::to_string(rate) + ":d=21";
}

class SoundMeter : public testing::Test {
protected:
    std::string made(const std::string& name, const std::vector<std::string>& options, int rate = 48'000) {
        const auto source = folder_ / (std::to_string(rate) + ".wav");
        if (!std::filesystem::exists(source) && !makeMedia(source, {"-f", "lavfi", "-i", speechAndMusic(rate)}))
            return {};
        std::vector<std::string> arguments{"-i", source};
        arguments.insert(arguments.end(), options.begin(), options.end());
        return makeMedia(folder_ / name, arguments) ? folder_ / name : std::string();
    }
    Folder folder_;
};

#define SKIP_WITHOUT(path) \
    if ((path).empty())    \
    GTEST_SKIP() << "no ffmpeg command, or not this encoder"

}  // namespace

TEST_F(SoundMeter, MeasuresWhatFfmpegMeasures) {
    struct Case {
        const char* name;
        int rate;
        std::vector<std::string> options;
    };
    const Case cases[] = {{"a.flac", 44'100, {}},
                          {"a.wav", 96'000, {"-c:a", "pcm_s24le"}},
                          {"a.mp3", 44'100, {"-b:a", "192k"}},
                          {"a.m4a", 48'000, {"-b:a", "192k"}},
                          {"a.opus", 48'000, {"-b:a", "128k"}},
                          {"mono.ogg", 22'050, {"-ac", "1"}},
                          {"odd.wav", 11'025, {}},
                          {"six.flac", 48'000, {"-af", "pan=5.1|FL=c0|FR=c1|FC=0.5*c0|LFE=c1|BL=0.7*c1|BR=0.6*c0"}}};
    for (const Case& one : cases) {
        const auto path = made(one.name, one.options, one.rate);
        SKIP_WITHOUT(path);
        const auto reference = ffmpegMeasures(path);
        ASSERT_TRUE(reference) << one.name;
        const auto ours = measured(path);
        EXPECT_NEAR(ours.loudness.value_or(0), reference->loudness, 0.1) << one.name;
        EXPECT_NEAR(ours.range.value_or(0), reference->range, 0.5) << one.name;
        EXPECT_NEAR(core::decibelsOf(ours.peak), reference->peak, 0.3) << one.name;
        EXPECT_NEAR(ours.seconds, 21, 0.3) << one.name;
    }
}

TEST_F(SoundMeter, PartsGiveWhatTheWholeGives) {
    for (const char* name : {"a.flac", "a.mp3", "a.mka"}) {
        const auto path = made(name, {});
        SKIP_WITHOUT(path);
        const auto whole = measured(path);
        const auto parts = measured(path, 97);
        EXPECT_NEAR(parts.loudness.value_or(0), whole.loudness.value_or(1), 0.01) << name;
        EXPECT_NEAR(parts.range.value_or(0), whole.range.value_or(1), 0.05) << name;
        EXPECT_NEAR(core::decibelsOf(parts.peak), core::decibelsOf(whole.peak), 0.05) << name;
        EXPECT_EQ(parts.seconds, whole.seconds) << name;
    }
}

TEST_F(SoundMeter, SilenceAndGapsAreNoSound) {
    const auto path = folder_ / "silent.flac";
    if (!makeMedia(path, {"-f", "lavfi", "-i", "anullsrc=r=44100:d=5"}))
        GTEST_SKIP() << "no ffmpeg command";
    const auto silent = measured(path);
    EXPECT_FALSE(silent.loudness);
    EXPECT_EQ(silent.peak, 0);
    // A sound of which a part is missing: as loud, for silence is gated.
    const auto gap = folder_ / "gap.mka";
    if (!makeMedia(
            gap, {"-f", "lavfi", "-i", "sine=1000:r=48000:d=30", "-c:a", "flac", "-af", "aselect='lt(t,10)+gt(t,20)'"}))
        GTEST_SKIP() << "no ffmpeg command";
    const auto holed = measured(gap);
    EXPECT_NEAR(holed.seconds, 30, 0.3);
    EXPECT_NEAR(holed.loudness.value_or(0), ffmpegMeasures(gap).value_or(Reference{}).loudness, 0.1);
}

TEST_F(SoundMeter, SixChannelsMayBeLouderThroughTwoLoudspeakers) {
    const auto path = made("six.flac", {"-af", "pan=5.1|FL=c0|FR=c0|FC=c0|LFE=0*c0|BL=c0|BR=c0"});
    SKIP_WITHOUT(path);
    const auto result = measured(path);
    EXPECT_NEAR(result.stereoPeak / result.peak, 1 + 2 * std::sqrt(0.5), 0.02);
    const auto two = made("two.flac", {});
    const auto plain = measured(two);
    EXPECT_EQ(plain.stereoPeak, plain.peak);
}

TEST_F(SoundMeter, FingerprintsAreThoseOfFpcalc) {
    if (run({"fpcalc", "-version"}).code == 127)
        GTEST_SKIP() << "no fpcalc (libchromaprint-tools)";
    for (const char* name : {"a.flac", "a.wav", "a.mp3", "a.opus", "a.m4a"}) {
        const auto path = made(name, {}, name == std::string("a.opus") ? 48'000 : 44'100);
        SKIP_WITHOUT(path);
        const auto ours = measured(path).fingerprint;
        EXPECT_GT(ours.size(), 100U) << name;
        EXPECT_EQ(ours, fpcalcText(path)) << name;
    }
    const auto shortest = folder_ / "short.flac";
    ASSERT_TRUE(makeMedia(shortest, {"-f", "lavfi", "-i", "sine=1000:r=48000:d=0.5"}));
    EXPECT_EQ(measured(shortest).fingerprint, "");
}

TEST_F(SoundMeter, TheCorpusMeasuresAsWithFfmpeg) {
    const char* root = std::getenv("MAREA_TEST_MEDIA");
    if (!root || !*root)
        GTEST_SKIP() << "MAREA_TEST_MEDIA names no corpus";
    // ffmpeg plays the garbage before an MP3, and leaves out the half second before the first frame of the other.
    const std::set<std::string> differs{"mp3-100kB-garbage-prefix.mp3", "lossless.wma", "eac3-51.mp4"};
    int compared = 0;
    for (const auto& entry : std::filesystem::directory_iterator(std::string(root) + "/audio")) {
        const auto reference = ffmpegMeasures(entry.path());
        // What has no block, or hardly one, is silence for one of the two.
        if (!reference || reference->loudness < -69 || differs.contains(entry.path().filename()))
            continue;
        const auto ours = measured(entry.path());
        std::printf("%-32s I %6.2f (%6.1f)  LRA %5.2f (%5.1f)  peak %6.2f (%6.1f)\n", entry.path().filename().c_str(),
                    ours.loudness.value_or(-70), reference->loudness, ours.range.value_or(0), reference->range,
                    core::decibelsOf(ours.peak), reference->peak);
        ++compared;
        EXPECT_NEAR(ours.loudness.value_or(-70), reference->loudness, 0.2) << entry.path();
        EXPECT_NEAR(core::decibelsOf(ours.peak), reference->peak, 0.5) << entry.path();
    }
    EXPECT_GT(compared, 10);
}

TEST_F(SoundMeter, WhatIsNoSoundIsRefused) {
    const auto path = made("a.flac", {});
    SKIP_WITHOUT(path);
    Film film(path);
    EXPECT_FALSE(measureSound(film.source(), film.origin(), {7, 0, 10, false}));
    const auto beyond = measureSound(film.source(), film.origin(), {0, 100'000, 10, false});
    ASSERT_TRUE(beyond);
    EXPECT_TRUE(beyond->isLast);
    EXPECT_TRUE(beyond->energies.empty());
}
