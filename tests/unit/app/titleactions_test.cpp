// What one can do with a title from its menu.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/unit/app/doubles.h"

namespace marea::app::test {
namespace {

using L = QLatin1String;

QJsonObject track(const char* id, const char* album, int year, int number) {
    return {{L("id"), L(id)},          {L("kind"), L("track")}, {L("title"), L(id)},       {L("artist"), L("Ana")},
            {L("artist_id"), L("ar")}, {L("album"), L(album)},  {L("album_id"), L(album)}, {L("year"), year},
            {L("track"), number},      {L("duration"), 100.0},  {L("status"), L("ok")}};
}

class Menu : public testing::Test {
protected:
    void SetUp() override {
        ASSERT_TRUE(world.signIn());
        http.on("GET /api/v1/media/t1", 200, track("t1", "al", 2001, 1));
        QObject::connect(&actions, &TitleActions::playlistWanted, &actions,
                         [this](const QStringList& ids) { wanted = ids; });
    }
    QStringList values() {
        QStringList list;
        for (const auto& choice : actions.choices())
            list << choice.toMap()[L("value")].toString();
        return list;
    }
    void open(const char* id, const char* kind, const char* entry = "") {
        actions.open({{L("mediaId"), L(id)}, {L("kind"), L(kind)}, {L("title"), L(id)}, {L("entryId"), L(entry)}}, {});
    }
    QStringList queue() { return context.player()->queue()->mediaIds(100).first; }

    World world;
    FakeHttp& http = world.http;
    AppContext& context = world.context;
    TitleActions& actions = *world.context.actions();
    QStringList wanted;
};

TEST_F(Menu, KnowsWhatFitsTheTitle) {
    open("t1", "track", "e1");
    EXPECT_TRUE(values().contains(L("remove"))) << "of the playlist that it stands in";
    EXPECT_FALSE(values().contains(L("watched"))) << "music is not watched";
    ASSERT_TRUE(QTest::qWaitFor([&] { return values().contains(L("album")); })) << "once the server said whose it is";
    EXPECT_TRUE(values().contains(L("remove"))) << "still";
    open("f1", "movie");
    EXPECT_TRUE(values().contains(L("watched")));
    EXPECT_FALSE(values().contains(L("album")));
    actions.choose(L("album"));
    EXPECT_EQ(context.navigator()->page().toStdString(), "home") << "there is nowhere to go";
}

TEST_F(Menu, RatesAndLikesWhereverTheTitleStands) {
    context.films()->reload();
    ASSERT_TRUE(QTest::qWaitFor([&] { return context.films()->loaded(); }));
    http.on("PUT /api/v1/library/f1", 200, {});
    open("f1", "movie");
    actions.rate(7);
    EXPECT_EQ(actions.rating(), 7);
    ASSERT_TRUE(QTest::qWaitFor([&] { return context.films()->items().first().rating == 7; }));
    actions.choose(L("like"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return context.films()->items().first().favourite; }));
    actions.setRating(L("f1"), 0);
    ASSERT_TRUE(QTest::qWaitFor([&] { return context.films()->items().first().rating == 0; }));
    EXPECT_TRUE(QJsonDocument::fromJson(http.asked.last().body)[L("rating")].isNull()) << "taken back, not none of ten";
}

TEST_F(Menu, OwnersPutRightWhatATitleIsElsewhere) {
    const auto candidate = [](const char* id, int year) {
        return QJsonObject{{L("id"), L(id)}, {L("title"), L("The Matrix")}, {L("year"), year}, {L("artist"), {}}};
    };
    open("t1", "track");
    EXPECT_FALSE(values().contains(L("match"))) << "nobody looks up songs";
    open("f1", "movie");
    ASSERT_TRUE(values().contains(L("match")));
    QString asked;
    QObject::connect(&actions, &TitleActions::matchWanted, &actions, [&](const QString& id) { asked = id; });
    actions.choose(L("match"));
    EXPECT_EQ(asked.toStdString(), "f1");

    auto* match = context.match();
    http.on("GET /api/v1/admin/media/f1/match", 200,
            {{L("state"), L("doubtful")},
             {L("chosen"), QJsonValue::Null},
             {L("candidates"), QJsonArray{candidate("603", 1999), candidate("604", 2003)}}});
    match->open(L("f1"), L("Matrix"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return match->candidates().size() == 2; }));
    EXPECT_EQ(match->stateText().toStdString(), "It could not be told which of these it is.");
    EXPECT_EQ(match->candidates().first().toMap()[L("detail")].toString().toStdString(), "1999");

