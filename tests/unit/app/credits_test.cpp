// Who made an album, below its tracks.
#include "tests/unit/app/window.h"

namespace marea::app::test {
namespace {

using L = QLatin1String;

void addAlbum(FakeHttp& http) {
    const auto credit = [](const char* role, const QJsonArray& names) {
        return QJsonObject{{L("role"), L(role)}, {L("names"), names}};
    };
    QJsonObject album = film(L("al"), L("Low Water"));
    album[L("kind")] = L("album");
    album[L("credits")] =
        QJsonArray{credit("composer", {L("Marina Costa"), L("Luis Vega")}), credit("gaffer", {L("Nobody")}),
                   credit("label", {}), credit("producer", {L("Ana Ribera")})};
    QJsonObject track = film(L("t1"), L("Sea"));
    track[L("kind")] = L("track");
    http.on("GET /api/v1/media/al", 200, album);
    http.on("GET /api/v1/media", 200, listOf({track}));
}

TEST(Credits, AreThoseWhoseRoleHasAName) {
    World world;
    addAlbum(world.http);
    const std::unique_ptr<ItemViewModel> item(world.context.item(L("al")));
    ASSERT_TRUE(QTest::qWaitFor([&] { return item->credits().size() == 2; }));
    const auto composers = item->credits()[0].toMap(), producers = item->credits()[1].toMap();
    EXPECT_EQ(composers[L("role")].toString().toStdString(), "Composed by");
    EXPECT_EQ(composers[L("names")].toStringList(), QStringList({L("Marina Costa"), L("Luis Vega")}));
    EXPECT_EQ(producers[L("role")].toString().toStdString(), "Produced by");
}

TEST_F(Pages, AnAlbumsCreditsStandBelowItsTracksAndAreSearchedFor) {
    addAlbum(world_.http);
    ASSERT_TRUE(world_.signIn());
    world_.context.navigator()->open(L("al"), L("album"));
    QQuickItem* credits = nullptr;
    ASSERT_TRUE(QTest::qWaitFor([&] {
        credits = window_->findChild<QQuickItem*>(L("credits"));
        return credits && credits->isVisible() && credits->property("entries").toList().size() == 2;
    }));
    ASSERT_TRUE(QMetaObject::invokeMethod(credits, "personChosen", Q_ARG(QString, L("Luis Vega"))));
    EXPECT_EQ(world_.context.search()->text().toStdString(), "Luis Vega");
    EXPECT_EQ(world_.context.navigator()->page().toStdString(), "search");
    settle();
}

}  // namespace
}  // namespace marea::app::test
