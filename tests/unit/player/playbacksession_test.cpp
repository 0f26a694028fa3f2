#include "player/session/playbacksession.h"

#include <gtest/gtest.h>

#include <limits>
#include <QCoreApplication>

#include "tests/support/fakeengine.h"

namespace marea::player {
namespace {

// Answers when the test says so.
struct FakeResolver : SourceResolver {
    struct Question {
        PlayEntry entry;
        std::function<void(core::Result<ReadySource>)> done;
    };
    QList<Question> open;
    bool atOnce = true;
    QStringList broken;
    double start = 0;
    bool segmented = false;
    qint64 expiresAt = 0;

    void resolve(const PlayEntry& entry, std::function<void(core::Result<ReadySource>)> done) override {
        open.append({entry, std::move(done)});
        if (atOnce) {
            answer();
        }
    }
    void answer() {
        const Question question = open.takeFirst();
        if (broken.contains(question.entry.title)) {
            question.done(core::fail(core::ErrorCode::Unprocessable, "This file is broken"));
            return;
        }
        ReadySource ready;
        ready.source.title = question.entry.title;
        ready.source.start = start;
        ready.source.segmented = segmented;
        ready.source.expiresAt = expiresAt;
        ready.sessionId = QStringLiteral("s-") + question.entry.title;
        question.done(ready);
    }
};

struct FakePositions : PositionStore {
    QStringList saved;
    void save(const PlayEntry& entry, const QString& session, double seconds, State state) override {
        const char* names[] = {"playing", "paused", "stopped"};
        EXPECT_EQ(session, QStringLiteral("s-") + entry.title);
        saved.append(entry.title + QLatin1Char(' ') + QString::number(seconds) + QLatin1Char(' ') +
                     QLatin1String(names[static_cast<int>(state)]));
    }
};

struct PlaybackSessionTest : ::testing::Test {
    FakeEngine engine;
    FakeResolver resolver;
    FakePositions positions;
    PlaybackSession session{engine, resolver, positions};
    int finished = 0;
    QStringList skipped;

