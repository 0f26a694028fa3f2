// A title that several libraries have: where it plays from, and who is told where one stopped.
#include <gtest/gtest.h>

#include "app/viewmodels/copies.h"
#include "app/viewmodels/knownservers.h"
#include "tests/unit/app/doubles.h"

namespace marea::app::test {
namespace {

using L = QLatin1String;
using N = Nearness;

TEST(Nearest, GoesByTheAddress) {
    const auto of = [](const char* url) { return nearnessOf(QUrl(L(url))); };
    EXPECT_EQ(of("http://127.0.0.1:4711"), N::Here);
    EXPECT_EQ(of("http://localhost:8470"), N::Here);
    EXPECT_EQ(of("https://192.168.1.20:8470"), N::Nearby);
    EXPECT_EQ(of("http://casa:8470"), N::Nearby);
    EXPECT_EQ(of("http://casa.local:8470"), N::Nearby);
    EXPECT_EQ(of("https://[fe80::1]:8470"), N::Nearby);
    EXPECT_EQ(of("https://casa.example"), N::Away);
    EXPECT_EQ(of("https://203.0.113.9"), N::Away);
}

TEST(Nearest, IsOnesOwnFileThenTheDownloadThenTheNearestServer) {
    EXPECT_EQ(nearestOf({N::Nearby, N::Here}, N::Away, false), 1);
    EXPECT_EQ(nearestOf({N::Here}, N::Nearby, true), 0) << "a download is a copy of it at most";
    EXPECT_EQ(nearestOf({N::Nearby}, N::Away, true), -1) << "the download";
    EXPECT_EQ(nearestOf({N::Nearby}, N::Away, false), 0);
    EXPECT_EQ(nearestOf({N::Nearby}, N::Nearby, false), -1) << "no reason to go elsewhere";
    EXPECT_EQ(nearestOf({N::Here}, N::Here, false), -1);
    EXPECT_EQ(nearestOf({}, N::Away, false), -1);
}

// One is on the server "casa"; this computer's own library has the film as o1, the server "piso" as p1.
class CopiesTest : public testing::Test {
protected:
    CopiesTest() : world(true) {
        world.settings.setValue(L("computer/used"), true);
        KnownServers(world.settings).remember({L("piso:8470"), L("Piso"), L("ana")});
        world.secrets.kept[L("refresh-token@piso:8470")] = L("r-piso");
        world.http.on("POST /oauth/token", 200, tokens("a-piso"));
        world.http.answers[L("GET /api/v1/search")] = [this](const core::HttpRequest& request) {
            const bool own = request.url.port() == 4711, piso = request.url.host() == L("piso");
            const auto id = own ? ownId : piso ? L("p1") : L("f1");
            return core::HttpResponse{
                200, {}, QJsonDocument(listOf({film(id, own ? ownTitle : L("Foghorn"))})).toJson()};
        };
        auto here = film(L("f1"), L("Foghorn"));
        here[L("position")] = 900.0;
        world.http.on("GET /api/v1/media/f1", 200, here);
        for (const auto* id : {"f1", "o1", "p1"})
            playable(id);
    }
    void playable(const char* id) {
        const QString name = L(id);
        world.http.on(qPrintable(QStringLiteral("POST /api/v1/media/%1/playback").arg(name)), 201,
                      {{L("session_id"), QStringLiteral("s-") + name},
                       {L("mode"), L("direct")},
                       {L("url"), QStringLiteral("/stream/t/") + name},
                       {L("position"), 100.0}});
        for (const auto* path : {"PUT /api/v1/sessions/s-", "DELETE /api/v1/sessions/s-", "PUT /api/v1/library/"})
            world.http.on(qPrintable(L(path) + name), 204, {});
    }
    // The page's button, once the page has come.
    void play() {
        auto* page = world.context.item(L("f1"));
        ASSERT_TRUE(QTest::qWaitFor([&] { return page->title() == L("Foghorn"); }, 60'000));
        world.context.playItem(page, false);
        delete page;
        ASSERT_TRUE(QTest::qWaitFor([&] { return world.engine.loads.size() == 1; }, 60'000));
    }
    QString playedFrom() const { return world.engine.loads.last().url.path(); }
    // What the account of that title was told last.
    QJsonObject told(const char* id) const {
        QJsonObject body;
        for (const auto& asked : world.http.asked)
            if (asked.method == "PUT" && asked.url.path() == QStringLiteral("/api/v1/library/") + L(id))
                body = QJsonDocument::fromJson(asked.body).object();
        return body;
    }

    World world;
    L ownId = L("o1");
    L ownTitle = L("Foghorn");
};

TEST_F(CopiesTest, ThisComputersOwnFilePlaysAndAllAccountsKnowWhereOneStopped) {
    ASSERT_TRUE(world.signIn());
    play();
    EXPECT_EQ(playedFrom().toStdString(), "/stream/t/o1");
    EXPECT_EQ(world.engine.loads.last().url.port(), 4711);
    EXPECT_EQ(world.engine.loads.last().start, 900) << "where the library in use has it";
    world.engine.moveTo(1234);
    world.context.player()->stopAndWait(60'000);
    EXPECT_EQ(world.http.count("DELETE", L("/api/v1/sessions/s-o1")), 1);
    EXPECT_EQ(told("f1")[L("position")].toDouble(), 1234);
    EXPECT_EQ(told("p1")[L("position")].toDouble(), 1234);
    EXPECT_TRUE(told("o1").isEmpty()) << "its session has told it";
}

TEST_F(CopiesTest, WhereAnotherDeviceStoppedSinceItGoesOn) {
    ASSERT_TRUE(world.signIn());
    play();
    world.context.player()->stopAndWait(60'000);
    auto here = film(L("f1"), L("Foghorn"));
    here[L("position")] = 2500.0;  // a television, say
    world.http.on("GET /api/v1/media/f1", 200, here);
    world.engine.loads.clear();
    play();
    EXPECT_EQ(playedFrom().toStdString(), "/stream/t/o1");
    EXPECT_EQ(world.engine.loads.last().start, 2500);
}

TEST_F(CopiesTest, SeenToItsEndItIsWatchedEverywhere) {
    ASSERT_TRUE(world.signIn());
    play();
    world.engine.setDuration(6720);
    world.engine.moveTo(6710);
    world.context.player()->stopAndWait(60'000);
    EXPECT_TRUE(told("f1")[L("watched")].toBool());
    EXPECT_TRUE(told("p1")[L("watched")].toBool());
}

TEST_F(CopiesTest, AJumpIntoTheCreditsMarksItNowhere) {
    ASSERT_TRUE(world.signIn());
    play();
    world.engine.setDuration(6720);
    world.context.player()->seek(6300);
    world.context.player()->stopAndWait(60'000);
    EXPECT_FALSE(told("f1").contains(L("watched")));
    EXPECT_EQ(told("f1")[L("position")].toDouble(), 6300);
}

TEST_F(CopiesTest, UpToItsCreditsItIsSeen) {
    ASSERT_TRUE(world.signIn());
    play();
    world.engine.setDuration(6720);
    world.engine.setChapters({{0, L("Out of the harbour")}, {5800, L("End Credits")}});
    world.engine.moveTo(5799);
    world.engine.setState(player::PlaybackState::Paused);
    ASSERT_TRUE(QTest::qWaitFor([&] { return told("f1")[L("position")].toDouble() == 5799; }, 60'000));
    EXPECT_FALSE(told("f1").contains(L("watched")));
    world.engine.moveTo(5800);
    world.engine.setState(player::PlaybackState::Playing);
    world.engine.setState(player::PlaybackState::Paused);
    ASSERT_TRUE(QTest::qWaitFor([&] { return told("f1")[L("watched")].toBool(); }, 60'000));
    world.context.player()->seek(6000);
    world.context.player()->stopAndWait(60'000);
    EXPECT_TRUE(told("f1")[L("watched")].toBool()) << "its credits are no place to go on from";
    EXPECT_TRUE(told("p1")[L("watched")].toBool());
}

TEST_F(CopiesTest, AJumpIntoCreditsThatTheServerKnowsMarksItNowhere) {
    world.http.on("POST /api/v1/media/o1/playback", 201,
                  {{L("session_id"), L("s-o1")},
                   {L("mode"), L("direct")},
                   {L("url"), L("/stream/t/o1")},
                   {L("chapters"), QJsonArray{QJsonObject{{L("start"), 5800.0}, {L("title"), L("Abspann")}}}}});
    ASSERT_TRUE(world.signIn());
    play();
    world.engine.setDuration(6720);
    world.context.player()->seek(5900);
    world.context.player()->stopAndWait(60'000);
    EXPECT_FALSE(told("f1").contains(L("watched")));
    EXPECT_EQ(told("f1")[L("position")].toDouble(), 5900);
    world.engine.loads.clear();
    play();
    world.engine.setDuration(6720);
    world.engine.moveTo(5800);
    world.context.player()->stopAndWait(60'000);
    EXPECT_TRUE(told("f1")[L("watched")].toBool());
}

TEST_F(CopiesTest, AnotherTitleIsNoCopy) {
    ownTitle = L("Fog");
    ASSERT_TRUE(world.signIn());
    play();
    EXPECT_EQ(playedFrom().toStdString(), "/stream/t/f1");
    EXPECT_EQ(world.engine.loads.last().start, 100) << "as its session says";
}

TEST_F(CopiesTest, WhatDoesNotPlayThereIsPlayedFromTheLibraryInUse) {
    world.http.on("POST /api/v1/media/o1/playback", 422, {});
    ASSERT_TRUE(world.signIn());
    play();
    EXPECT_EQ(playedFrom().toStdString(), "/stream/t/f1");
    EXPECT_EQ(world.engine.loads.last().start, 900);
}

TEST_F(CopiesTest, LibrariesThatAreKeptApartStayApart) {
    world.context.elsewhere()->setOnce(false);
    ASSERT_TRUE(world.signIn());
    play();
    EXPECT_EQ(playedFrom().toStdString(), "/stream/t/f1");
    world.engine.moveTo(1234);
    world.context.player()->stopAndWait(60'000);
    EXPECT_TRUE(told("p1").isEmpty());
    EXPECT_TRUE(told("f1").isEmpty()) << "its session has told it";
}

TEST_F(CopiesTest, TheMenuOffersTheOthers) {
    ASSERT_TRUE(world.signIn());
    auto& actions = *world.context.actions();
    actions.open({{L("mediaId"), L("f1")}, {L("kind"), L("movie")}, {L("title"), L("Foghorn")}}, {});
    const auto places = [&] {
        QStringList list;
        for (const auto& choice : actions.choices())
            if (const auto value = choice.toMap()[L("value")].toString(); value.startsWith(L("from:")))
                list << choice.toMap()[L("text")].toString() + L("=") + value.mid(5);
        return list;
    };
    ASSERT_TRUE(QTest::qWaitFor([&] { return places().size() == 3; }, 60'000));
    EXPECT_EQ(places(), QStringList({L("Casa="), L("This computer=this computer"), L("Piso=piso:8470")}));
    actions.choose(L("from:piso:8470"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return world.engine.loads.size() == 1; }, 60'000));
    EXPECT_EQ(playedFrom().toStdString(), "/stream/t/p1");
    actions.choose(L("from:"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return world.engine.loads.size() == 2; }, 60'000));
    EXPECT_EQ(playedFrom().toStdString(), "/stream/t/f1");
}

}  // namespace
}  // namespace marea::app::test
