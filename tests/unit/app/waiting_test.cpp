// Why nothing comes, in words.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/unit/app/doubles.h"
#include "tests/unit/app/window.h"

namespace marea::app::test {
namespace {

using player::PlaybackState;

class Waiting : public testing::Test {
protected:
    void openFile() { player->openFiles({QUrl::fromLocalFile(QStringLiteral("/films/a.mkv"))}); }
    bool says(const char* words) {
        return QTest::qWaitFor([&] { return player->waiting() == QString::fromUtf8(words); }, 60'000);
    }
    World world;
    PlayerViewModel* player = world.context.player();
};

TEST_F(Waiting, IsSaidAfterAMomentAndGoesAtOnce) {
    openFile();
    world.engine.setState(PlaybackState::Loading);
    EXPECT_EQ(player->waiting(), QString()) << "what comes soon needs no words";
    EXPECT_TRUE(says("Waiting for the disk…")) << player->waiting().toStdString();
    world.engine.setState(PlaybackState::Playing);
    EXPECT_EQ(player->waiting(), QString());
}

TEST_F(Waiting, TellsWhyAsSoonAsThatIsKnown) {
    openFile();
    world.engine.setState(PlaybackState::Loading);
    ASSERT_TRUE(says("Waiting for the disk…"));
    Q_EMIT world.engine.stalled(QStringLiteral("The connection to the server broke"));
    EXPECT_EQ(player->waiting().toStdString(), "The connection to the server broke. Waiting for the disk…");
    Q_EMIT world.engine.stalled({});
    EXPECT_EQ(player->waiting().toStdString(), "Waiting for the disk…") << "still";
    world.engine.fail(QStringLiteral("It did not play."));
    EXPECT_EQ(player->waiting(), QString()) << "that is said";
}

// As an engine does that does not tell when it has nothing left.
TEST_F(Waiting, TroubleIsSaidWhereItDoesNotMoveFromItsPlace) {
    openFile();
    world.engine.moveTo(10);
    Q_EMIT world.engine.stalled(QStringLiteral("The server stopped answering"));
    EXPECT_EQ(player->waiting(), QString());
    ASSERT_TRUE(player->playing());
    EXPECT_TRUE(says("The server stopped answering. Waiting for the disk…")) << player->waiting().toStdString();
    world.engine.moveTo(11);
    EXPECT_EQ(player->waiting(), QString()) << "it goes on";
    EXPECT_TRUE(says("The server stopped answering. Waiting for the disk…")) << "and not";
    Q_EMIT world.engine.stalled({});
    EXPECT_EQ(player->waiting(), QString());
}

TEST_F(Waiting, TroubleThatNobodyHearsIsNotSaid) {
    openFile();
    Q_EMIT world.engine.stalled(QStringLiteral("The connection to the server broke"));
    ASSERT_TRUE(player->playing());
    EXPECT_EQ(player->waiting(), QString()) << "it plays on from what it has";
    openFile();  // another title: that of the one before is over
    world.engine.setState(PlaybackState::Loading);
    EXPECT_TRUE(says("Waiting for the disk…")) << player->waiting().toStdString();
}

TEST_F(Waiting, IsForTheServerWhereThatIsAsked) {
    ASSERT_TRUE(world.signIn());
    world.http.holds = [](const core::HttpRequest& request) {
        return request.url.path().endsWith(QLatin1String("/playback"));
    };
    player::PlayEntry film;
    film.mediaId = film.title = QStringLiteral("f1");
    player->play({film}, 0);
    EXPECT_TRUE(says("Waiting for the server…")) << player->waiting().toStdString();
    player->stop();
    EXPECT_EQ(player->waiting(), QString());
    world.http.holds = nullptr;
    world.http.release();
}

TEST_F(Pages, ThePlayerAndItsSmallOneSayWhatIsWaitedFor) {
    ASSERT_TRUE(world_.signIn());
    world_.engine.setVideo(true);
    world_.context.player()->openFiles({QUrl::fromLocalFile(QStringLiteral("/films/a.mkv"))});
    settle();
    world_.engine.setState(PlaybackState::Loading);
    std::function<int(const QQuickItem*, const QString&)> countOf = [&](const QQuickItem* item, const QString& words) {
        int found = item->isVisible() && item->property("text").toString() == words ? 1 : 0;
        for (const auto* child : item->childItems())
            found += countOf(child, words);
        return found;
    };
    const auto shown = [&] { return countOf(window_->contentItem(), QString::fromUtf8("Waiting for the disk…")); };
    EXPECT_TRUE(QTest::qWaitFor([&] { return shown() == 1; }, 60'000)) << "in the player";
    window_->requestActivate();
    QTest::keyClick(window_, Qt::Key_Escape);
    ASSERT_TRUE(QTest::qWaitFor([&] { return window_->title() == QLatin1String("Marea"); }));
    EXPECT_TRUE(QTest::qWaitFor([&] { return shown() == 1; }, 60'000)) << "at the foot of the page";
    world_.engine.setState(PlaybackState::Playing);
    EXPECT_EQ(shown(), 0);
}

}  // namespace
}  // namespace marea::app::test
