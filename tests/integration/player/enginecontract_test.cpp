#include <gtest/gtest.h>

#include <QFile>
#include <QTcpServer>
#include <QTemporaryDir>

#include "core/http/qthttpclient.h"
#include "tests/integration/player/enginelist.h"
#include "tests/integration/player/playermedia.h"
#include "tests/integration/player/tinyserver.h"
#include "tests/integration/player/waiting.h"

// What every engine does that is built in. What one of them does beyond that is in engine_test.cpp.
namespace marea::player {
namespace {

using test::PlayerMedia;
using test::TinyAnswer;
using test::TinyRequest;
using test::TinyServer;
using test::waitFor;

struct ContractTest : ::testing::TestWithParam<std::string> {
    std::unique_ptr<PlayerEngine> engine;
    int firstFrames = 0, advances = 0;
    QString failure;

    void SetUp() override {
        auto made = makeEngine(QString::fromStdString(GetParam()), {.video = VideoOutput::None,
                                                                    .audioOutput = QStringLiteral("null"),
                                                                    .http = std::make_shared<core::QtHttpClient>(),
                                                                    .extra = {}});
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
    void load(const QUrl& url) {
        Source source;
        source.url = url;
        engine->load(source);
    }
    bool reaches(PlaybackState state) {
        return waitFor([&] { return engine->state() == state; });
    }
    int chosen(Track::Kind kind) const {
        for (const Track& track : engine->tracks()) {
            if (track.kind == kind && track.selected) {
                return track.id;
            }
        }
        return 0;
    }
};

std::string nameOf(const ::testing::TestParamInfo<std::string>& info) {
    return info.param;
}

QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

INSTANTIATE_TEST_SUITE_P(Engines, ContractTest, ::testing::ValuesIn(test::allEngines()), nameOf);

TEST_P(ContractTest, AFilmTellsItsTracksAndLength) {
    EXPECT_FALSE(engine->abilities().name.isEmpty());
    engine->load(file(PlayerMedia::get().film()));
    EXPECT_EQ(engine->state(), PlaybackState::Loading);
    ASSERT_TRUE(reaches(PlaybackState::Playing)) << failure.toStdString();
    EXPECT_EQ(firstFrames, 1);
    EXPECT_TRUE(engine->hasVideo());
    EXPECT_NEAR(engine->duration(), 6.0, 0.2);
    EXPECT_EQ(engine->tracks().size(), 4);
    EXPECT_EQ(engine->abilities().chapters ? 3 : 0, engine->chapters().size());
}

TEST_P(ContractTest, APausedTitleStaysWhereItIsAndGoesOn) {
    engine->load(file(PlayerMedia::get().film()));
    ASSERT_TRUE(waitFor([&] { return engine->position() > 0.3; }));
    engine->setPaused(true);
    ASSERT_TRUE(reaches(PlaybackState::Paused));
    engine->seek(2);
    ASSERT_TRUE(waitFor([&] { return std::abs(engine->position() - 2) < 0.1; }));
    engine->setPaused(false);
    ASSERT_TRUE(reaches(PlaybackState::Playing));
    EXPECT_TRUE(waitFor([&] { return engine->position() > 2.5; }));
}

TEST_P(ContractTest, AnotherAudioTrackIsChosenAndSubtitlesAreTurnedOff) {
    engine->load(file(PlayerMedia::get().film()));
    ASSERT_TRUE(reaches(PlaybackState::Playing));
    EXPECT_TRUE(waitFor([&] { return chosen(Track::Kind::Audio) == 1; }));
    engine->selectTrack(Track::Kind::Audio, 2);
    engine->selectTrack(Track::Kind::Subtitle, 0);
    EXPECT_TRUE(waitFor([&] { return chosen(Track::Kind::Audio) == 2 && chosen(Track::Kind::Subtitle) == 0; }));
}

TEST_P(ContractTest, StartsWhereAskedAndSeeksExactly) {
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

TEST_P(ContractTest, ASeekAskedForWhileLoadingIsNotLost) {
    engine->load(file(PlayerMedia::get().film()));
    engine->seek(4.0);
    ASSERT_TRUE(reaches(PlaybackState::Playing));
    EXPECT_TRUE(waitFor([&] { return engine->position() >= 3.9; }));
}

TEST_P(ContractTest, ReachesTheEndAndCanBePlayedAgainFromThere) {
    engine->load(file(PlayerMedia::get().film(), 5.5));
    ASSERT_TRUE(reaches(PlaybackState::Ended));
    engine->seek(1.0);
    EXPECT_TRUE(reaches(PlaybackState::Playing));
    EXPECT_TRUE(failure.isEmpty());
}

// Else it would count as seen, and nobody would hear that a part is missing.
TEST_P(ContractTest, AFilmThatWasCutEndsWhereItIsCut) {
    const QByteArray whole = contentOf(PlayerMedia::get().film());
    engine->load(file(PlayerMedia::get().write("cut.mkv", whole.left(whole.size() / 2))));
    ASSERT_TRUE(reaches(PlaybackState::Ended)) << failure.toStdString();
    EXPECT_NEAR(engine->duration(), 6.0, 0.2);
    EXPECT_LT(engine->position(), 4.0);
}

TEST_P(ContractTest, AnAlbumGoesOverToTheNextTrackByItself) {
    engine->load(file(PlayerMedia::get().track(1)));
    engine->setNext(file(PlayerMedia::get().track(2)));
    ASSERT_TRUE(waitFor([&] { return advances == 1; })) << failure.toStdString();
    engine->setNext(file(PlayerMedia::get().track(3)));
    ASSERT_TRUE(waitFor([&] { return advances == 2; }));
    EXPECT_TRUE(reaches(PlaybackState::Ended));
    EXPECT_FALSE(engine->hasVideo());
    EXPECT_GE(firstFrames, 2);
}

// Positions are saved for the title that plays: one of the next must not come before that is known to be it.
TEST_P(ContractTest, WhatIsSaidBeforeItGoesOverIsOfTheTitleBefore) {
    double furthest = 0, first = -1;
    QObject::connect(engine.get(), &PlayerEngine::positionChanged, [&] {
        if (advances == 0) {
            furthest = std::max(furthest, engine->position());
        }
    });
    QObject::connect(engine.get(), &PlayerEngine::videoChanged,
                     [&] { EXPECT_TRUE(advances == 1 || !engine->hasVideo()); });
    QObject::connect(engine.get(), &PlayerEngine::advanced, [&] { first = engine->position(); });
    engine->load(file(PlayerMedia::get().track(1), 1.2));
    engine->setNext(file(PlayerMedia::get().film(), 5.0));
    ASSERT_TRUE(waitFor([&] { return advances == 1 && engine->hasVideo(); })) << failure.toStdString();
    EXPECT_LT(furthest, 4);
    EXPECT_EQ(first, 5.0);
}

TEST_P(ContractTest, WhoHearsThatItWentOverMayStopIt) {
    QObject::connect(engine.get(), &PlayerEngine::advanced, [&] { engine->stop(); });
    engine->load(file(PlayerMedia::get().track(1), 1.2));
    engine->setNext(file(PlayerMedia::get().track(2)));
    ASSERT_TRUE(waitFor([&] { return advances == 1; })) << failure.toStdString();
    EXPECT_TRUE(reaches(PlaybackState::Idle));
}

TEST_P(ContractTest, TheNextTrackCanBeTakenBackOrReplaced) {
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

TEST_P(ContractTest, VolumeSpeedAndMuteAreReported) {
    engine->load(file(PlayerMedia::get().film()));
    engine->setVolume(40);
    engine->setMuted(true);
    engine->setSpeed(2);
    EXPECT_TRUE(waitFor([&] { return engine->volume() == 40 && engine->muted() && engine->speed() == 2; }));
}

TEST_P(ContractTest, WhatWasChosenInOneTitleIsNotChosenInTheNext) {
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

TEST_P(ContractTest, AFileThatIsNoMediaFailsInWordsAndTheNextOnePlays) {
    engine->load(file(PlayerMedia::get().write("noise.mkv", QByteArray(200'000, '\x5a'))));
    ASSERT_TRUE(reaches(PlaybackState::Failed));
    EXPECT_TRUE(failure.startsWith(QLatin1String("This file can't be played"))) << failure.toStdString();
    engine->load(file(PlayerMedia::get().film()));
    EXPECT_TRUE(reaches(PlaybackState::Playing));
}

TEST_P(ContractTest, AMissingFileSaysSo) {
    engine->load(file(QStringLiteral("/nowhere/film.mkv")));
    ASSERT_TRUE(reaches(PlaybackState::Failed));
    EXPECT_EQ(failure, QStringLiteral("The file is not there any more"));
}

TEST_P(ContractTest, StopLeavesItIdle) {
    engine->load(file(PlayerMedia::get().film()));
    ASSERT_TRUE(reaches(PlaybackState::Playing));
    engine->stop();
    EXPECT_EQ(engine->state(), PlaybackState::Idle);
    engine->load(file(PlayerMedia::get().track(1)));
    EXPECT_TRUE(reaches(PlaybackState::Playing));
}

// A playlist under a film's name must open nothing: no other file, no address.
struct DisguiseTest : ContractTest {};

INSTANTIATE_TEST_SUITE_P(Engines, DisguiseTest, ::testing::ValuesIn(test::allEngines()), nameOf);

TEST_P(DisguiseTest, OpensNothingElse) {
    const QByteArray zeroes(600, '\0');
    const QByteArray dash =
        "<?xml version=\"1.0\"?><MPD profiles=\"urn:mpeg:dash:profile:isoff-on-demand:2011\" "
        "mediaPresentationDuration=\"PT6S\"><Period><AdaptationSet><Representation id=\"1\" "
        "mimeType=\"video/mp4\"><BaseURL>URL</BaseURL></Representation></AdaptationSet></Period></MPD>";
    const QByteArray tag("ID3\x04\0\0\0\0\0\x0a..........", 20);
    for (const QByteArray& disguise :
         {QByteArray("#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nURL\n#EXT-X-ENDLIST\n"),
          QByteArray("#EXTM3U\nURL\n"),
          QByteArray("#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nFILE\n#EXT-X-ENDLIST\n"),
          QByteArray("#EXTM3U\nFILE\n"), QByteArray("ffconcat version 1.0\nfile 'FILE'\n"),
          QByteArray("ffconcat version 1.0\nfile 'URL'\n"), QByteArray("# mpv EDL v0\nFILE\n"),
          QByteArray("# mpv EDL v0\nURL\n"), QByteArray("[playlist]\nFile1=FILE\nNumberOfEntries=1\n"),
          QByteArray("[playlist]\nFile1=URL\nNumberOfEntries=1\n"),
          QByteArray("FILE \"FILE\" WAVE\n  TRACK 01 AUDIO\n    INDEX 01 00:00:00\n"), dash, "fLaC" + dash + zeroes,
          tag + "#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nURL\n#EXT-X-ENDLIST\n" + zeroes}) {
        QTcpServer listener;
        ASSERT_TRUE(listener.listen(QHostAddress::LocalHost));
        QByteArray text = disguise;
        text.replace("URL", "http://127.0.0.1:" + QByteArray::number(listener.serverPort()) + "/secret.ts");
        text.replace("FILE", PlayerMedia::get().film().toUtf8());
        engine->load(file(PlayerMedia::get().write("disguised.mp4", text)));
        EXPECT_TRUE(waitFor([&] {
            return engine->state() == PlaybackState::Failed || engine->state() == PlaybackState::Playing ||
                   engine->state() == PlaybackState::Ended || listener.hasPendingConnections();
        }));
        EXPECT_EQ(engine->state(), PlaybackState::Failed) << disguise.toStdString();
        EXPECT_FALSE(listener.hasPendingConnections()) << disguise.toStdString();
    }
}

struct ContractHttpTest : ContractTest {
    TinyServer server{contentOf(PlayerMedia::get().film())};
};

INSTANTIATE_TEST_SUITE_P(Engines, ContractHttpTest, ::testing::ValuesIn(test::allEngines()), nameOf);

TEST_P(ContractHttpTest, AFilmPlaysFromAServerAndSeeks) {
    load(server.url());
    ASSERT_TRUE(reaches(PlaybackState::Playing)) << failure.toStdString();
    EXPECT_EQ(engine->tracks().size(), 4);
    engine->seek(5.5);
    EXPECT_TRUE(reaches(PlaybackState::Ended)) << failure.toStdString();
    EXPECT_LE(server.requests(), 6);
}

TEST_P(ContractHttpTest, ARefusalAndAMissingFileFailInTheServersWords) {
    server.decide = [](const TinyRequest&) {
        TinyAnswer answer;
        answer.status = 404;
        return answer;
    };
    load(server.url());
    ASSERT_TRUE(reaches(PlaybackState::Failed));
    EXPECT_EQ(failure, QStringLiteral("The file is not on the server any more"));
}

TEST_P(ContractHttpTest, AFileThatBreaksOffDoesNotPassForItsEnd) {
    server.decide = [](const TinyRequest& request) {
        TinyAnswer answer;
        // By what is known of the file, not by number: whatever sends a request may send it twice by itself.
        if (request.header("If-Range").isEmpty()) {
            answer.cutAfter = 150'000;
        } else {
            answer.status = 200;  // the file was replaced meanwhile
            answer.headers = {{"ETag", "\"two\""}};
        }
        return answer;
    };
    load(server.url());
    Source next;
    next.url = server.url("/next.mkv");
    engine->setNext(next);
    ASSERT_TRUE(reaches(PlaybackState::Failed));
    EXPECT_EQ(failure, QStringLiteral("The file changed on the server while it was playing"));
    EXPECT_EQ(advances, 0);
}

TEST_P(ContractHttpTest, StopEndsAWaitAtOnce) {
    server.decide = [](const TinyRequest&) {
        TinyAnswer answer;
        answer.stallAfter = 1000;
        return answer;
    };
    load(server.url());
    ASSERT_TRUE(waitFor([&] { return server.requests() > 0; }));
    engine->load(file(PlayerMedia::get().track(1)));
    EXPECT_TRUE(waitFor([&] { return engine->state() == PlaybackState::Playing; }, 4000));
}

TEST_P(ContractHttpTest, OnlyFilesAndTheWebArePlayed) {
    load(QUrl(QStringLiteral("smb://server/film.mkv")));
    ASSERT_TRUE(reaches(PlaybackState::Failed));
    EXPECT_EQ(failure, QStringLiteral("This kind of address can't be played"));
}

}  // namespace
}  // namespace marea::player
