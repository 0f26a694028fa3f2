#include <gtest/gtest.h>

#include "app/viewmodels/picturewindow.h"
#include "tests/unit/app/doubles.h"

namespace marea::app::test {
namespace {

using player::PlaybackFacts;

PlaybackFacts picture(const char* transfer) {
    PlaybackFacts facts;
    facts.width = 3840;
    facts.transfer = QLatin1String(transfer);
    return facts;
}

struct PictureWindowTest : ::testing::Test {
    World world;
    PictureWindow& window = *world.context.pictureWindow();
    QStringList said;

    PictureWindowTest() {
        world.engine.windows = true;
        QObject::connect(&window, &PictureWindow::said, [this](const QString& words) { said << words; });
    }
    void play(const char* title, const char* transfer) {
        player::PlayEntry entry;
        entry.title = QLatin1String(title);
        entry.file = QUrl::fromLocalFile(QStringLiteral("/films/%1.mkv").arg(entry.title));
        world.context.player()->play({entry}, 0);
        world.engine.setFacts(picture(transfer));
    }
};

TEST_F(PictureWindowTest, IsOfferedForHdrAloneWhereThereAreWindows) {
    EXPECT_FALSE(window.offered());
    play("Sparks", "bt.1886");
    EXPECT_FALSE(window.offered());
    world.engine.setFacts(picture("pq"));
    EXPECT_TRUE(window.offered());
    world.engine.windows = false;
    EXPECT_FALSE(window.offered());
    window.toggle();
    EXPECT_FALSE(window.open());
}

TEST_F(PictureWindowTest, OpensWhenAskedAndWhatIsNotHdrComesBack) {
    play("Sparks", "hlg");
    EXPECT_FALSE(window.open()) << "nobody asked";
    window.toggle();
    EXPECT_TRUE(window.open());
    world.engine.setFacts({});  // the next one is not known yet
    EXPECT_TRUE(window.open());
    play("Plain", "bt.1886");
    EXPECT_FALSE(window.open());
}

TEST_F(PictureWindowTest, BySettingOpensByItselfButNotAgainAfterItWasTakenBack) {
    window.setWanted(true);
    play("Sparks", "pq");
    EXPECT_TRUE(window.open());
    Q_EMIT world.engine.windowWished(player::WindowWish::Leave);
    EXPECT_FALSE(window.open());
    Q_EMIT world.engine.videoChanged();
    EXPECT_FALSE(window.open());
    play("Another", "pq");
    EXPECT_TRUE(window.open());
    world.context.player()->stop();
    EXPECT_FALSE(window.open()) << "nothing plays";
}

TEST_F(PictureWindowTest, SaysWhereItCannotBeOpenedAndTriesNoMore) {
    window.setWanted(true);
    play("Sparks", "pq");
    world.engine.refuseWindow();
    Q_EMIT world.engine.videoChanged();
    EXPECT_FALSE(window.open());
    EXPECT_EQ(said.size(), 1);
}

TEST_F(PictureWindowTest, ItsKeysDoWhatThePagesDo) {
    play("Sparks", "pq");
    window.toggle();
    world.engine.setDuration(600);
    world.engine.moveTo(100);
    Q_EMIT world.engine.windowWished(player::WindowWish::Forward);
    EXPECT_DOUBLE_EQ(world.engine.position(), 110);
    Q_EMIT world.engine.windowWished(player::WindowWish::BackABit);
    EXPECT_DOUBLE_EQ(world.engine.position(), 105);
    Q_EMIT world.engine.windowWished(player::WindowWish::Pause);
    EXPECT_EQ(world.engine.state(), player::PlaybackState::Paused);
    Q_EMIT world.engine.windowWished(player::WindowWish::Mute);
    EXPECT_TRUE(world.engine.muted());
}

}  // namespace
}  // namespace marea::app::test