    PlaybackSessionTest() {
        QObject::connect(&session, &PlaybackSession::finished, [this] { ++finished; });
        QObject::connect(&session, &PlaybackSession::skipped, [this](const QString& title) { skipped << title; });
    }
    static QList<PlayEntry> entries(const QStringList& names, bool music = true) {
        QList<PlayEntry> out;
        for (const QString& name : names) {
            PlayEntry entry;
            entry.title = name;
            entry.music = music;
            out.append(entry);
        }
        return out;
    }
    void waitForProblem() {
        while (session.problem().isEmpty()) {
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        }
    }
    static QStringList list(const char* text) { return QString::fromLatin1(text).split(QLatin1Char(' ')); }
    QString loaded() const { return engine.loads.isEmpty() ? QString() : engine.loads.last().title; }
    QString planned() const { return engine.nexts.isEmpty() ? QString() : engine.nexts.last().title; }
};

TEST_F(PlaybackSessionTest, AnAlbumIsGivenOneAhead) {
    session.play(entries(list("a b c")), 0);
    EXPECT_EQ(loaded(), QStringLiteral("a"));
    EXPECT_EQ(planned(), QStringLiteral("b"));
    engine.setDuration(100);
    engine.goOver();
    EXPECT_EQ(positions.saved, QStringList{QStringLiteral("a 100 stopped")});
    EXPECT_EQ(session.queue().current(), 1);
    EXPECT_EQ(planned(), QStringLiteral("c"));
    EXPECT_EQ(engine.loads.size(), 1);
    engine.goOver();
    engine.setState(PlaybackState::Ended);
    EXPECT_EQ(finished, 1);
}

TEST_F(PlaybackSessionTest, AFilmResumesAndItsPlaceIsKept) {
    resolver.start = 612;
    session.play(entries(list("film"), false), 0);
    EXPECT_EQ(engine.loads.last().start, 612);
    engine.moveTo(700);
    engine.setPaused(true);
    session.seek(900);
    session.stop();
    EXPECT_EQ(positions.saved, (QStringList{QStringLiteral("film 700 paused"), QStringLiteral("film 900 paused"),
                                            QStringLiteral("film 900 stopped")}));
}

TEST_F(PlaybackSessionTest, SegmentsWhoseLinkRanOutDuringAPauseAreAskedForAnew) {
    resolver.segmented = true;
    resolver.expiresAt = 1;  // long ago
    session.play(entries(list("film"), false), 0);
    EXPECT_EQ(engine.loads.size(), 1) << "it plays all the same: clocks differ";
    engine.moveTo(700);
    engine.setPaused(true);
    EXPECT_EQ(engine.loads.size(), 1);
    engine.setPaused(false);
    ASSERT_EQ(engine.loads.size(), 2);
    EXPECT_EQ(engine.loads.last().start, 700);
    EXPECT_EQ(engine.state(), PlaybackState::Playing);
    resolver.expiresAt = std::numeric_limits<qint64>::max();
    session.retry();
    engine.setPaused(true);
    engine.setPaused(false);
    EXPECT_EQ(engine.loads.size(), 3) << "one that holds is kept";
    resolver.segmented = false;
    resolver.expiresAt = 1;
    session.retry();
    engine.setPaused(true);
    engine.setPaused(false);
    EXPECT_EQ(engine.loads.size(), 4) << "a whole file renews its link by itself";
}

TEST_F(PlaybackSessionTest, SegmentsThatDoNotComeAreAskedForAnew) {
    resolver.segmented = true;
    session.setPatience(std::chrono::milliseconds(1));
    session.play(entries(list("film"), false), 0);
    engine.moveTo(700);
    resolver.broken << QStringLiteral("film");  // the server is away
    engine.setState(PlaybackState::Loading);
    waitForProblem();
    EXPECT_EQ(session.problem().toStdString(), "This file is broken");
    resolver.broken.clear();
    session.retry();
    EXPECT_EQ(engine.loads.size(), 2);
    EXPECT_EQ(positions.saved, QStringList{QStringLiteral("film 700 stopped")});
}

TEST_F(PlaybackSessionTest, AFirstSegmentThatNeverComesEndsTheFilmWithItsReason) {
    resolver.segmented = true;
    resolver.start = 612;
    engine.silent = true;
    session.setPatience(std::chrono::milliseconds(1));
    session.play(entries(list("film"), false), 0);
    EXPECT_EQ(engine.state(), PlaybackState::Loading);
    waitForProblem();
    EXPECT_EQ(session.problem().toStdString(), "The server takes too long for the first picture");
    EXPECT_EQ(engine.state(), PlaybackState::Idle) << "it does not begin behind its problem";
    EXPECT_EQ(engine.loads.size(), 1);
    EXPECT_EQ(positions.saved, QStringList{QStringLiteral("film 612 stopped")});
}

TEST_F(PlaybackSessionTest, SegmentsThatDoNotComeWhenTheyAreAskedForAnewEndTheFilm) {
    resolver.segmented = true;
    session.setPatience(std::chrono::milliseconds(1));
    session.play(entries(list("film"), false), 0);
    engine.moveTo(700);
    engine.silent = true;
    engine.setState(PlaybackState::Loading);
    waitForProblem();
    EXPECT_EQ(engine.loads.size(), 2);
    EXPECT_EQ(session.problem().toStdString(), "The server takes too long for the first picture");
}

TEST_F(PlaybackSessionTest, EpisodesFollowButAreNotAskedForAhead) {
    session.play(entries(list("e1 e2"), false), 0);
    EXPECT_TRUE(engine.nexts.isEmpty());
    engine.setState(PlaybackState::Ended);
    EXPECT_EQ(loaded(), QStringLiteral("e2"));
}

TEST_F(PlaybackSessionTest, AFilmThatWasCutIsNotOneThatWasSeen) {
    session.play(entries(list("film"), false), 0);
    engine.setDuration(6000);
    engine.moveTo(3000);
    engine.setState(PlaybackState::Ended);
    EXPECT_FALSE(session.problem().isEmpty());
    EXPECT_EQ(finished, 0);
    EXPECT_EQ(positions.saved, QStringList{QStringLiteral("film 3000 stopped")});
}

TEST_F(PlaybackSessionTest, AFilmMayEndSomeSecondsEarly) {
    session.play(entries(list("film"), false), 0);
    engine.setDuration(60);
    engine.moveTo(51);
    engine.setState(PlaybackState::Ended);
    EXPECT_EQ(finished, 1);
    EXPECT_EQ(positions.saved.last(), QStringLiteral("film 60 stopped"));
}

TEST_F(PlaybackSessionTest, ABrokenTrackIsSkippedAndABrokenFilmStops) {
    resolver.broken = list("b");
    session.play(entries(list("a b c")), 0);
    engine.setState(PlaybackState::Ended);
    EXPECT_EQ(loaded(), QStringLiteral("c"));
    EXPECT_EQ(skipped, list("b"));
    EXPECT_TRUE(session.problem().isEmpty());
    session.play(entries(list("x y"), false), 0);
    engine.fail(QStringLiteral("The server stopped answering"));
    EXPECT_EQ(loaded(), QStringLiteral("x"));
    EXPECT_EQ(session.problem(), QStringLiteral("The server stopped answering"));
    session.retry();
    EXPECT_TRUE(session.problem().isEmpty());
}

TEST_F(PlaybackSessionTest, AnAlbumOfBrokenTracksEndsWithItsReason) {
    resolver.broken = list("a b c");
    session.play(entries(list("a b c")), 0);
    EXPECT_TRUE(engine.loads.isEmpty());
    EXPECT_EQ(session.problem(), QStringLiteral("This file is broken"));
}

TEST_F(PlaybackSessionTest, AnOldAnswerIsDropped) {
    resolver.atOnce = false;
    session.play(entries(list("a b")), 0);
    session.jump(1);
    ASSERT_EQ(resolver.open.size(), 2);
    EXPECT_TRUE(session.resolving());
    resolver.answer();
    EXPECT_TRUE(engine.loads.isEmpty());
    resolver.answer();
    EXPECT_EQ(loaded(), QStringLiteral("b"));
    EXPECT_FALSE(session.resolving());
}

TEST_F(PlaybackSessionTest, ChangingTheQueueChangesWhatFollows) {
    session.play(entries(list("a b c")), 0);
    session.insertNext(entries(list("x")));
    EXPECT_EQ(engine.cleared, 1);
    EXPECT_EQ(planned(), QStringLiteral("x"));
    session.remove(1);
    EXPECT_EQ(planned(), QStringLiteral("b"));
    session.setRepeat(Repeat::One);
    EXPECT_EQ(planned(), QStringLiteral("a"));
    engine.goOver();
    EXPECT_EQ(session.queue().current(), 0);
}

TEST_F(PlaybackSessionTest, RemovingWhatPlaysGoesOn) {
    session.play(entries(list("a b")), 0);
    session.remove(0);
    EXPECT_EQ(loaded(), QStringLiteral("b"));
    session.remove(0);
    EXPECT_EQ(engine.state(), PlaybackState::Idle);
}

TEST_F(PlaybackSessionTest, PreviousGoesToTheStartFirst) {
    session.play(entries(list("a b")), 1);
    engine.moveTo(30);
    session.previous();
    EXPECT_EQ(engine.position(), 0);
    session.previous();
    EXPECT_EQ(loaded(), QStringLiteral("a"));
}

TEST_F(PlaybackSessionTest, NextAtTheEndFinishes) {
    session.play(entries(list("a")), 0);
    session.next();
    EXPECT_EQ(finished, 1);
    EXPECT_EQ(engine.state(), PlaybackState::Idle);
}

}  // namespace
}  // namespace marea::player

int main(int argc, char** argv) {
    const QCoreApplication app(argc, argv);
    ::testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
