#include <gtest/gtest.h>

#include "app/viewmodels/texts.h"
#include "tests/unit/app/doubles.h"

namespace marea::app::test {
namespace {

TEST(Texts, TimesAndFacts) {
    EXPECT_EQ(texts::clock(245).toStdString(), "4:05");
    EXPECT_EQ(texts::clock(3723).toStdString(), "1:02:03");
    EXPECT_EQ(texts::runtime(6720).toStdString(), "1 h 52");
    MediaItem item;
    item.kind = QStringLiteral("movie");
    item.year = 2019;
    item.duration = 6720;
    item.width = 3840;
    item.height = 2160;
    item.hdr = QStringLiteral("hdr10");
    StreamDetail video, audio;
    video.kind = QStringLiteral("video");
    video.codec = QStringLiteral("hevc");
    video.width = 3840;
    video.hdr = QStringLiteral("hdr10");
    audio.kind = QStringLiteral("audio");
    audio.codec = QStringLiteral("eac3");
    audio.channels = 6;
    audio.atmos = true;
    item.files = {FileDetail{{}, {}, {}, 0, {video, audio}}};
    EXPECT_EQ(texts::facts(item).toStdString(), "2019 · 1 h 52 · 4K HDR · 5.1");
    EXPECT_EQ(texts::playsAs(item).toStdString(), "Direct · HEVC 4K HDR10 · E-AC-3 Atmos");
}

TEST(ServerUrl, TakesWhatPeopleType) {
    EXPECT_EQ(serverUrl(QStringLiteral("casa")).toString().toStdString(), "http://casa:8470/");
    EXPECT_EQ(serverUrl(QStringLiteral("https://casa.example/x?y")).toString().toStdString(), "https://casa.example/");
    EXPECT_EQ(serverUrl(QStringLiteral("192.168.1.20:9000")).toString().toStdString(), "http://192.168.1.20:9000/");
    EXPECT_TRUE(serverUrl(QStringLiteral("file:///etc/passwd")).isEmpty());
    EXPECT_TRUE(serverUrl({}).isEmpty());
}

TEST(Session, SignsInAndRemembers) {
    World world;
    ASSERT_TRUE(world.signIn());
    EXPECT_EQ(world.context.session()->username().toStdString(), "marina");
    ASSERT_TRUE(
        QTest::qWaitFor([&] { return world.secrets.kept.contains(QStringLiteral("refresh-token@casa:8470")); }));
    world.settings.sync();
    QFile file(world.settings.fileName());
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    EXPECT_FALSE(file.readAll().contains("r2")) << "no token in a plain file";
}

TEST(Session, ResumesFromTheKeychain) {
    World world;
    world.secrets.kept[QStringLiteral("refresh-token@casa:8470")] = QStringLiteral("r1");
    world.http.on("POST /oauth/token", 200, tokens());
    world.context.session()->start(QStringLiteral("casa"), {});
    EXPECT_TRUE(QTest::qWaitFor([&] { return world.context.session()->state() == SessionViewModel::State::SignedIn; }));
}

TEST(Session, SaysSoWithoutAKeychain) {
    World world;
    world.secrets.broken = true;
    ASSERT_TRUE(world.signIn());
    EXPECT_TRUE(world.context.session()->forgetful());
}

TEST(Session, SaysWhatIsWrong) {
    World world;
    world.http.on("POST /api/v1/login", 401, {});
    EXPECT_FALSE(world.signIn());
    EXPECT_EQ(world.context.session()->errorText().toStdString(), "The name or the password is wrong.");
}

TEST(MediaModel, FetchesPageAfterPage) {
    World world;
    world.http.answers[QStringLiteral("GET /api/v1/media")] = [](const core::HttpRequest& request) {
        const bool second = request.url.query().contains(QLatin1String("cursor=c2"));
        const auto page = listOf({film(second ? QStringLiteral("b") : QStringLiteral("a"), QStringLiteral("T"))},
                                 second ? QJsonValue() : QJsonValue(QStringLiteral("c2")));
        return core::HttpResponse{200, {}, QJsonDocument(page).toJson()};
    };
    auto* films = world.context.films();
    films->ensure();
    ASSERT_TRUE(QTest::qWaitFor([&] { return films->count() == 1 && !films->loading(); }));
    ASSERT_TRUE(films->canFetchMore({}));
    films->fetchMore({});
    ASSERT_TRUE(QTest::qWaitFor([&] { return films->count() == 2; }));
    EXPECT_FALSE(films->canFetchMore({}));
    EXPECT_EQ(films->idAt(1).toStdString(), "b");
}

TEST(MediaModel, KeepsWhatItHasWhenTheServerGoes) {
    World world;
    auto* films = world.context.films();
    films->ensure();
    ASSERT_TRUE(QTest::qWaitFor([&] { return films->count() == 2; }));
    world.http.down = true;
    films->reload();
    ASSERT_TRUE(QTest::qWaitFor([&] { return films->failed(); }));
    EXPECT_EQ(films->count(), 2);
    EXPECT_FALSE(films->errorText().isEmpty());
}

TEST(Navigator, GoesBackAndForward) {
    Navigator n;
    n.go(QStringLiteral("films"));
    n.open(QStringLiteral("f1"), QStringLiteral("movie"));
    EXPECT_EQ(n.page().toStdString(), "film");
    EXPECT_EQ(n.section().toStdString(), "films");
    n.back();
    EXPECT_EQ(n.page().toStdString(), "films");
    ASSERT_TRUE(n.canGoForward());
    n.go(QStringLiteral("music"));
    EXPECT_FALSE(n.canGoForward());
}

}  // namespace
}  // namespace marea::app::test
