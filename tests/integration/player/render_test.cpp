#include <gtest/gtest.h>

#include <QQmlComponent>
#include <QQmlContext>
#include <QQmlEngine>
#include <QQuickView>
#include <QQuickWindow>
#include <QSet>

#include "player/render/videoitem.h"
#include "tests/integration/player/enginelist.h"
#include "tests/integration/player/playermedia.h"
#include "tests/integration/player/waiting.h"

namespace marea::player {
namespace {

using test::PlayerMedia;
using test::waitFor;

constexpr char scene[] = R"(
import QtQuick
import Marea.Player
Rectangle {
    color: "black"
    VideoItem { objectName: "video"; anchors.fill: parent; engine: playerEngine }
})";

int colours(const QImage& image) {
    QSet<QRgb> seen;
    for (int y = 0; y < image.height(); y += 4) {
        for (int x = 0; x < image.width(); x += 4) {
            seen.insert(image.pixel(x, y));
        }
    }
    return static_cast<int>(seen.size());
}

struct RenderTest : ::testing::TestWithParam<std::string> {
    std::unique_ptr<PlayerEngine> engine;
    QQmlEngine qml;
    std::unique_ptr<QQuickView> view;

    void SetUp() override {
        static const bool registered = (registerVideoTypes(), true);
        ASSERT_TRUE(registered);
        EngineOptions options;
        options.audioOutput = QStringLiteral("null");
        options.windows = true;
        auto made = makeEngine(QString::fromStdString(GetParam()), options);
        ASSERT_TRUE(made) << made.error().detail;
        engine = std::move(*made);
        qml.rootContext()->setContextProperty(QStringLiteral("playerEngine"), engine.get());
    }

