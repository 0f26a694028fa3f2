#include <gtest/gtest.h>
#include <algorithm>
#include <cmath>

#include "server/stream/waveformplan.h"
#include "tests/integration/worker/workerfixture.h"

// Sound measured by real workers.
using namespace marea;
using namespace marea::server;
using namespace marea::server::test;
using core::ErrorCode;
using Urgency = SegmentMaker::Urgency;

namespace {

void put(std::string& to, std::uint32_t value, int bytes) {
    for (int i = 0; i < bytes; ++i)
        to += static_cast<char>(value >> (8 * i));
}

// A 997 Hz sine of a tenth of full scale in both channels, as a WAV file; silent from `silentFrom` seconds on.
std::string tone(int seconds, int silentFrom = 1'000, int rate = 48'000) {
    const auto size = static_cast<std::uint32_t>(seconds * rate * 4);
    std::string wav = "RIFF";
    put(wav, 36 + size, 4);
    wav += "WAVEfmt ";
    put(wav, 16, 4);
    put(wav, 1, 2);
    put(wav, 2, 2);
    put(wav, static_cast<std::uint32_t>(rate), 4);
    put(wav, static_cast<std::uint32_t>(rate) * 4, 4);
    put(wav, 4, 2);
    put(wav, 16, 2);
    wav += "data";
    put(wav, size, 4);
    for (int i = 0; i < seconds * rate; ++i) {
        const auto value = static_cast<std::int16_t>(
            i / rate < silentFrom ? std::lrint(3276.8 * std::sin(2 * M_PI * 997 * i / rate)) : 0);
        for (int channel = 0; channel < 2; ++channel)
            put(wav, static_cast<std::uint16_t>(value), 2);
    }
    return wav;
}

core::Result<core::LoudnessPart> measure(PoolUnderTest& test, const std::string& bytes, core::LoudnessWish wish) {
    Waiter<core::LoudnessPart> waiter;
    test.pool.loudness({fileWith(bytes), "tone.wav", "tone"}, wish, Urgency::Batch, waiter.done());
    return waiter.wait();
}

TEST(WorkerSound, IsMeasuredInTheSandbox) {
    PoolUnderTest test;
    const std::string file = tone(6);
    const auto part = measure(test, file, {0, 0, 6000, true});
    ASSERT_TRUE(part) << part.error().detail;
    EXPECT_TRUE(part->isLast);
    ASSERT_EQ(part->energies.size(), 60U);
    core::LoudnessMeter meter;
    meter.add(*part);
    EXPECT_NEAR(meter.result().loudness.value_or(0), -20, 0.05);  // BS.1770-4: 0 dBFS in two channels is 0 LUFS
    EXPECT_NEAR(core::decibelsOf(meter.result().peak), -20, 0.05);
    EXPECT_FALSE(part->fingerprint.empty());
    const auto middle = measure(test, file, {0, 20, 10, false});
    ASSERT_TRUE(middle);
    EXPECT_FALSE(middle->isLast);
    ASSERT_EQ(middle->energies.size(), 10U);
    EXPECT_NEAR(middle->energies[0], part->energies[20], 1e-6);
    EXPECT_TRUE(middle->fingerprint.empty());
}

TEST(WorkerSound, ALoudAndASilentHalfAreSeenInItsWaveform) {
    PoolUnderTest test;
    const auto wishes = waveformWishes(0, 40);
    ASSERT_EQ(wishes.size(), 1U);
    const auto part = measure(test, tone(40, 20), wishes.front());
    ASSERT_TRUE(part) << part.error().detail;
    const auto peaks = waveformPeaks({part->energies});
    ASSERT_EQ(peaks.size(), kWaveformBars);
    EXPECT_TRUE(std::all_of(peaks.begin(), peaks.begin() + 100, [](int peak) { return peak > 240; }));
    EXPECT_TRUE(std::all_of(peaks.begin() + 101, peaks.end(), [](int peak) { return peak < 3; }));
}

TEST(WorkerSound, WhatCannotBeMeasuredIsRefusedInWords) {
    PoolUnderTest test;
    const auto nothing = measure(test, tone(1), {3, 0, 100, false});
    ASSERT_FALSE(nothing);
    EXPECT_FALSE(nothing.error().text.empty());
    EXPECT_FALSE(measure(test, "not a sound at all", {0, 0, 100, true}));
    const auto unbounded = measure(test, tone(1), {0, 0, 1'000'000'000, false});
    ASSERT_FALSE(unbounded);
    EXPECT_EQ(unbounded.error().code, ErrorCode::Invalid);
    EXPECT_EQ(test.pool.status().deaths, 0U);
}

}  // namespace
