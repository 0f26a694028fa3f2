#include <gtest/gtest.h>

#include <functional>
#include <QJSValue>

#include "player/session/playerkeys.h"
#include "tests/unit/app/window.h"

// The keys of the player, from the one table of them.
namespace marea::app::test {
namespace {

class PlayerKeys : public Pages {
protected:
    void openFilm() {
        world_.engine.setVideo(true);
        world_.engine.setDuration(600);
        world_.context.player()->openFiles({QUrl::fromLocalFile(QStringLiteral("/films/a.mkv"))});
        window_->requestActivate();
        settle();
        world_.engine.moveTo(100);
        world_.engine.setVolume(50);
    }
    // What the page itself does for keys.
    QJSValue pageActs() const {
        std::function<QJSValue(QQuickItem*)> below = [&](QQuickItem* item) {
            if (item->metaObject()->indexOfProperty("pageActs") >= 0)
                return item->property("pageActs").value<QJSValue>();
            for (auto* child : item->childItems())
                if (const auto found = below(child); found.isObject())
                    return found;
            return QJSValue();
        };
        return below(window_->contentItem());
    }
};

TEST_F(PlayerKeys, EachDoesSomethingInThePage) {
    openFilm();
    const auto acts = pageActs();
    ASSERT_TRUE(acts.isObject());
    for (const auto& key : player::playerKeys()) {
        if (key.key == 0)
            continue;  // of an engine's own window
        const auto act = world_.context.player()->actOf(key.key);
        EXPECT_TRUE(acts.hasProperty(act) || world_.context.player()->act(act)) << act.toStdString();
    }
}

TEST_F(PlayerKeys, DoInThePageWhatTheTableSays) {
    openFilm();
    QTest::keyClick(window_, Qt::Key_L);
    EXPECT_EQ(world_.engine.position(), 110);
    QTest::keyClick(window_, Qt::Key_Left);
    EXPECT_EQ(world_.engine.position(), 105);
    QTest::keyClick(window_, Qt::Key_Down);
    EXPECT_EQ(world_.engine.volume(), 45);
    QTest::keyClick(window_, Qt::Key_M);
    EXPECT_TRUE(world_.engine.muted());
    QTest::keyClick(window_, Qt::Key_K);
    EXPECT_EQ(world_.engine.state(), player::PlaybackState::Paused);
    QTest::keyClick(window_, Qt::Key_K, Qt::ControlModifier);
    EXPECT_EQ(world_.engine.state(), player::PlaybackState::Paused) << "another key";
}

TEST_F(PlayerKeys, OfSpeedHaveAMenuWhereTheWindowHasNoRoomForAButton) {
    const auto press = [this](const char* words) {
        QQuickItem* item = nullptr;
        EXPECT_TRUE(QTest::qWaitFor(
            [&] { return (item = saying(window_->contentItem(), QString::fromUtf8(words))) != nullptr; }, 60'000))
            << words;
        while (item && item->metaObject()->indexOfSignal("clicked()") < 0)
            item = item->parentItem();
        ASSERT_NE(item, nullptr) << words;
        QMetaObject::invokeMethod(item, "clicked");
    };
    window_->resize(480, 720);
    openFilm();
    press("More");
    press("Speed");
    press("1.5×");
    EXPECT_EQ(world_.engine.speed(), 1.5);
}

TEST_F(PlayerKeys, StepChaptersInTheSmallWindowToo) {
    world_.engine.setChapters({{0, {}}, {200, {}}});
    openFilm();
    QTest::keyClick(window_, Qt::Key_W);
    QWindow* small = nullptr;
    ASSERT_TRUE(QTest::qWaitFor([&] {
        for (auto* window : QGuiApplication::topLevelWindows())
            if (window->isVisible() && window->flags().testFlag(Qt::WindowStaysOnTopHint))
                small = window;
        return small != nullptr;
    }));
    QTest::keyClick(small, Qt::Key_PageUp);
    EXPECT_EQ(world_.engine.position(), 200);
    QTest::keyClick(small, Qt::Key_J);
    EXPECT_EQ(world_.engine.position(), 190);
}

}  // namespace
}  // namespace marea::app::test
