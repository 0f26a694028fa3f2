// When one track goes over into the next, and how two engines play as one for it.
#include <gtest/gtest.h>

#include "player/session/crossfade.h"
#include "player/session/crossfadeengine.h"
#include "player/session/playbacksession.h"
#include "tests/support/fakeengine.h"

namespace marea::player {
namespace {

PlayEntry song(const char* album, int track, double seconds = 200) {
    static int keys = 0;
    PlayEntry entry;
    entry.album = entry.albumId = QLatin1String(album);
    entry.track = track;
    entry.disc = track > 0 ? 1 : 0;
    entry.duration = seconds;
    entry.music = true;
    entry.key = ++keys;
    return entry;
}

TEST(Crossfade, IsForMusicThatIsNoAlbumInItsOrder) {
    EXPECT_EQ(crossfadeBetween(song("a", 1), song("b", 1), 5), 5);
    EXPECT_EQ(crossfadeBetween(song("a", 1), song("b", 2), 0), 0) << "nobody wished it";
    EXPECT_EQ(crossfadeBetween(song("a", 1), song("a", 2), 5), 0);
    EXPECT_EQ(crossfadeBetween(song("a", 1), song("a", 3), 5), 5) << "shuffled";
    EXPECT_EQ(crossfadeBetween(song("a", 2), song("a", 1), 5), 5);
    EXPECT_EQ(crossfadeBetween(song("a", 0), song("a", 0), 5), 0) << "without numbers, as they stand";
    EXPECT_EQ(crossfadeBetween(song("", 0), song("", 0), 5), 5) << "of no album";
    auto film = song("a", 1);
    film.music = false;
    EXPECT_EQ(crossfadeBetween(film, song("b", 1), 5), 0);
    EXPECT_EQ(crossfadeBetween(song("b", 1), film, 5), 0);
    const auto again = song("a", 1);
    EXPECT_EQ(crossfadeBetween(again, again, 5), 0) << "repeated, it is no other";
}

TEST(Crossfade, GoesOnFromOneDiscToTheNext) {
    auto last = song("a", 9), first = song("a", 1);
    first.disc = 2;
    EXPECT_EQ(crossfadeBetween(last, first, 5), 0);
    first.disc = 3;
    EXPECT_EQ(crossfadeBetween(last, first, 5), 5);
}

TEST(Crossfade, LeavesShortTracksTheirMiddleAndLongOnesAlone) {
    EXPECT_EQ(crossfadeBetween(song("a", 1, 15), song("b", 1), 12), 5);
    EXPECT_EQ(crossfadeBetween(song("a", 1), song("b", 1, 9), 12), 3);
    EXPECT_EQ(crossfadeBetween(song("a", 1, 0), song("b", 1, 0), 12), 12) << "not known how long";
    EXPECT_EQ(crossfadeBetween(song("a", 1, 3600), song("b", 1), 12), 0);
    EXPECT_EQ(crossfadeBetween(song("a", 1), song("b", 1), 60), kLongestCrossfade);
}

struct CrossfadeEngineTest : ::testing::Test {
    FakeEngine* first = new FakeEngine;
    FakeEngine* second = nullptr;
    int made = 0, advances = 0;
    CrossfadeEngine engine{std::unique_ptr<PlayerEngine>(first), [this] {
                               ++made;
                               second = new FakeEngine;
                               return std::unique_ptr<PlayerEngine>(second);
                           }};
    CrossfadeEngineTest() {
        QObject::connect(&engine, &PlayerEngine::advanced, [this] { ++advances; });
    }
    static Source source(const char* title, double overlap = 0) {
        Source out;
        out.title = QLatin1String(title);
        out.overlap = overlap;
        return out;
    }
    void play(double duration = 100) {
        engine.load(source("a"));
        first->setDuration(duration);
    }
    void fadeToB() {
        play();
        engine.setNext(source("b", 5));
        first->moveTo(85);
        first->moveTo(95);
    }
};

TEST_F(CrossfadeEngineTest, TellsWhatTheWindowOfTheOneWithThePictureSays) {
    QStringList heard;
    QObject::connect(&engine, &PlayerEngine::ownWindowChanged, [&] { heard << QStringLiteral("changed"); });
    QObject::connect(&engine, &PlayerEngine::ownWindowFailed, [&] { heard << QStringLiteral("failed"); });
    QObject::connect(&engine, &PlayerEngine::windowWished,
                     [&](PlayerAct act) { heard << QString::fromLatin1(actName(act)); });
    engine.setOwnWindow(true);
    Q_EMIT first->windowWished(PlayerAct::Pause);
    first->refuseWindow();
    EXPECT_EQ(heard.join(QLatin1Char(' ')), QStringLiteral("changed pause changed failed"));
}

TEST_F(CrossfadeEngineTest, IsTheFirstEngineWhereNothingOverlaps) {
    play();
    engine.setNext(source("b"));
    EXPECT_EQ(first->nexts.size(), 1);
    EXPECT_EQ(made, 0) << "no second one without a need";
    first->goOver();
    EXPECT_EQ(advances, 1);
    engine.setVolume(40);
    EXPECT_EQ(engine.volume(), 40);
    EXPECT_EQ(engine.picture(), first);
}

TEST_F(CrossfadeEngineTest, TheNextIsOpenedAheadAndBeginsWhenItIsTime) {
    play();
    engine.setVolume(40);
    engine.setNext(source("b", 5));
    EXPECT_TRUE(first->nexts.isEmpty());
    first->moveTo(50);
    EXPECT_TRUE(second->loads.isEmpty());
    first->moveTo(85);
    ASSERT_EQ(second->loads.size(), 1);
    EXPECT_EQ(second->state(), PlaybackState::Paused);
    EXPECT_EQ(second->volume(), 40);
    EXPECT_EQ(second->options.fade, (SoundFade{5, -1, 0}));
    EXPECT_EQ(first->options.fade, (SoundFade{0, 95, 5}));
    EXPECT_EQ(advances, 0);
    first->moveTo(95);
    EXPECT_EQ(advances, 1);
    EXPECT_EQ(second->state(), PlaybackState::Playing);
    EXPECT_EQ(first->state(), PlaybackState::Playing) << "both are heard";
    second->moveTo(1);
    EXPECT_EQ(engine.position(), 1) << "what counts is the new one";
    first->setState(PlaybackState::Ended);
    EXPECT_EQ(first->state(), PlaybackState::Idle);
    EXPECT_EQ(engine.state(), PlaybackState::Playing);
    EXPECT_EQ(first->options.fade, SoundFade{});
    EXPECT_EQ(second->options.fade, SoundFade{});
    EXPECT_EQ(advances, 1);
}

TEST_F(CrossfadeEngineTest, GoesBackAndForthBetweenTheTwo) {
    fadeToB();
    engine.setNext(source("c", 5));
    second->setDuration(60);
    second->moveTo(56);
    EXPECT_EQ(first->loads.size(), 1) << "the first one still ends";
    first->setState(PlaybackState::Ended);
    ASSERT_EQ(first->loads.size(), 2);
    EXPECT_EQ(advances, 2) << "it is late, and begins at once";
    EXPECT_EQ(first->state(), PlaybackState::Playing);
    second->setState(PlaybackState::Ended);
    EXPECT_EQ(engine.state(), PlaybackState::Playing);
}

TEST_F(CrossfadeEngineTest, WithoutAnOverlapTheNextFollowsInTheSameEngine) {
    fadeToB();
    engine.setNext(source("c"));
    ASSERT_EQ(second->nexts.size(), 1);
    first->setState(PlaybackState::Ended);
    second->goOver();
    EXPECT_EQ(advances, 2);
}

TEST_F(CrossfadeEngineTest, WhatComesCanBeTakenBack) {
    play();
    engine.setNext(source("b", 5));
    first->moveTo(85);
    engine.clearNext();
    EXPECT_EQ(second->state(), PlaybackState::Idle);
    EXPECT_EQ(first->options.fade, SoundFade{});
    first->moveTo(96);
    EXPECT_EQ(advances, 0);
    first->setState(PlaybackState::Ended);
    EXPECT_EQ(engine.state(), PlaybackState::Ended);
}

TEST_F(CrossfadeEngineTest, PauseHoldsBothAndASeekEndsTheOldOne) {
    fadeToB();
    engine.setPaused(true);
    EXPECT_EQ(first->state(), PlaybackState::Paused);
    EXPECT_EQ(second->state(), PlaybackState::Paused);
    engine.setPaused(false);
    engine.seek(30);
    EXPECT_EQ(first->state(), PlaybackState::Idle);
    EXPECT_EQ(engine.position(), 30);
    EXPECT_EQ(second->options.fade, SoundFade{});
}

TEST_F(CrossfadeEngineTest, DoesNotGoOverWhilePaused) {
    play();
    engine.setNext(source("b", 5));
    first->moveTo(85);
    engine.setPaused(true);
    first->moveTo(97);
    EXPECT_EQ(advances, 0);
    engine.setPaused(false);
    EXPECT_EQ(advances, 1);
}

TEST_F(CrossfadeEngineTest, WhatCannotBeOpenedFailsWhenItsTurnHasCome) {
    play();
    engine.setNext(source("b", 5));
    first->moveTo(85);
    QString failure;
    QObject::connect(&engine, &PlayerEngine::failed, [&](const QString& reason) { failure = reason; });
    second->fail(QStringLiteral("broken"));
    EXPECT_TRUE(failure.isEmpty());
    ASSERT_EQ(first->nexts.size(), 1);
    EXPECT_EQ(first->options.fade, SoundFade{});
}

TEST_F(CrossfadeEngineTest, ATrackThatEndsTooSoonIsFollowedAtOnce) {
    play();
    engine.setNext(source("b", 5));
    bool ended = false;
    QObject::connect(&engine, &PlayerEngine::stateChanged, [&] { ended |= engine.state() == PlaybackState::Ended; });
    first->moveTo(40);
    first->setState(PlaybackState::Ended);
    EXPECT_EQ(advances, 1);
    EXPECT_EQ(second->state(), PlaybackState::Playing);
    EXPECT_FALSE(ended);
}

TEST_F(CrossfadeEngineTest, AnotherTitleEndsBothAndIsTheFirstOnes) {
    fadeToB();
    engine.load(source("film"));
    EXPECT_EQ(first->loads.last().title, QStringLiteral("film"));
    EXPECT_EQ(first->options.fade, SoundFade{});
    EXPECT_EQ(second->state(), PlaybackState::Idle);
    EXPECT_EQ(engine.state(), PlaybackState::Playing);
    engine.stop();
    EXPECT_EQ(engine.state(), PlaybackState::Idle);
}

TEST(CrossfadeWithoutASecond, TracksFollowEachOther) {
    auto* first = new FakeEngine;
    CrossfadeEngine engine(std::unique_ptr<PlayerEngine>(first), [] { return nullptr; });
    engine.load({});
    Source next;
    next.overlap = 5;
    engine.setNext(next);
    EXPECT_EQ(first->nexts.size(), 1);
}

}  // namespace
}  // namespace marea::player
