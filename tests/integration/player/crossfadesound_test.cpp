// Two tracks that go over into each other, as they are heard: what mpv renders is measured.
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <QFile>
#include <QTemporaryDir>

#include "player/engine/mpvengine.h"
#include "player/session/crossfadeengine.h"
#include "tests/integration/player/playermedia.h"
#include "tests/integration/player/waiting.h"

namespace marea::player {
namespace {

using test::PlayerMedia;
using test::waitFor;

constexpr double kRate = 48'000;
constexpr double kLength = 2;  // seconds, of a track

Source track(int number, double overlap = 0) {
    Source source;
    source.url = QUrl::fromLocalFile(PlayerMedia::get().track(number));
    source.overlap = overlap;
    return source;
}

std::unique_ptr<PlayerEngine> engineTo(const QString& output, const QString& file = {}) {
    EngineOptions options;
    options.video = VideoOutput::None;
    options.audioOutput = output;
    if (!file.isEmpty()) {
        options.extra = {{"ao-pcm-file", file.toUtf8()},
                         {"ao-pcm-waveheader", "no"},
                         {"audio-format", "s16"},
                         {"audio-channels", "mono"},
                         {"audio-samplerate", "48000"}};
    }
    auto engine = MpvEngine::create(options);
    EXPECT_TRUE(engine) << engine.error().detail;
    return engine ? std::move(*engine) : nullptr;
}

// Samples of the track as it comes out with that fade.
QList<qint16> rendered(const SoundFade& fade) {
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("sound.pcm"));
    {
        const auto engine = engineTo(QStringLiteral("pcm"), path);
        PlayerOptions options;
        options.fade = fade;
        engine->apply(options);
        engine->load(track(1));
        EXPECT_TRUE(waitFor([&] { return engine->state() == PlaybackState::Ended; }));
    }
    QFile file(path);
    EXPECT_TRUE(file.open(QIODevice::ReadOnly));
    const QByteArray bytes = file.readAll();
    QList<qint16> samples(bytes.size() / 2);
    std::memcpy(samples.data(), bytes.constData(), static_cast<std::size_t>(samples.size()) * 2);
    return samples;
}

// How loud it is in the tenth of a second around that moment.
double loudness(const QList<qint16>& samples, double second) {
    const auto from = static_cast<qsizetype>((second - 0.05) * kRate),
               to = static_cast<qsizetype>((second + 0.05) * kRate);
    double sum = 0;
    for (qsizetype i = std::max<qsizetype>(0, from); i < std::min(to, samples.size()); ++i) {
        sum += double(samples[i]) * samples[i];
    }
    return std::sqrt(sum / static_cast<double>(to - from));
}

TEST(CrossfadeSound, WhatGoesAndWhatComesAreTogetherAsLoudAsOne) {
    const auto plain = rendered({});
    const auto going = rendered({0, 1, 1}), coming = rendered({1, -1, 0});
    ASSERT_NEAR(static_cast<double>(going.size()) / kRate, kLength, 0.1);
    const double full = loudness(plain, 1);
    ASSERT_GT(full, 500);
    EXPECT_NEAR(loudness(going, 0.9) / full, 1, 0.03) << "before it goes it is as it was";
    EXPECT_NEAR(loudness(coming, 1.5) / full, 1, 0.03);
    EXPECT_LT(loudness(going, 1.95) / full, 0.15);
    EXPECT_LT(loudness(coming, 0.05) / full, 0.15);
    for (const double second : {0.1, 0.3, 0.5, 0.7, 0.9}) {
        const double out = loudness(going, 1 + second) / full, in = loudness(coming, second) / full;
        EXPECT_NEAR(out * out + in * in, 1, 0.08) << second;
    }
}

TEST(CrossfadeSound, TheNextTrackBeginsWhileTheOneBeforeItEnds) {
    PlayerEngine* second = nullptr;
    auto made = engineTo(QStringLiteral("null"));
    PlayerEngine* first = made.get();
    CrossfadeEngine engine(std::move(made), [&] {
        auto other = engineTo(QStringLiteral("null"));
        second = other.get();
        return other;
    });
    int advances = 0;
    double at = 0;
    QObject::connect(&engine, &PlayerEngine::advanced, [&] {
        ++advances;
        at = first->position();
    });
    engine.load(track(1));
    engine.setNext(track(2, 0.8));
    ASSERT_TRUE(waitFor([&] { return advances == 1; }));
    EXPECT_GE(at, kLength - 0.8 - 0.1);
    ASSERT_TRUE(second);
    EXPECT_TRUE(waitFor([&] { return first->state() == PlaybackState::Idle; })) << "it is put away at its end";
    EXPECT_TRUE(waitFor([&] { return engine.state() == PlaybackState::Ended; }));
    EXPECT_EQ(advances, 1);
}

}  // namespace
}  // namespace marea::player
