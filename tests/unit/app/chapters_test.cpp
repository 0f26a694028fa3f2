// A film's chapters with their pictures, on its page.
#include <QBuffer>
#include <QImage>
#include <QPainter>

#include "tests/unit/app/window.h"

namespace marea::app::test {
namespace {

using L = QLatin1String;

// 20 s a tile, from 0:00 to 1:20.
const char* const chapterTiles =
    "WEBVTT\n"
    "\n00:00:00.000 --> 00:00:20.000\n0.jpg#xywh=0,0,320,180\n"
    "\n00:00:20.000 --> 00:00:40.000\n0.jpg#xywh=320,0,320,180\n"
    "\n00:00:40.000 --> 00:01:00.000\n0.jpg#xywh=0,180,320,180\n"
    "\n00:01:00.000 --> 00:01:20.000\n0.jpg#xywh=320,180,320,180\n";

// Four tiles: red, green, blue, white.
QByteArray fourTiles() {
    QImage image(640, 360, QImage::Format_RGB32);
    QPainter painter(&image);
    painter.fillRect(0, 0, 320, 180, Qt::red);
    painter.fillRect(320, 0, 320, 180, Qt::green);
    painter.fillRect(0, 180, 320, 180, Qt::blue);
    painter.fillRect(320, 180, 320, 180, Qt::white);
    painter.end();
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return bytes;
}

void addChapters(FakeHttp& http, bool pictured) {
    QJsonObject item = film(L("f1"), L("Foghorn"));
    item[L("chapters")] = QJsonArray{QJsonObject{{L("start"), 0.0}, {L("title"), L("Out of the harbour")}},
                                     QJsonObject{{L("start"), 25.0}, {L("title"), QString()}},
                                     QJsonObject{{L("start"), 62.0}, {L("title"), L("Slack tide")}}};
    http.on("GET /api/v1/media/f1", 200, item);
    QJsonObject plan{{L("mode"), L("direct")}};
    if (pictured)
        plan[L("sprites_url")] = L("/stream/t/f1/m/f/sprites/sprites.vtt");
    http.on("POST /api/v1/media/f1/playback/plan", 200, plan);
    http.answers[L("GET /stream/t/f1/m/f/sprites/sprites.vtt")] = [](const core::HttpRequest&) {
        return core::HttpResponse{200, {}, chapterTiles};
    };
    http.answers[L("GET /stream/t/f1/m/f/sprites/0.jpg")] = [](const core::HttpRequest&) {
        return core::HttpResponse{200, {}, fourTiles()};
    };
}

QStringList partsOf(const ItemViewModel& item) {
    QStringList parts;
    for (const auto& chapter : item.chapters())
        parts << chapter.toMap()[L("part")].toString();
    return parts;
}

TEST(Chapters, HaveTheFirstPictureThatIsTheirsAlone) {
    const auto tiles = parsePreviews(QString::fromLatin1(chapterTiles));
    ASSERT_EQ(tiles.size(), 4);
    EXPECT_EQ(tileOfPart(tiles, 0, 25), &tiles[0]);
    EXPECT_EQ(tileOfPart(tiles, 25, 62), &tiles[2]) << "the one of 0:20 shows the chapter before";
    EXPECT_EQ(tileOfPart(tiles, 25, 30), &tiles[1]) << "too short for one of its own";
    EXPECT_EQ(tileOfPart(tiles, 62, 90), &tiles[3]);
    EXPECT_EQ(tileOfPart({}, 0, 25), nullptr);
}

TEST(Chapters, PicturesAreAskedForOnceAndWithoutPlaying) {
    World world;
    addChapters(world.http, true);
    const std::unique_ptr<ItemViewModel> item(world.context.item(L("f1")));
    ASSERT_TRUE(QTest::qWaitFor([&] { return item->chaptersPictured(); }));
    EXPECT_EQ(partsOf(*item), QStringList({L("0-0-320-180"), L("0-180-320-180"), L("320-180-320-180")}));
    EXPECT_EQ(item->chapters()[1].toMap()[L("sheet")].toString(), L("/stream/t/f1/m/f/sprites/0.jpg"));
    item->setAudio(1);
    ASSERT_TRUE(QTest::qWaitFor([&] { return world.http.count("POST", L("/api/v1/media/f1/playback/plan")) == 2; }));
    EXPECT_EQ(world.http.count("GET", L("/stream/t/f1/m/f/sprites/sprites.vtt")), 1);
    EXPECT_EQ(world.http.count("POST", L("/api/v1/media/f1/playback")), 0);
}

TEST(Chapters, AreTheirNamesWhereNoPicturesWereMade) {
    World world;
    addChapters(world.http, false);
    const std::unique_ptr<ItemViewModel> item(world.context.item(L("f1")));
    ASSERT_TRUE(QTest::qWaitFor([&] { return !item->playsAs().isEmpty() && item->chapters().size() == 3; }));
    EXPECT_FALSE(item->chaptersPictured());
    EXPECT_EQ(partsOf(*item), QStringList({{}, {}, {}}));
    EXPECT_EQ(item->chapters()[1].toMap()[L("title")].toString(), L("Chapter 2"));
}

QImage partPicture(ArtworkProvider& provider, const char* id) {
    const std::unique_ptr<QQuickImageResponse> response(provider.requestImageResponse(L(id), QSize(32, 18)));
    std::atomic<bool> finished = false;
    QObject::connect(
        response.get(), &QQuickImageResponse::finished, response.get(), [&] { finished = true; }, Qt::DirectConnection);
    if (!QTest::qWaitFor([&] { return finished.load(); }) || !response->errorString().isEmpty())
        return {};
    const std::unique_ptr<QQuickTextureFactory> texture(response->textureFactory());
    return texture->image();
}

TEST(Artwork, OfAPartIsThatPartAndNothingBesideTheSheet) {
    World world;
    addChapters(world.http, true);
    ArtworkLoader loader(world.api, world.http, world.folder.filePath(L("artwork")));
    ArtworkProvider provider(loader);
    const auto blue = partPicture(provider, "0-0-180-320-180/stream/t/f1/m/f/sprites/0.jpg");
    ASSERT_EQ(blue.size(), QSize(32, 18));
    EXPECT_EQ(blue.pixelColor(16, 9), QColor(Qt::blue));
    EXPECT_EQ(blue.pixelColor(1, 1), QColor(Qt::blue));
    EXPECT_TRUE(partPicture(provider, "0-9000-9000-320-180/stream/t/f1/m/f/sprites/0.jpg").isNull());
}

TEST_F(Pages, ChaptersPlayFromTheirPicture) {
    addChapters(world_.http, true);
    world_.http.on("POST /api/v1/media/f1/playback", 201,
                   {{L("session_id"), L("s")}, {L("mode"), L("direct")}, {L("url"), L("/stream/t/f1/direct/f")}});
    ASSERT_TRUE(world_.signIn());
    world_.context.navigator()->open(L("f1"), L("movie"));
    QQuickItem* row = nullptr;
    ASSERT_TRUE(QTest::qWaitFor([&] {
        row = window_->findChild<QQuickItem*>(L("chapterCards"));
        return row && row->isVisible() && row->property("entries").toInt() == 3;
    }));
    row->forceActiveFocus(Qt::TabFocusReason);
    QTest::keyClick(window_, Qt::Key_Right);
    QTest::keyClick(window_, Qt::Key_Return);
    ASSERT_TRUE(QTest::qWaitFor([&] { return world_.http.count("POST", L("/api/v1/media/f1/playback")) == 1; }));
    for (const auto& asked : world_.http.asked) {
        if (asked.url.path() == L("/api/v1/media/f1/playback")) {
            EXPECT_EQ(QJsonDocument::fromJson(asked.body).object()[L("start")].toDouble(), 25);
        }
    }
}

}  // namespace
}  // namespace marea::app::test