    void openWindow() {
        view = std::make_unique<QQuickView>(&qml, nullptr);
        QQmlComponent component(&qml);
        component.setData(scene, {});
        auto* root = qobject_cast<QQuickItem*>(component.create());
        ASSERT_TRUE(root) << component.errorString().toStdString();
        view->resize(640, 360);
        view->setResizeMode(QQuickView::SizeRootObjectToView);
        view->setContent({}, nullptr, root);
        view->show();
    }
    void load(const QString& path) {
        Source source;
        source.url = QUrl::fromLocalFile(path);
        engine->load(source);
    }
    bool showsPicture() {
        return waitFor([&] { return colours(view->grabWindow()) > 50; });
    }
};

INSTANTIATE_TEST_SUITE_P(Engines, RenderTest, ::testing::ValuesIn(test::allEngines()),
                         [](const auto& info) { return info.param; });

TEST_P(RenderTest, AFilmGivenAfterTheItemIsOnTheScreenWithItsFirstFrame) {
    openWindow();
    int first = 0;
    QObject::connect(engine.get(), &PlayerEngine::firstFrame, [&] { ++first; });
    load(PlayerMedia::get().film());
    ASSERT_TRUE(waitFor([&] { return engine->state() == PlaybackState::Playing; }));
    EXPECT_EQ(first, 1);
    EXPECT_TRUE(showsPicture());
    const QImage picture = view->grabWindow();  // upright: red on the left, cyan on the right, the clock above
    EXPECT_GT(picture.pixelColor(8, 350).red(), 200);
    EXPECT_GT(picture.pixelColor(632, 350).blue(), 200);
    EXPECT_LT(picture.pixelColor(195, 70).green(), 120);
    EXPECT_GT(picture.pixelColor(195, 290).green(), 150);
}

TEST_P(RenderTest, AFilmThatAlreadyPlaysGetsItsPictureWhenTheItemComes) {
    load(PlayerMedia::get().film());
    ASSERT_TRUE(waitFor([&] { return engine->state() == PlaybackState::Playing; }));
    openWindow();
    EXPECT_TRUE(showsPicture());
}

TEST_P(RenderTest, ClosingThePageAndOpeningItAgainBringsThePictureBack) {
    openWindow();
    load(PlayerMedia::get().film());
    ASSERT_TRUE(waitFor([&] { return engine->state() == PlaybackState::Playing; }));
    ASSERT_TRUE(showsPicture());
    view.reset();
    openWindow();
    EXPECT_TRUE(showsPicture());
    EXPECT_NE(engine->state(), PlaybackState::Failed);
}

// mpv may have read all of the file by then; the picture comes back whether it plays or is paused.
TEST_P(RenderTest, ThePictureComesBackEachTimeThatThePageIsOpenedAgain) {
    openWindow();
    load(PlayerMedia::get().film());
    ASSERT_TRUE(waitFor([&] { return engine->state() == PlaybackState::Playing; }));
    engine->setPaused(true);
    for (int time = 1; time <= 50; ++time) {
        view.reset();
        engine->setPaused(time % 2 == 0);
        openWindow();
        ASSERT_TRUE(waitFor([&] { return colours(view->grabWindow()) > 50; }, 10'000)) << "opened " << time << " times";
        engine->setPaused(true);
        if (engine->position() > 4) {
            engine->seek(1);
        }
    }
}

// Without a display mpv opens no window, and without one the film has nothing to play for a moment.
TEST_P(RenderTest, ASilentFilmWhoseOwnWindowCannotBeOpenedGoesOnInThePage) {
    if (qEnvironmentVariableIsSet("MAREA_TEST_DISPLAY") || !engine->canOwnWindow()) {
        GTEST_SKIP() << "windows can be opened, or are none of the engine's";
    }
    qunsetenv("DISPLAY");
    qunsetenv("WAYLAND_DISPLAY");
    openWindow();
    int refused = 0;
    QString failure;
    QObject::connect(engine.get(), &PlayerEngine::ownWindowFailed, [&] { ++refused; });
    QObject::connect(engine.get(), &PlayerEngine::failed, [&](const QString& reason) { failure = reason; });
    load(PlayerMedia::get().silentFilm());
    ASSERT_TRUE(waitFor([&] { return engine->state() == PlaybackState::Playing; }));
    engine->setPaused(true);
    engine->seek(3);
    ASSERT_TRUE(showsPicture());
    engine->setOwnWindow(true);
    ASSERT_TRUE(waitFor([&] { return refused > 0 || !failure.isEmpty(); }));
    EXPECT_TRUE(waitFor([&] { return engine->state() == PlaybackState::Paused || !failure.isEmpty(); }));
    EXPECT_EQ(failure, QString());
    EXPECT_FALSE(engine->ownWindow());
    EXPECT_TRUE(showsPicture());
    EXPECT_NEAR(engine->position(), 3, 0.2);
    engine->setPaused(false);
    EXPECT_TRUE(waitFor([&] { return engine->position() > 3.5; })) << "it plays on";
    EXPECT_EQ(refused, 1);
    engine->setPaused(true);
    engine->setOwnWindow(true);
    EXPECT_TRUE(waitFor([&] { return refused == 2 && engine->state() == PlaybackState::Paused; }))
        << "nor the second time";
    EXPECT_EQ(failure, QString());
}

TEST_P(RenderTest, ASilentFilmOutlivesItsPage) {
    openWindow();
    load(PlayerMedia::get().silentFilm());
    ASSERT_TRUE(waitFor([&] { return engine->state() == PlaybackState::Playing; }));
    engine->setPaused(true);
    ASSERT_TRUE(showsPicture());
    view.reset();
    openWindow();
    EXPECT_TRUE(showsPicture());
    EXPECT_EQ(engine->state(), PlaybackState::Paused);
}

TEST_P(RenderTest, MusicPlaysWithoutAnyItem) {
    load(PlayerMedia::get().track(1));
    EXPECT_TRUE(waitFor([&] { return engine->state() == PlaybackState::Playing; }));
}

TEST_P(RenderTest, TheEngineMayGoBeforeTheItem) {
    openWindow();
    load(PlayerMedia::get().film());
    ASSERT_TRUE(waitFor([&] { return engine->state() == PlaybackState::Playing; }));
    engine.reset();
    view->grabWindow();
}

}  // namespace
}  // namespace marea::player
