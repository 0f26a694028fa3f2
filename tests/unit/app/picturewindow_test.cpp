#include <gtest/gtest.h>

#include <QMetaProperty>

#include "app/viewmodels/picturewindow.h"
#include "tests/unit/app/doubles.h"
#include "tests/unit/app/window.h"

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

TEST_F(PictureWindowTest, IsPossibleOnceThereIsAnEngineThatHasWindows) {
    world.engine.windows = false;
    const auto* meta = window.metaObject();
    EXPECT_TRUE(meta->property(meta->indexOfProperty("possible")).hasNotifySignal());
    EXPECT_FALSE(window.possible());
    bool told = false;
    QObject::connect(&window, &PictureWindow::changed, &window, [&] { told = window.possible(); });
    world.engine.windows = true;
    Q_EMIT world.engine.pictureChanged();
    EXPECT_TRUE(told);
}

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
    Q_EMIT world.engine.windowWished(player::PlayerAct::HdrWindow);
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
    EXPECT_EQ(world.context.notices()->text(), said.value(0)) << "wherever one is";
    EXPECT_TRUE(world.context.notices()->warning());
}

// What stands at the foot of a page stands in the player too, which covers that page.
TEST_F(Pages, TheNoticeBarIsThereWhereverOneIs) {
    const auto shown = [this] {
        std::function<int(const QQuickItem*)> count = [&](const QQuickItem* item) {
            int found = item->isVisible() &&
                        QLatin1String(item->metaObject()->className()).startsWith(QLatin1String("NoticeBar"));
            for (const auto* child : item->childItems())
                found += count(child);
            return found;
        };
        return count(window_->contentItem());
    };
    ASSERT_TRUE(world_.signIn());
    world_.engine.windows = true;
    Q_EMIT world_.engine.ownWindowFailed();
    EXPECT_TRUE(QTest::qWaitFor([&] { return shown() == 1; })) << "on a page";
    world_.context.notices()->dismiss();
    ASSERT_TRUE(QTest::qWaitFor([&] { return shown() == 0; }));
    world_.engine.setVideo(true);
    world_.context.player()->openFiles({QUrl::fromLocalFile(QStringLiteral("/films/a.mkv"))});
    settle();
    Q_EMIT world_.engine.ownWindowFailed();
    EXPECT_TRUE(QTest::qWaitFor([&] { return shown() == 1; })) << "in the player";
}

TEST_F(PictureWindowTest, ItsKeysDoWhatThePagesDo) {
    play("Sparks", "pq");
    window.toggle();
    world.engine.setDuration(600);
    world.engine.moveTo(100);
    Q_EMIT world.engine.windowWished(player::PlayerAct::Forward);
    EXPECT_DOUBLE_EQ(world.engine.position(), 110);
    Q_EMIT world.engine.windowWished(player::PlayerAct::BackABit);
    EXPECT_DOUBLE_EQ(world.engine.position(), 105);
    Q_EMIT world.engine.windowWished(player::PlayerAct::Pause);
    EXPECT_EQ(world.engine.state(), player::PlaybackState::Paused);
    Q_EMIT world.engine.windowWished(player::PlayerAct::Mute);
    EXPECT_TRUE(world.engine.muted());
    EXPECT_TRUE(window.open());
}

TEST_F(PictureWindowTest, WhatAPlayerCanDoIsTheSameInThePageAndInTheWindow) {
    play("Sparks", "pq");
    auto* player = world.context.player();
    for (const auto& key : player::playerKeys()) {
        if (key.key == 0)
            continue;
        EXPECT_EQ(player->actOf(key.key), QLatin1String(player::actName(key.act)));
        EXPECT_EQ(player::actNamed(player->actOf(key.key).toLatin1()), key.act);
    }
    EXPECT_EQ(player->actOf(Qt::Key_Z), QString());
    EXPECT_FALSE(player->act(QString()));
    EXPECT_FALSE(player->act(QStringLiteral("hdr"))) << "of the page";
    world.engine.setDuration(600);
    world.engine.moveTo(100);
    EXPECT_TRUE(player->act(player->actOf(Qt::Key_J)));
    EXPECT_DOUBLE_EQ(world.engine.position(), 90);
    world.engine.setVolume(50);
    EXPECT_TRUE(player->act(player->actOf(Qt::Key_Up)));
    EXPECT_EQ(world.engine.volume(), 55);
}

}  // namespace
}  // namespace marea::app::test
