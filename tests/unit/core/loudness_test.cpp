#include "core/media/loudness.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace marea::core;

namespace {

// Seconds of an even loudness.
LoudnessPart even(double loudness, double seconds) {
    LoudnessPart part;
    part.energies.assign(static_cast<std::size_t>(seconds * kLoudnessStepsPerSecond), energyOf(loudness));
    return part;
}

LoudnessMeter::Result measured(const std::vector<LoudnessPart>& parts) {
    LoudnessMeter meter;
    for (const LoudnessPart& part : parts) {
        meter.add(part);
    }
    return meter.result();
}

TEST(Loudness, OfAnEvenSoundIsItsOwn) {
    const auto result = measured({even(-23, 20)});
    EXPECT_NEAR(result.loudness.value(), -23, 1e-9);
    EXPECT_NEAR(result.range.value(), 0, 1e-9);
    EXPECT_DOUBLE_EQ(result.seconds, 20);
}

TEST(Loudness, SilenceHasNone) {
    EXPECT_FALSE(measured({LoudnessPart{std::vector<double>(100, 0.0), 0, 0, true, ""}}).loudness);
    EXPECT_FALSE(measured({even(-71, 20)}).loudness);
    EXPECT_FALSE(measured({even(-23, 0.3)}).loudness);  // not one block
    EXPECT_FALSE(measured({even(-23, 2.9)}).range);     // nothing of three seconds
    EXPECT_TRUE(measured({even(-23, 0.4)}).loudness);
}

// EBU Tech 3341, cases 3 to 5: what is quieter than the gates counts for nothing.
TEST(Loudness, QuietPartsAreGated) {
    EXPECT_NEAR(measured({even(-36, 10), even(-23, 60), even(-36, 10)}).loudness.value(), -23, 0.1);
    EXPECT_NEAR(measured({even(-72, 10), even(-36, 10), even(-23, 60), even(-36, 10), even(-72, 10)}).loudness.value(),
                -23, 0.1);
    EXPECT_NEAR(measured({even(-26, 20), even(-20, 20.1), even(-26, 20)}).loudness.value(), -23, 0.1);
}

// EBU Tech 3342, cases 1 to 4.
TEST(Loudness, TheRangeIsBetweenPercentiles) {
    EXPECT_NEAR(measured({even(-20, 20), even(-30, 20)}).range.value(), 10, 1);
    EXPECT_NEAR(measured({even(-20, 20), even(-15, 20)}).range.value(), 5, 1);
    EXPECT_NEAR(measured({even(-40, 20), even(-20, 20)}).range.value(), 20, 1);
    EXPECT_NEAR(measured({even(-50, 20), even(-35, 20), even(-20, 20), even(-35, 20), even(-50, 20)}).range.value(), 15,
                1);
}

TEST(Loudness, PartsAddUpToTheWhole) {
    LoudnessPart whole, first, second;
    for (int i = 0; i < 400; ++i) {
        const double energy = energyOf(-20 + 8 * std::sin(i / 17.0));
        whole.energies.push_back(energy);
        (i < 137 ? first : second).energies.push_back(energy);
    }
    first.peak = 0.5;
    first.fingerprint = "AQAA";
    second.peak = 0.75;
    second.stereoPeak = 0.9;
    const auto parts = measured({first, second});
    EXPECT_DOUBLE_EQ(parts.loudness.value(), measured({whole}).loudness.value());
    EXPECT_DOUBLE_EQ(parts.range.value(), measured({whole}).range.value());
    EXPECT_EQ(parts.peak, 0.75);
    EXPECT_EQ(parts.stereoPeak, 0.9);
    EXPECT_EQ(parts.fingerprint, "AQAA");
}

// Neither the mean of the tracks' loudness nor that of their energies: a quiet track falls under the album's gate.
TEST(Loudness, AnAlbumIsGatedOverTheBlocksOfAllTracks) {
    GatingBlocks album;
    album.add(measured({even(-14, 200)}).blocks);
    album.add(measured({even(-16, 100)}).blocks);
    album.add(measured({even(-40, 300)}).blocks);
    const auto blocks = [](double seconds) { return seconds * 10 - 3; };
    const double loud = blocks(200) * energyOf(-14) + blocks(100) * energyOf(-16);
    EXPECT_NEAR(album.loudness().value(), loudnessOf(loud / (blocks(200) + blocks(100))), 1e-6);
    const double ungated = loudnessOf((loud + blocks(300) * energyOf(-40)) / (blocks(200) + blocks(100) + blocks(300)));
    EXPECT_GT(album.loudness().value() - ungated, 2.5);
    EXPECT_GT(album.loudness().value() - (-14 - 16 - 40) / 3.0, 8);
    GatingBlocks pair;
    pair.add(measured({even(-14, 200)}).blocks);
    pair.add(measured({even(-16, 100)}).blocks);
    EXPECT_DOUBLE_EQ(pair.loudness().value(), album.loudness().value());
}

TEST(Loudness, BlocksAreKeptAsBytes) {
    const auto result = measured({even(-36.3, 10), even(-23.1, 60), even(-69.9, 5), even(2, 3)});
    const auto bytes = result.blocks.bytes();
    const auto back = GatingBlocks::fromBytes(bytes);
    ASSERT_TRUE(back);
    EXPECT_NEAR(back->loudness().value(), result.loudness.value(), 1e-5);
    EXPECT_EQ(back->bytes(), bytes);
    EXPECT_LT(bytes.size(), 1000U);
    EXPECT_TRUE(GatingBlocks::fromBytes(GatingBlocks().bytes())->empty());
}

TEST(Loudness, BytesOfAnythingElseAreRefused) {
    EXPECT_FALSE(GatingBlocks::fromBytes({}));
    auto bytes = measured({even(-23, 10)}).blocks.bytes();
    auto shorter = bytes;
    shorter.pop_back();
    EXPECT_FALSE(GatingBlocks::fromBytes(shorter));
    auto other = bytes;
    other[0] = 9;
    EXPECT_FALSE(GatingBlocks::fromBytes(other));
    auto beyond = bytes;
    beyond[2] = 0xFF;
    EXPECT_FALSE(GatingBlocks::fromBytes(beyond));
}

}  // namespace
