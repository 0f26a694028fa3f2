#include <gtest/gtest.h>

#include "app/viewmodels/previewviewmodel.h"
#include "tests/unit/app/doubles.h"

namespace marea::app::test {
namespace {

const char* const list =
    "WEBVTT\n"
    "\n00:00:00.000 --> 00:00:10.000\n0.jpg#xywh=0,0,320,180\n"
    "\n00:00:10.000 --> 00:00:20.000\n0.jpg#xywh=320,0,320,180\n"
    "\n01:00:20.500 --> 01:00:30.000\n1.jpg#xywh=0,180,320,180\n";

TEST(Previews, AreReadFromTheirList) {
    const auto tiles = parsePreviews(QString::fromLatin1(list));
    ASSERT_EQ(tiles.size(), 3);
    EXPECT_EQ(tiles[1].sheet.toStdString(), "0.jpg");
    EXPECT_EQ(tiles[1].place, QRect(320, 0, 320, 180));
    EXPECT_EQ(tiles[2].from, 3620.5);
    EXPECT_TRUE(parsePreviews(QStringLiteral("WEBVTT\n\n00:00.000 --> 00:01.000\n../a.jpg#xywh=0,0,9,9\n")).isEmpty());
    EXPECT_TRUE(parsePreviews(QStringLiteral("WEBVTT\n\n00:00.000 --> 00:01.000\n0.jpg#xywh=0,0,0,180\n")).isEmpty());
}

TEST(Previews, AreAskedForWhenSomebodyPointsAtTheBar) {
    World world;
    world.http.on("POST /api/v1/media/f1/playback", 201,
                  {{QStringLiteral("session_id"), QStringLiteral("s")},
                   {QStringLiteral("mode"), QStringLiteral("direct")},
                   {QStringLiteral("url"), QStringLiteral("/stream/t/f1/direct/f")},
                   {QStringLiteral("sprites_url"), QStringLiteral("/stream/t/f1/m/f/sprites/sprites.vtt")}});
    world.http.answers[QStringLiteral("GET /stream/t/f1/m/f/sprites/sprites.vtt")] = [](const core::HttpRequest&) {
        return core::HttpResponse{200, {}, list};
    };
    player::PlayEntry film;
    film.mediaId = QStringLiteral("f1");
    world.context.player()->play({film}, 0);
    ASSERT_TRUE(QTest::qWaitFor([&] { return world.engine.loads.size() == 1; }));
    auto* previews = world.context.previews();
    EXPECT_FALSE(previews->available());
    EXPECT_TRUE(previews->at(5).isEmpty());
    previews->want();
    ASSERT_TRUE(QTest::qWaitFor([&] { return previews->available(); }));
    const auto tile = previews->at(12);
    EXPECT_EQ(tile[QStringLiteral("sheet")].toString().toStdString(), "/stream/t/f1/m/f/sprites/0.jpg");
    EXPECT_EQ(tile[QStringLiteral("x")].toInt(), 320);
    world.context.player()->stop();
    EXPECT_FALSE(previews->available());
}

}  // namespace
}  // namespace marea::app::test
