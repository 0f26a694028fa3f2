#include "server/apps/library/soundprofile.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace marea;
using namespace marea::server;

namespace {

double amplitude(double decibels) {
    return std::pow(10, decibels / 20);
}

ItemFile fileWith(std::vector<FileSound> sounds) {
    ItemFile file;
    for (int i = 0; i < 3; ++i) {
        core::StreamInfo stream;
        stream.index = i;
        stream.kind = i == 0 ? core::StreamKind::Video : core::StreamKind::Audio;
        file.info.streams.push_back(stream);
    }
    file.sounds = std::move(sounds);
    return file;
}

SoundChange of(const ItemFile& file, SoundProfile profile, int stream = 1) {
    return soundChange({{}, {}, soundChanges(file, profile)}, stream);
}

TEST(SoundProfile, BringsAllToOneLoudness) {
    const auto file = fileWith({{1, -9.33, amplitude(1), amplitude(1)}, {2, -25, amplitude(-20), amplitude(-16)}});
    EXPECT_DOUBLE_EQ(of(file, SoundProfile::Normalised, 1).gain, -8.7);
    EXPECT_DOUBLE_EQ(of(file, SoundProfile::Normalised, 2).gain, 7);
    EXPECT_FALSE(of(file, SoundProfile::Normalised, 2).night);
    EXPECT_TRUE(soundChanges(file, SoundProfile::AsIs).empty());
}

// For every loudness and peak: the peak comes to at most -1 dB.
TEST(SoundProfile, NeverClips) {
    for (double loudness = -60; loudness < 0; loudness += 1.7) {
        for (double peak = loudness; peak < 6; peak += 1.3) {
            const double mixed = peak + 4;
            const auto change =
                of(fileWith({{1, loudness, amplitude(peak), amplitude(mixed)}}), SoundProfile::Normalised);
            if (change.gain != 0) {
                EXPECT_LE(peak + change.gain, -1 + 1e-9);
            }
            if (change.mixedGain != 0) {
                EXPECT_LE(mixed + change.mixedGain, -1 + 1e-9);
            }
            EXPECT_LE(loudness + change.gain, -17.5);
        }
    }
}

TEST(SoundProfile, TagsSpeakWhereNothingIsMeasured) {
    auto file = fileWith({});
    file.info.tags.replayGainTrack = 6;
    EXPECT_EQ(of(file, SoundProfile::Normalised).gain, 0);  // raised by what, when the peak is not known?
    file.info.tags.replayGainTrackPeak = amplitude(-5);
    EXPECT_NEAR(of(file, SoundProfile::Normalised).gain, 4, 0.1);
    file.info.tags.replayGainTrack = -6.25;
    file.info.tags.replayGainTrackPeak.reset();
    EXPECT_DOUBLE_EQ(of(file, SoundProfile::Normalised).gain, -6.3);
    file.sounds = {{1, -20, amplitude(-10), amplitude(-10)}};
    EXPECT_DOUBLE_EQ(of(file, SoundProfile::Normalised).gain, 2);
}

TEST(SoundProfile, WhatIsNotKnownStaysAsItIs) {
    EXPECT_FALSE(of(fileWith({}), SoundProfile::Normalised).any());
    EXPECT_FALSE(of(fileWith({{1, std::nullopt, 0, 0}}), SoundProfile::Normalised).any());  // silence
    EXPECT_FALSE(of(fileWith({{1, -18.3, 0.5, 0.5}}), SoundProfile::Normalised).any());     // nobody hears it
}

// The limiter keeps the peaks then.
TEST(SoundProfile, NightComesWithTheFullGain) {
    const auto night = of(fileWith({{1, -31, amplitude(-2), amplitude(1)}}), SoundProfile::Night);
    EXPECT_TRUE(night.night);
    EXPECT_DOUBLE_EQ(night.gain, 13);
    EXPECT_DOUBLE_EQ(night.mixedGain, 13);
    EXPECT_TRUE(of(fileWith({}), SoundProfile::Night).night);
}

TEST(SoundProfile, HasNames) {
    EXPECT_EQ(soundProfile("normalised"), SoundProfile::Normalised);
    EXPECT_EQ(soundProfile("night"), SoundProfile::Night);
    EXPECT_FALSE(soundProfile("loud"));
    EXPECT_FALSE(soundProfile(""));
}

}  // namespace
