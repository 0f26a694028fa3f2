#include <gtest/gtest.h>

#include "app/viewmodels/sleeptimer.h"
#include "app/viewmodels/tuningchoices.h"
#include "player/engine/mpvoptions.h"
#include "tests/unit/app/doubles.h"

namespace marea::app::test {
namespace {

using player::PlayerOptions;

QByteArray property(const PlayerOptions& options, const char* name, double raised = 0) {
    for (const auto& [key, value] : player::mpvProperties(options, raised))
        if (key == name)
            return value;
    return "there is none";
}

TEST(MpvOptions, TheEqualiserIsAFilterABandWithHeadroom) {
    PlayerOptions options;
    EXPECT_EQ(property(options, "af"), "");
    options.gains = {0, 0, 0, 0, 0, 6, -3, 0, 0, 0};
    EXPECT_EQ(property(options, "af"),
              "lavfi=[volume=-6.0dB,equalizer=f=1000:t=o:w=1:g=6.0,equalizer=f=2000:t=o:w=1:g=-3.0]");
    options.gains = QList<double>(10, 0.0);
    EXPECT_EQ(property(options, "af"), "") << "flat is none";
    options.gains = {99, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    EXPECT_TRUE(property(options, "af").contains("g=12.0")) << "bounded";
    options.gains = {1, 2, 3};
    EXPECT_EQ(property(options, "af"), "");
}

TEST(MpvOptions, WhatGoesToTheReceiverIsLeftAsItIs) {
    PlayerOptions options;
    options.gains = QList<double>(10, 3.0);
    options.passThrough = {QStringLiteral("truehd"), QStringLiteral("ac3"), QStringLiteral("ac3,--script=x")};
    EXPECT_EQ(property(options, "audio-spdif"), "ac3,truehd");
    EXPECT_EQ(property(options, "af"), "");
}

TEST(MpvOptions, SubtitlesStandAboveWhatLiesAtTheFoot) {
    PlayerOptions options;
    EXPECT_EQ(property(options, "sub-pos"), "100");
    EXPECT_EQ(property(options, "sub-pos", 0.15), "85");
    options.subtitles.height = 0.3;
    EXPECT_EQ(property(options, "sub-pos", 0.15), "70");
    options.subtitles.colour = QStringLiteral("red\\n}");
    EXPECT_EQ(property(options, "sub-color"), "#FFFFFF");
    options.subtitles.ground = player::SubtitleStyle::Ground::Box;
    EXPECT_EQ(property(options, "sub-back-color"), "#FF000000");
}

TEST(MpvOptions, APartIsRepeatedWhenBothEndsAreSet) {
    PlayerOptions options;
    tuning::stepLoop(options, 10);
    EXPECT_EQ(property(options, "ab-loop-a"), "no");
    tuning::stepLoop(options, 20);
    EXPECT_EQ(property(options, "ab-loop-a"), "10.000");
    EXPECT_EQ(property(options, "ab-loop-b"), "20.000");
    tuning::stepLoop(options, 15);
    EXPECT_EQ(options, PlayerOptions());
    tuning::stepLoop(options, 30);
    tuning::stepLoop(options, 25);
    EXPECT_EQ(options, PlayerOptions()) << "an end before the start takes it back";
}

TEST(Tuning, PicturesHaveNamesThatFileSystemsTake) {
    EXPECT_EQ(tuning::pictureName(QStringLiteral("Foghorn"), 3723, 1), QStringLiteral("Foghorn 1.02.03.png"));
    EXPECT_EQ(tuning::pictureName(QStringLiteral("../a:b/c"), 5, 2), QStringLiteral("-a-b-c 0.05 (2).png"));
    EXPECT_EQ(tuning::pictureName({}, 5, 1), QStringLiteral("Marea 0.05.png"));
}

TEST(Tuning, EveryPresetHasAllBandsAndIsKnownAgain) {
    for (const auto& preset : tuning::presets()) {
        EXPECT_TRUE(preset.gains.isEmpty() || preset.gains.size() == 10) << preset.name.toStdString();
        EXPECT_EQ(tuning::presetOf(preset.gains), preset.name);
    }
    EXPECT_EQ(tuning::presetOf(QList<double>(10, 1.5)), QLatin1String("custom"));
}

TEST(Tuning, RowsAreWhatTheyChoose) {
    for (const auto* name : {"audio_delay", "subtitle_delay", "subtitle_size", "subtitle_colour", "subtitle_ground",
                             "subtitle_height", "replay_gain"}) {
        PlayerOptions options;
        const auto rows = tuning::rows(QLatin1String(name), options);
        ASSERT_FALSE(rows.isEmpty()) << name;
        for (const auto& row : rows) {
            const auto value = row.toMap()[QStringLiteral("value")];
            ASSERT_TRUE(tuning::choose(QLatin1String(name), value, options));
            for (const auto& now : tuning::rows(QLatin1String(name), options))
                EXPECT_EQ(now.toMap()[QStringLiteral("checked")].toBool(),
                          now.toMap()[QStringLiteral("value")] == value);
        }
    }
}

struct SleepTest : testing::Test {
    qint64 now = 0;
    SleepTimer timer{[this] { return now; }};
    int due = 0;
    QList<bool> last;
    SleepTest() {
        QObject::connect(&timer, &SleepTimer::due, [this] { ++due; });
        QObject::connect(&timer, &SleepTimer::lastOne, [this](bool on) { last << on; });
    }
};

TEST_F(SleepTest, EndsAfterItsMinutesByTheClock) {
    timer.set(15);
    EXPECT_EQ(timer.minutesLeft(), 15);
    now += 14 * 60'000 + 1;
    EXPECT_EQ(timer.minutesLeft(), 1);
    now += 60'000;
    EXPECT_TRUE(QTest::qWaitFor([&] { return due == 1; }, 60'000));
    EXPECT_EQ(timer.wish(), SleepTimer::Off);
    EXPECT_TRUE(last.isEmpty());
}

TEST_F(SleepTest, WithTheTitleNothingFollows) {
    timer.set(SleepTimer::EndOfTitle);
    timer.set(30);
    timer.set(SleepTimer::Off);
    EXPECT_EQ(last, (QList<bool>{true, false}));
    EXPECT_EQ(due, 0);
}

TEST(Tuning, HoldsForEverythingButDelaysAndPartsAreOfOneTitle) {
    World world;
    auto* tuning = world.context.tuning();
    world.context.player()->openFiles({QUrl(QStringLiteral("file:///a.mkv")), QUrl(QStringLiteral("file:///b.mkv"))});
    tuning->choose(QStringLiteral("audio_delay"), 0.25);
    tuning->choose(QStringLiteral("subtitle_size"), 1.3);
    tuning->choose(QStringLiteral("equaliser"), QStringLiteral("bass"));
    EXPECT_EQ(world.engine.options.audioDelay, 0.25);
    world.context.player()->next();
    EXPECT_EQ(world.engine.options.audioDelay, 0);
    EXPECT_EQ(world.engine.options.subtitles.size, 1.3);
    player::FakeEngine engine;
    TuningViewModel later(*world.context.player(), engine, world.settings);
    EXPECT_EQ(engine.options.subtitles.size, 1.3) << "also at the next start";
    EXPECT_EQ(engine.options.gains.value(0), 6);
    EXPECT_EQ(engine.options.audioDelay, 0);
}

TEST(Tuning, AtTheEndOfThisNothingFollows) {
    World world;
    world.context.player()->openFiles({QUrl(QStringLiteral("file:///a.flac")), QUrl(QStringLiteral("file:///b.flac"))});
    ASSERT_EQ(world.engine.loads.size(), 1);
    EXPECT_EQ(world.engine.nexts.size(), 1);
    world.context.tuning()->choose(QStringLiteral("sleep"), -1);
    EXPECT_GE(world.engine.cleared, 1) << "what would follow without a gap is taken back";
    world.engine.setState(player::PlaybackState::Ended);
    EXPECT_TRUE(world.context.player()->ended());
    EXPECT_EQ(world.engine.loads.size(), 1);
    EXPECT_FALSE(world.context.tuning()->sleeping());
}

TEST(Tuning, ThePictureGoesWhereItsNameIsFree) {
    World world;
    qputenv("HOME", world.folder.path().toUtf8());
    qputenv("XDG_CONFIG_HOME", world.folder.path().toUtf8());
    world.context.player()->openFiles({QUrl(QStringLiteral("file:///a.mkv"))});
    world.context.tuning()->act(QStringLiteral("picture"));
    ASSERT_EQ(world.engine.pictures.size(), 1);
    EXPECT_TRUE(world.engine.pictures[0].endsWith(QLatin1String("/Marea/a 0.00.png")));
    QFile taken(world.engine.pictures[0]);
    ASSERT_TRUE(taken.open(QIODevice::WriteOnly));
    world.context.tuning()->act(QStringLiteral("picture"));
    EXPECT_TRUE(world.engine.pictures[1].endsWith(QLatin1String("/Marea/a 0.00 (2).png")));
}

TEST(Tuning, TheWayOutOfTranscodingIsOffered) {
    World world;
    QJsonObject body{{QStringLiteral("session_id"), QStringLiteral("s")},
                     {QStringLiteral("mode"), QStringLiteral("transcode")},
                     {QStringLiteral("url"), QStringLiteral("/stream/t/f1/x.m3u8")},
                     {QStringLiteral("audio"), QJsonObject{{QStringLiteral("mode"), QStringLiteral("transcode")}}}};
    world.http.on("POST /api/v1/media/f1/playback", 201, body);
    auto* player = world.context.player();
    player::PlayEntry entry;
    entry.mediaId = entry.title = QStringLiteral("f1");
    player->play({entry}, 0);
    ASSERT_TRUE(QTest::qWaitFor([&] { return player->playing(); }));
    EXPECT_EQ(player->remedy(), QString()) << "nothing that one has set";
    world.context.settings()->setStreamLimit(5000);
    EXPECT_EQ(player->remedy(), QLatin1String("limit"));
    world.context.settings()->setSoundProfile(QStringLiteral("night"));
    EXPECT_EQ(player->remedy(), QLatin1String("sound"));
}

TEST(Tuning, WhatTheEngineCannotDoIsNotOfferedAndSaysWhy) {
    World world;
    auto* tuning = world.context.tuning();
    world.engine.can.name = QStringLiteral("Qt Multimedia");
    const auto offered = [&] {
        QStringList names;
        for (const auto& row : tuning->more())
            names << row.toMap()[QStringLiteral("value")].toString();
        return names;
    };
    world.context.player()->openFiles({QUrl(QStringLiteral("file:///a.mkv"))});
    player::Track subtitles;
    subtitles.id = 1;
    subtitles.kind = player::Track::Kind::Subtitle;
    world.engine.setTracks({subtitles});
    EXPECT_TRUE(offered().contains(QStringLiteral("subtitle_delay")));
    EXPECT_TRUE(tuning->reduced().isEmpty());
    EXPECT_TRUE(tuning->lacking(QStringLiteral("equaliser")).isEmpty());

    auto& can = world.engine.can;
    can.loop = can.delays = can.equaliser = can.subtitleStyle = can.overlap = false;
    EXPECT_EQ(offered(), (QStringList{QStringLiteral("sleep"), QStringLiteral("picture")}));
    EXPECT_FALSE(tuning->crossfades());
    EXPECT_TRUE(tuning->lacking(QStringLiteral("equaliser")).contains(QStringLiteral("Qt Multimedia")));
    EXPECT_TRUE(tuning->reduced().contains(QStringLiteral("the equaliser, ")) ||
                tuning->reduced().contains(QStringLiteral("the equaliser.")));
    EXPECT_TRUE(tuning->lacking(QStringLiteral("exclusive")).isEmpty());
    QString said;
    QObject::connect(tuning, &TuningViewModel::said, [&](const QString& words) { said = words; });
    tuning->act(QStringLiteral("loop"));
    EXPECT_EQ(said, tuning->lacking(QStringLiteral("loop"))) << "its key says so";
    EXPECT_FALSE(tuning->options().loopFrom >= 0);
}

}  // namespace
}  // namespace marea::app::test
