// The waveform of the track that plays, and where it is shown.
#include "app/viewmodels/waveformitem.h"
#include "tests/unit/app/window.h"

namespace marea::app::test {
namespace {

using L = QLatin1String;

QJsonObject drawn(const QJsonArray& peaks) {
    return {{L("peaks"), peaks}};
}

player::PlayEntry heard(const char* id, bool isMusic = true) {
    player::PlayEntry entry;
    entry.mediaId = entry.title = L(id);
    entry.music = isMusic;
    entry.duration = 100;
    return entry;
}

void addTracks(FakeHttp& http, const QStringList& ids) {
    for (const auto& id : ids) {
        const QJsonObject playing{{L("session_id"), QString(L("s-") + id)},
                                  {L("mode"), L("direct")},
                                  {L("url"), QStringLiteral("/stream/t/%1/direct/f.flac").arg(id)}};
        http.on(qPrintable(QStringLiteral("POST /api/v1/media/%1/playback").arg(id)), 201, playing);
        for (const auto* session : {"PUT /api/v1/sessions/s-", "DELETE /api/v1/sessions/s-"})
            http.on(qPrintable(L(session) + id), 204, {});
    }
}

TEST(Waveform, IsAskedForOnceATrackWhenSomebodyLooks) {
    World world;
    addTracks(world.http, {L("t1"), L("t2"), L("f1")});
    world.http.on("GET /api/v1/media/t1/waveform", 200, drawn({0, 128, 255, 999}));
    auto* waveform = world.context.waveform();
    auto* player = world.context.player();
    const auto asked = [&](const char* id) {
        return world.http.count("GET", QStringLiteral("/api/v1/media/%1/waveform").arg(L(id)));
    };
    waveform->look();
    player->play({heard("t1"), heard("t2"), heard("f1", false)}, 0);
    ASSERT_TRUE(QTest::qWaitFor([&] { return player->playing(); }));
    EXPECT_EQ(asked("t1"), 0) << "nobody looks";
    waveform->look();
    waveform->look();
    ASSERT_TRUE(QTest::qWaitFor([&] { return waveform->available(); }));
    EXPECT_EQ(asked("t1"), 1);
    EXPECT_EQ(waveform->peaks(), QList<int>({0, 128, 255, 255}));

    player->jump(1);
    EXPECT_FALSE(waveform->available()) << "of another track";
    waveform->look();
    ASSERT_TRUE(QTest::qWaitFor([&] { return asked("t2") == 1 && player->playing(); }));
    EXPECT_FALSE(waveform->available()) << "it has none";
    waveform->look();
    EXPECT_EQ(asked("t2"), 1);
    player->jump(2);
    waveform->look();
    EXPECT_EQ(asked("f1"), 0) << "no music";
}

TEST(Waveform, TellsHowFarOneIsAndLeadsThere) {
    World world;
    addTracks(world.http, {L("t1")});
    world.http.on("GET /api/v1/media/t1/waveform", 200, drawn({10, 20}));
    auto* waveform = world.context.waveform();
    EXPECT_EQ(waveform->progress(), 0);
    world.context.player()->play({heard("t1")}, 0);
    ASSERT_TRUE(QTest::qWaitFor([&] { return world.context.player()->playing(); }));
    waveform->seekTo(0.5);
    EXPECT_EQ(world.context.player()->position(), 0) << "there is nothing to click on yet";
    waveform->look();
    ASSERT_TRUE(QTest::qWaitFor([&] { return waveform->available(); }));
    world.engine.setDuration(200);
    int moves = 0;
    QObject::connect(waveform, &WaveformViewModel::moved, waveform, [&] { ++moves; });
    world.engine.moveTo(50);
    EXPECT_DOUBLE_EQ(waveform->progress(), 0.25);
    EXPECT_GT(moves, 0);
    waveform->seekTo(0.75);
    EXPECT_DOUBLE_EQ(world.context.player()->position(), 150);
    waveform->seekTo(-3);
    EXPECT_DOUBLE_EQ(world.context.player()->position(), 0);
}

TEST(Waveform, OfATrackThatIsOverComesTooLate) {
    World world;
    addTracks(world.http, {L("t1"), L("t2")});
    world.http.on("GET /api/v1/media/t1/waveform", 200, drawn({1, 2, 3}));
    world.http.on("GET /api/v1/media/t2/waveform", 200, drawn({4, 5}));
    world.http.holds = [](const core::HttpRequest& request) { return request.url.path().endsWith(L("t1/waveform")); };
    auto* waveform = world.context.waveform();
    world.context.player()->play({heard("t1"), heard("t2")}, 0);
    waveform->look();
    world.context.player()->jump(1);
    waveform->look();
    ASSERT_TRUE(QTest::qWaitFor([&] { return waveform->peaks() == QList<int>({4, 5}); }));
    ASSERT_EQ(world.http.count("GET", QStringLiteral("/api/v1/media/t1/waveform")), 1);
    world.http.release();
    bool later = false;
    deliver(world.api.waveform(L("t2")), waveform, [&](const core::Result<Waveform>&) { later = true; });
    ASSERT_TRUE(QTest::qWaitFor([&] { return later; }));
    EXPECT_EQ(waveform->peaks(), QList<int>({4, 5}));
}

TEST(Waveform, BarsStandInTheirRoom) {
    const auto bars = WaveformItem::bars({0, 255, 51, 102}, {40, 10});
    ASSERT_EQ(bars.size(), 4);
    EXPECT_EQ(bars[0], QRectF(0, 4.5, 9, 1)) << "silence is a line";
    EXPECT_EQ(bars[1], QRectF(10, 0, 9, 10));
    EXPECT_EQ(bars[2], QRectF(20, 4, 9, 2));
    const auto few = WaveformItem::bars({0, 255, 51, 102}, {6, 10});
    ASSERT_EQ(few.size(), 2) << "narrow: the loudest of several";
    EXPECT_EQ(few[0].height(), 10);
    EXPECT_EQ(few[1].height(), 4);
    EXPECT_TRUE(WaveformItem::bars({}, {40, 10}).isEmpty());
    EXPECT_TRUE(WaveformItem::bars({1, 2}, {0, 0}).isEmpty());
}

// Rows are no children of the window's, but of what they stand in.
QQuickItem* playedBelow(const QQuickItem& item) {
    for (auto* child : item.childItems()) {
        if (child->isVisible() && child->objectName() == L("played"))
            return child;
        if (auto* found = playedBelow(*child))
            return found;
    }
    return nullptr;
}

TEST_F(Pages, TheTrackThatPlaysHasItsWaveformOnItsAlbumsPage) {
    QJsonObject album = film(L("al"), L("Low Water")), one = film(L("t1"), L("Sea")), two = film(L("t2"), L("Foam"));
    album[L("kind")] = L("album");
    one[L("kind")] = two[L("kind")] = L("track");
    world_.http.on("GET /api/v1/media/al", 200, album);
    world_.http.on("GET /api/v1/media", 200, listOf({one, two}));
    addTracks(world_.http, {L("t1"), L("t2")});
    world_.http.on("GET /api/v1/media/t1/waveform", 200, drawn({10, 20, 30}));
    ASSERT_TRUE(world_.signIn());
    world_.context.navigator()->open(L("al"), L("album"));
    world_.context.player()->play({heard("t1"), heard("t2")}, 0);
    const auto shown = [this] { return playedBelow(*window_->contentItem()); };
    ASSERT_TRUE(QTest::qWaitFor([&] { return shown() && shown()->width() > 100 && world_.engine.loads.size() == 1; }));
    world_.engine.setDuration(200);
    world_.engine.moveTo(50);
    const auto* clip = shown()->parentItem();
    EXPECT_NEAR(clip->width(), shown()->width() / 4, 1);
    EXPECT_TRUE(clip->clip());

    const auto middle = shown()->mapToScene({shown()->width() / 2, shown()->height() / 2}).toPoint();
    QTest::mouseClick(window_, Qt::LeftButton, {}, middle);
    EXPECT_NEAR(world_.context.player()->position(), 100, 1);

    world_.context.player()->jump(1);
    EXPECT_TRUE(QTest::qWaitFor([&] { return !shown(); })) << "it has none";
    EXPECT_TRUE(
        QTest::qWaitFor([&] { return world_.http.count("GET", QStringLiteral("/api/v1/media/t2/waveform")) == 1; }));
    settle();
}

}  // namespace
}  // namespace marea::app::test