    http.on("POST /api/v1/admin/media/f1/match/search", 200, listOf({candidate("605", 2021)}));
    match->search(L(" Matrix Four "), 2021);
    ASSERT_TRUE(QTest::qWaitFor([&] { return match->candidates().size() == 1; }));
    EXPECT_EQ(QJsonDocument::fromJson(http.asked.last().body).object(),
              (QJsonObject{{L("title"), L("Matrix Four")}, {L("year"), 2021}}));
    http.on("PUT /api/v1/admin/media/f1/match", 422, {{L("detail"), L("There is no such film there.")}});
    match->choose(L("605"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return !match->errorText().isEmpty(); }));
    int decided = 0;
    QObject::connect(match, &MatchViewModel::decided, match, [&] { ++decided; });
    http.on("PUT /api/v1/admin/media/f1/match", 200, {});
    match->choose(L("605"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return decided == 1; }));
    const auto choice = std::find_if(http.asked.crbegin(), http.asked.crend(),
                                     [](const core::HttpRequest& request) { return request.method == "PUT"; });
    ASSERT_NE(choice, http.asked.crend());
    EXPECT_EQ(QJsonDocument::fromJson(choice->body)[L("id")].toString().toStdString(), "605");
    http.on("DELETE /api/v1/admin/media/f1/match", 204, {});
    match->forget();
    EXPECT_TRUE(QTest::qWaitFor([&] { return decided == 2; }));
}

TEST_F(Menu, OthersDoNot) {
    actions.setOwner(false);
    open("f1", "movie");
    EXPECT_FALSE(values().contains(L("match")));
}

TEST_F(Menu, AChangeThatIsRefusedIsTold) {
    http.on("PUT /api/v1/library/f1", 403, {});
    actions.setFavourite(L("f1"), true);
    EXPECT_TRUE(QTest::qWaitFor([&] { return context.notices()->warning(); }));
}

TEST_F(Menu, PlaysAnArtistAlbumByAlbum) {
    http.answers[L("GET /api/v1/media")] = [](const core::HttpRequest& request) {
        const QUrlQuery query(request.url);
        EXPECT_EQ(query.queryItemValue(L("parent")).toStdString(), "ar");
        EXPECT_EQ(query.queryItemValue(L("kind")).toStdString(), "track");
        return core::HttpResponse{200,
                                  {},
                                  QJsonDocument(listOf({track("n1", "New", 2020, 1), track("o1", "Old", 1990, 1),
                                                        track("n2", "New", 2020, 2), track("o2", "Old", 1990, 2)}))
                                      .toJson()};
    };
    open("ar", "artist");
    actions.choose(L("play"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return queue().size() == 4; }));
    EXPECT_EQ(queue().join(QLatin1Char(' ')).toStdString(), "o1 o2 n1 n2");
}

TEST_F(Menu, PutsNextAndLast) {
    http.on("GET /api/v1/media/t2", 200, track("t2", "al", 2001, 2));
    http.on("GET /api/v1/media/t3", 200, track("t3", "al", 2001, 3));
    const auto pick = [&](const char* id, const char* what) {
        open(id, "track");
        actions.choose(L(what));
    };
    pick("t1", "play");
    pick("t2", "queue");
    pick("t3", "next");
    EXPECT_EQ(queue().join(QLatin1Char(' ')).toStdString(), "t1 t3 t2");
}

TEST_F(Menu, AnAlbumStandsForItsTracks) {
    http.on("GET /api/v1/media", 200, listOf({track("t1", "al", 2001, 1), track("t2", "al", 2001, 2)}));
    open("al", "album");
    actions.choose(L("playlist"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return wanted.size() == 2; }));
    EXPECT_EQ(wanted.join(QLatin1Char(' ')).toStdString(), "t1 t2");
}

TEST_F(Menu, OfSeveralRowsIsForAllOfThem) {
    context.films()->reload();
    ASSERT_TRUE(QTest::qWaitFor([&] { return context.films()->loaded(); }));
    actions.openRows(context.films(), {0, 1, 99}, {});
    EXPECT_FALSE(actions.rateable());
    actions.choose(L("playlist"));
    EXPECT_EQ(wanted.join(QLatin1Char(' ')).toStdString(), "f1 f2");
}

}  // namespace
}  // namespace marea::app::test
