#include "player/engine/mpvengine.h"

#include <gtest/gtest.h>

#include <QFile>
#include <QTcpServer>
#include <QTemporaryDir>

#include "tests/integration/player/playermedia.h"
#include "tests/integration/player/waiting.h"

namespace marea::player {
namespace {

using test::PlayerMedia;
using test::waitFor;

struct EngineTest : ::testing::Test {
    std::unique_ptr<MpvEngine> engine;
    int firstFrames = 0, advances = 0;
    QString failure;

    void SetUp() override {
        EngineOptions options;
        options.video = VideoOutput::None;
        options.audioOutput = QStringLiteral("null");
        auto made = MpvEngine::create(options);
        ASSERT_TRUE(made) << made.error().detail;
        engine = std::move(*made);
        QObject::connect(engine.get(), &PlayerEngine::firstFrame, [this] { ++firstFrames; });
        QObject::connect(engine.get(), &PlayerEngine::advanced, [this] { ++advances; });
        QObject::connect(engine.get(), &PlayerEngine::failed, [this](const QString& reason) { failure = reason; });
    }

    static Source file(const QString& path, double start = 0) {
        Source source;
        source.url = QUrl::fromLocalFile(path);
        source.start = start;
        return source;
    }
    bool reaches(PlaybackState state) {
        return waitFor([&] { return engine->state() == state; });
    }
};

TEST_F(EngineTest, AFilmTellsItsTracksChaptersAndLength) {
    engine->load(file(PlayerMedia::get().film()));
    EXPECT_EQ(engine->state(), PlaybackState::Loading);
    ASSERT_TRUE(reaches(PlaybackState::Playing)) << failure.toStdString();
    EXPECT_EQ(firstFrames, 1);
    EXPECT_TRUE(engine->hasVideo());
    EXPECT_NEAR(engine->duration(), 6.0, 0.2);
    ASSERT_EQ(engine->tracks().size(), 4);
    ASSERT_EQ(engine->chapters().size(), 3);
    EXPECT_EQ(engine->chapters().at(1).title, QStringLiteral("Open sea"));
    EXPECT_NEAR(engine->chapters().at(1).start, 2.0, 0.01);
}

TEST_F(EngineTest, AnotherAudioTrackIsChosenAndSubtitlesAreTurnedOff) {
    engine->load(file(PlayerMedia::get().film()));
    ASSERT_TRUE(reaches(PlaybackState::Playing));
    const auto selected = [&](Track::Kind kind) {
        for (const Track& track : engine->tracks()) {
            if (track.kind == kind && track.selected) {
                return track.language;
            }
        }
        return QString();
    };
    EXPECT_EQ(selected(Track::Kind::Audio), QStringLiteral("eng"));
    engine->selectTrack(Track::Kind::Audio, 2);
    engine->selectTrack(Track::Kind::Subtitle, 0);
    EXPECT_TRUE(waitFor([&] {
        return selected(Track::Kind::Audio) == QLatin1String("spa") && selected(Track::Kind::Subtitle).isEmpty();
    }));
}

TEST_F(EngineTest, StartsWhereAskedAndSeeksExactly) {
    engine->load(file(PlayerMedia::get().film(), 3.0));
    ASSERT_TRUE(reaches(PlaybackState::Playing));
    EXPECT_GE(engine->position(), 2.9);
    engine->setPaused(true);
    ASSERT_TRUE(reaches(PlaybackState::Paused));
    QList<double> told;
    QObject::connect(engine.get(), &PlayerEngine::positionChanged, [&] { told.append(engine->position()); });
    engine->seek(1.25);
    EXPECT_TRUE(waitFor([&] { return told.size() >= 2; }));  // at once, and when mpv is there
    EXPECT_NEAR(engine->position(), 1.25, 0.1);
}

TEST_F(EngineTest, ASeekAskedForWhileLoadingIsNotLost) {
    engine->load(file(PlayerMedia::get().film()));
    engine->seek(4.0);
    ASSERT_TRUE(reaches(PlaybackState::Playing));
    EXPECT_TRUE(waitFor([&] { return engine->position() >= 3.9; }));
}

TEST_F(EngineTest, ReachesTheEndAndCanBePlayedAgainFromThere) {
    engine->load(file(PlayerMedia::get().film(), 5.5));
    ASSERT_TRUE(reaches(PlaybackState::Ended));
    engine->seek(1.0);
    EXPECT_TRUE(reaches(PlaybackState::Playing));
    EXPECT_TRUE(failure.isEmpty());
}

TEST_F(EngineTest, AnAlbumGoesOverToTheNextTrackByItself) {
    engine->load(file(PlayerMedia::get().track(1)));
    engine->setNext(file(PlayerMedia::get().track(2)));
    ASSERT_TRUE(waitFor([&] { return advances == 1; })) << failure.toStdString();
    engine->setNext(file(PlayerMedia::get().track(3)));
    ASSERT_TRUE(waitFor([&] { return advances == 2; }));
    EXPECT_TRUE(reaches(PlaybackState::Ended));
    EXPECT_FALSE(engine->hasVideo());
    EXPECT_GE(firstFrames, 2);
}

TEST_F(EngineTest, TheNextTrackCanBeTakenBackOrReplaced) {
    engine->load(file(PlayerMedia::get().track(1), 1.2));
    engine->setNext(file(PlayerMedia::get().track(2)));
    engine->setNext(file(PlayerMedia::get().film(), 5.0));
    ASSERT_TRUE(waitFor([&] { return advances == 1; }));
    EXPECT_TRUE(waitFor([&] { return engine->hasVideo(); }));
    engine->setNext(file(PlayerMedia::get().track(2)));
    engine->clearNext();
    EXPECT_TRUE(reaches(PlaybackState::Ended));
    EXPECT_EQ(advances, 1);
}

TEST_F(EngineTest, VolumeSpeedAndMuteAreReported) {
    engine->load(file(PlayerMedia::get().film()));
    engine->setVolume(40);
    engine->setMuted(true);
    engine->setSpeed(2);
    EXPECT_TRUE(waitFor([&] { return engine->volume() == 40 && engine->muted() && engine->speed() == 2; }));
}

TEST_F(EngineTest, AnExternalSubtitleBecomesATrack) {
    Source source = file(PlayerMedia::get().film());
    source.subtitles = {
        {QUrl::fromLocalFile(PlayerMedia::get().path("film.srt")), QStringLiteral("es"), QStringLiteral("Castellano")}};
    engine->load(source);
    EXPECT_TRUE(waitFor([&] {
        for (const Track& track : engine->tracks()) {
            if (track.external && track.language == QLatin1String("es") && track.title == QLatin1String("Castellano")) {
                return true;
            }
        }
        return false;
    }));
}

TEST_F(EngineTest, WhatWasChosenInOneTitleIsNotChosenInTheNext) {
    const auto chosen = [this](Track::Kind kind) {
        for (const Track& track : engine->tracks()) {
            if (track.kind == kind && track.selected) {
                return track.id;
            }
        }
        return 0;
    };
    engine->load(file(PlayerMedia::get().film()));
    ASSERT_TRUE(reaches(PlaybackState::Playing));
    engine->selectTrack(Track::Kind::Audio, 2);
    ASSERT_TRUE(waitFor([&] { return chosen(Track::Kind::Audio) == 2; }));
    engine->load(file(PlayerMedia::get().film()));
    EXPECT_TRUE(engine->tracks().isEmpty()) << "those of the title before are not this one's";
    ASSERT_TRUE(reaches(PlaybackState::Playing));
    EXPECT_EQ(engine->tracks().size(), 4);
    EXPECT_EQ(chosen(Track::Kind::Audio), 1);
}

TEST_F(EngineTest, AFileThatIsNoMediaFailsInWordsAndTheNextOnePlays) {
    engine->load(file(PlayerMedia::get().write("noise.mkv", QByteArray(200'000, '\x5a'))));
    ASSERT_TRUE(reaches(PlaybackState::Failed));
    EXPECT_TRUE(failure.startsWith(QLatin1String("This file can't be played"))) << failure.toStdString();
    engine->load(file(PlayerMedia::get().film()));
    EXPECT_TRUE(reaches(PlaybackState::Playing));
}

TEST_F(EngineTest, AMissingFileSaysSo) {
    engine->load(file(QStringLiteral("/nowhere/film.mkv")));
    ASSERT_TRUE(reaches(PlaybackState::Failed));
    EXPECT_EQ(failure, QStringLiteral("The file is not there any more"));
}

TEST_F(EngineTest, StopLeavesItIdle) {
    engine->load(file(PlayerMedia::get().film()));
    ASSERT_TRUE(reaches(PlaybackState::Playing));
    engine->stop();
    EXPECT_EQ(engine->state(), PlaybackState::Idle);
    engine->load(file(PlayerMedia::get().track(1)));
    EXPECT_TRUE(reaches(PlaybackState::Playing));
}

// A playlist under a film's name must open nothing: no other file, no address.
struct DisguiseTest : EngineTest, ::testing::WithParamInterface<const char*> {};

TEST_P(DisguiseTest, OpensNothingElse) {
    QTcpServer listener;
    ASSERT_TRUE(listener.listen(QHostAddress::LocalHost));
    QByteArray text = GetParam();
    text.replace("URL", "http://127.0.0.1:" + QByteArray::number(listener.serverPort()) + "/secret.ts");
    text.replace("FILE", PlayerMedia::get().film().toUtf8());
    engine->load(file(PlayerMedia::get().write("disguised.mp4", text)));
    EXPECT_TRUE(waitFor([&] {
        return engine->state() == PlaybackState::Failed || engine->state() == PlaybackState::Playing ||
               listener.hasPendingConnections();
    }));
    EXPECT_EQ(engine->state(), PlaybackState::Failed);
    EXPECT_FALSE(listener.hasPendingConnections());
}

INSTANTIATE_TEST_SUITE_P(Playlists, DisguiseTest,
                         ::testing::Values("#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nURL\n#EXT-X-ENDLIST\n",
                                           "#EXTM3U\nURL\n",
                                           "#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nFILE\n#EXT-X-ENDLIST\n",
                                           "#EXTM3U\nFILE\n", "ffconcat version 1.0\nfile 'FILE'\n",
                                           "ffconcat version 1.0\nfile 'URL'\n", "# mpv EDL v0\nFILE\n",
                                           "# mpv EDL v0\nURL\n", "[playlist]\nFile1=FILE\nNumberOfEntries=1\n",
                                           "[playlist]\nFile1=URL\nNumberOfEntries=1\n",
                                           "FILE \"FILE\" WAVE\n  TRACK 01 AUDIO\n    INDEX 01 00:00:00\n"));

TEST_F(EngineTest, APartIsPlayedAgainAndAgain) {
    engine->load(file(PlayerMedia::get().film()));
    ASSERT_TRUE(reaches(PlaybackState::Playing));
    PlayerOptions options;
    options.loopFrom = 1;
    options.loopTo = 1.5;
    engine->apply(options);
    engine->seek(1.2);
    double last = 0;
    int jumps = 0;
    QObject::connect(engine.get(), &PlayerEngine::positionChanged, [&] {
        jumps += engine->position() < last - 0.2 ? 1 : 0;
        last = engine->position();
    });
    EXPECT_TRUE(waitFor([&] { return jumps >= 3; }));
    EXPECT_EQ(engine->state(), PlaybackState::Playing);
    engine->apply({});
    EXPECT_TRUE(waitFor([&] { return engine->position() > 3; })) << "and then goes on";
}

TEST_F(EngineTest, SoundIsChangedOnItsWayAndPlaysOn) {
    engine->load(file(PlayerMedia::get().film()));
    ASSERT_TRUE(reaches(PlaybackState::Playing));
    PlayerOptions options;
    options.gains = {6, 5, 4, 2, 0, 0, 0, -3, 0, 0};
    options.audioDelay = 0.25;
    options.subtitles.size = 1.3;
    options.replayGain = ReplayGain::Album;
    engine->apply(options);
    const double then = engine->position();
    EXPECT_TRUE(waitFor([&] { return engine->position() > then + 1; }));
    EXPECT_TRUE(failure.isEmpty()) << failure.toStdString();
    EXPECT_TRUE(waitFor([&] { return engine->facts().width > 0 && engine->facts().sampleRate > 0; }));
    EXPECT_FALSE(engine->facts().hdr());
}

TEST_F(EngineTest, ThePictureIsSaved) {
    engine->load(file(PlayerMedia::get().film()));
    ASSERT_TRUE(reaches(PlaybackState::Playing));
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("picture.png"));
    std::optional<bool> done;
    QObject::connect(engine.get(), &PlayerEngine::pictureTaken, [&](const QString&, bool ok) { done = ok; });
    engine->takePicture(path);
    ASSERT_TRUE(waitFor([&] { return done.has_value(); }));
    EXPECT_TRUE(*done);
    QFile picture(path);
    ASSERT_TRUE(picture.open(QIODevice::ReadOnly));
    EXPECT_EQ(picture.read(4), QByteArray("\x89PNG"));
    done.reset();
    engine->takePicture(folder.filePath(QStringLiteral("none/picture.png")));
    ASSERT_TRUE(waitFor([&] { return done.has_value(); }));
    EXPECT_FALSE(*done);
}

}  // namespace
}  // namespace marea::player
