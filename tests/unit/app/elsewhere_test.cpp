// Several libraries at once: what is the same title, and what is found elsewhere.
#include <gtest/gtest.h>

#include "app/viewmodels/elsewhere.h"
#include "app/viewmodels/knownservers.h"
#include "app/viewmodels/sametitle.h"
#include "tests/unit/app/doubles.h"

namespace marea::app::test {
namespace {

using L = QLatin1String;
using State = SessionViewModel::State;

MediaItem made(const char* kind, const char* title, int year = 0, double seconds = 0) {
    MediaItem item;
    item.kind = L(kind);
    item.title = QString::fromUtf8(title);
    item.year = year;
    item.duration = seconds;
    return item;
}

MediaItem soundOf(const char* title, const char* artist, double seconds) {
    auto item = made("track", title, 0, seconds);
    item.artist = L(artist);
    return item;
}

TEST(SameTitle, GoesByNameAndYear) {
    EXPECT_TRUE(sameTitle(made("movie", "The Quiet Harbour", 2019), made("movie", "quiet harbour", 2019)));
    EXPECT_TRUE(sameTitle(made("movie", "Amélie", 2001), made("video", "Amelie")));
    EXPECT_TRUE(sameTitle(made("movie", "WALL·E"), made("movie", "Wall-E", 2008)));
    EXPECT_FALSE(sameTitle(made("movie", "Solaris", 1972), made("movie", "Solaris", 2002)));
    EXPECT_FALSE(sameTitle(made("movie", "Fargo", 1996), made("series", "Fargo", 2014)));
    EXPECT_FALSE(sameTitle(made("movie", "Solaris", 0, 9960), made("movie", "Solaris", 0, 5940))) << "by its length";
    EXPECT_TRUE(sameTitle(made("movie", "Solaris", 0, 9960), made("movie", "Solaris", 0, 9900)));
}

TEST(SameTitle, GoesByArtistAndLengthForMusic) {
    EXPECT_TRUE(sameTitle(soundOf("Blue Hour", "Marta Soler", 241), soundOf("Blue hour", "MARTA SOLER", 243)));
    EXPECT_FALSE(sameTitle(soundOf("Intro", "Ana", 60), soundOf("Intro", "Bea", 60)));
    EXPECT_FALSE(sameTitle(soundOf("Blue Hour", "Marta Soler", 241), soundOf("Blue Hour", "Marta Soler", 380)))
        << "live";
    auto one = made("episode", "Pilot"), two = made("episode", "Pilot");
    one.series = L("Coastwatch");
    two.series = L("Fargo");
    EXPECT_FALSE(sameTitle(one, two));
    two.series = one.series;
    one.season = two.season = 1;
    one.episode = 1;
    two.episode = 2;
    EXPECT_FALSE(sameTitle(one, two));
}

TEST(SameTitle, NamesOfSignsAloneAreNames) {
    EXPECT_EQ(plainTitle(L("!!!")).toStdString(), "!!!");
    EXPECT_FALSE(sameTitle(made("artist", "!!!"), made("artist", "???")));
    EXPECT_EQ(plainTitle(L("The The")).toStdString(), "the");
    EXPECT_EQ(plainTitle(L("Los")).toStdString(), "los");
    EXPECT_TRUE(isAmong(made("artist", "Björk"), {made("artist", "Ana"), made("artist", "bjork")}));
    EXPECT_FALSE(isAmong(made("artist", "Ana"), {}));
}

class ElsewhereTest : public testing::Test {
protected:
    ElsewhereTest() : world(true) {
        world.settings.setValue(L("computer/used"), true);
        KnownServers(world.settings).remember({L("piso:8470"), L("Piso"), L("ana")});
        world.secrets.kept[L("refresh-token@piso:8470")] = L("r-piso");
        world.http.answers[L("GET /api/v1/search")] = [](const core::HttpRequest& request) {
            const bool own = request.url.port() == 4711, piso = request.url.host() == L("piso");
            if (piso && core::headerValue(request.headers, "Authorization") != "Bearer a-piso")
                return core::HttpResponse{401, {}, "{}"};
            const auto found = own    ? QList<QJsonObject>{film(L("o1"), L("Foghorn")), film(L("o2"), L("Fog"))}
                               : piso ? QList<QJsonObject>{film(L("p1"), L("The Fog")), film(L("p2"), L("Fogbound"))}
                                      : QList<QJsonObject>{film(L("f1"), L("Foghorn"))};
            return core::HttpResponse{200, {}, QJsonDocument(listOf(found)).toJson()};
        };
        world.http.on("POST /oauth/token", 200, tokens("a-piso"));
    }
    LibraryElsewhere* place(int index) { return qobject_cast<LibraryElsewhere*>(elsewhere.places().value(index)); }
    bool found(int index, int titles) {
        return QTest::qWaitFor([&] { return place(index) && place(index)->found()->count() == titles; }, 60'000);
    }

    World world;
    Elsewhere& elsewhere = *world.context.elsewhere();
};

TEST_F(ElsewhereTest, HasNothingWhileOneIsNowhere) {
    EXPECT_TRUE(elsewhere.places().isEmpty());
    ASSERT_TRUE(world.signIn());
    ASSERT_EQ(elsewhere.places().size(), 2);
    EXPECT_EQ(place(0)->name().toStdString(), "This computer");
    EXPECT_EQ(place(1)->name().toStdString(), "Piso");
    world.context.session()->signOut();
    EXPECT_TRUE(elsewhere.places().isEmpty());
}

TEST_F(ElsewhereTest, IsSearchedWithTheLibraryHere) {
    ASSERT_TRUE(world.signIn());
    auto* search = world.context.search();
    search->setText(L("fog"));
    search->run();
    ASSERT_TRUE(found(1, 1));
    ASSERT_TRUE(found(0, 1)) << "what is here, too, is shown once";
    EXPECT_EQ(place(0)->found()->idAt(0).toStdString(), "o2");
    ASSERT_TRUE(found(1, 1)) << "and so is what two of the others have";
    EXPECT_EQ(place(1)->found()->idAt(0).toStdString(), "p2");
    EXPECT_TRUE(elsewhere.any());
    EXPECT_TRUE(QTest::qWaitFor([&] { return world.secrets.kept[L("refresh-token@piso:8470")] == L("r2"); }))
        << "the next sign-in there needs the new one";
    EXPECT_EQ(world.secrets.kept[L("refresh-token@casa:8470")].toStdString(), "r2");
    search->setText({});
    search->run();
    EXPECT_FALSE(elsewhere.any());
}

TEST_F(ElsewhereTest, ShowsAllWhereThatIsWished) {
    ASSERT_TRUE(world.signIn());
    elsewhere.setOnce(false);
    world.context.search()->setText(L("fog"));
    world.context.search()->run();
    EXPECT_TRUE(found(0, 2));
}

TEST_F(ElsewhereTest, PicturesAreFetchedWhereTheyAre) {
    ASSERT_TRUE(world.signIn());
    elsewhere.setOnce(false);  // the same title is here, and its answer comes before or after
    auto item = film(L("p1"), L("Fog"));
    item[L("artwork_url")] = L("/stream/token/p1/artwork?v=1");
    world.http.on("GET /api/v1/search", 200, listOf({item}));
    world.context.search()->setText(L("fog"));
    world.context.search()->run();
    ASSERT_TRUE(found(0, 1));
    const auto path = place(0)->found()->items()[0].artworkUrl;
    EXPECT_EQ(world.api.absolute(path).host().toStdString(), "casa") << "no address of its own";
    EXPECT_EQ(pictureUrl(path, world.api.server()).toString().toStdString(),
              "http://127.0.0.1:4711/stream/token/p1/artwork?v=1");
    EXPECT_EQ(pictureUrl(L("/stream/t/f1/artwork"), world.api.server()).toString().toStdString(),
              "http://casa:8470/stream/t/f1/artwork");
    EXPECT_TRUE(pictureUrl(L("/@ZmlsZTovLy8/etc/passwd"), world.api.server()).isEmpty());
}

TEST_F(ElsewhereTest, ATitleIsOpenedWhereItIs) {
    ASSERT_TRUE(world.signIn());
    world.context.openElsewhere(kThisComputer, L("f1"));
    ASSERT_TRUE(QTest::qWaitFor(
        [&] { return world.context.session()->here() && world.context.navigator()->page() == L("film"); }));
    ASSERT_EQ(elsewhere.places().size(), 2) << "the one that one came from";
    EXPECT_EQ(place(0)->address().toStdString(), "casa");
}

}  // namespace
}  // namespace marea::app::test
