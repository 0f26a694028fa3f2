// Titles of several libraries that go into playlists: each library has its own, by name.
#include <gtest/gtest.h>

#include "app/viewmodels/knownservers.h"
#include "app/viewmodels/titleref.h"
#include "tests/unit/app/doubles.h"

namespace marea::app::test {
namespace {

using L = QLatin1String;

// The server "casa", which is in use; this computer's own folders; the server "piso".
class MergedPlaylists : public testing::Test {
protected:
    enum Place { AtCasa, Here, AtPiso };
    MergedPlaylists() : world(true) {
        world.settings.setValue(L("computer/used"), true);
        KnownServers(world.settings).remember({L("piso:8470"), L("Piso"), L("ana")});
        world.secrets.kept[L("refresh-token@piso:8470")] = L("r-piso");
        http.on("POST /oauth/token", 200, tokens("a-piso"));
        http.answers[L("GET /api/v1/playlists")] = [this](const core::HttpRequest& request) {
            const auto& all = lists[placeOf(request)];
            if (away.contains(placeOf(request)))
                return core::HttpResponse{503, {}, "{}"};
            const qsizetype from = QUrlQuery(request.url).queryItemValue(L("cursor")).toInt(), end = from + 2;
            const auto next = end < all.size() ? QJsonValue(QString::number(end)) : QJsonValue();
            return core::HttpResponse{200, {}, QJsonDocument(listOf(all.mid(from, 2), next)).toJson()};
        };
        for (const auto* id : {"l1", "l7", "l8", "l9"})
            http.on(qPrintable(QStringLiteral("POST /api/v1/playlists/%1/entries").arg(L(id))), 201, {});
        http.on("POST /api/v1/playlists", 201, playlist("l0", "Evening"));
    }
    static Place placeOf(const core::HttpRequest& request) {
        return request.url.port() == 4711 ? Here : request.url.host() == L("piso") ? AtPiso : AtCasa;
    }
    static QJsonObject playlist(const char* id, const char* name, const char* but = "") {
        QJsonObject list{{L("id"), L(id)},
                         {L("name"), L(name)},
                         {L("own"), true},
                         {L("editable"), true},
                         {L("smart"), false},
                         {L("entry_count"), 1},
                         {L("owner"), QJsonObject{{L("username"), L("eva")}}}};
        if (*but)
            list[L(but)] = !list[L(but)].toBool();
        return list;
    }
    static QString ref(const char* id, const QString& place = {}) {
        MediaItem item;
        item.id = L(id);
        item.place = place;
        return refOf(item);
    }
    void begin() {
        ASSERT_TRUE(world.signIn());
        ASSERT_TRUE(QTest::qWaitFor([&] { return model()->count() == lists[AtCasa].size(); }, 60'000));
    }
    PlaylistsModel* model() { return world.context.playlists(); }
    std::string notice() { return world.context.notices()->text().toStdString(); }
    bool says(const char* words) {
        return QTest::qWaitFor([&] { return world.context.notices()->text().contains(QString::fromUtf8(words)); },
                               60'000);
    }
    std::string sent(const QString& host, const QString& path) {
        QStringList ids;
        for (const auto& request : http.asked)
            if (request.method == "POST" && request.url.host() == host && request.url.path() == path)
                for (const auto& id : QJsonDocument::fromJson(request.body)[L("media_ids")].toArray())
                    ids << id.toString();
        return ids.join(L(" ")).toStdString();
    }

    World world;
    FakeHttp& http = world.http;
    QList<QJsonObject> lists[3]{{playlist("l1", "Evening")}, {}, {}};
    QSet<Place> away;
};

TEST_F(MergedPlaylists, TakeWhatTheirOwnLibraryHas) {
    lists[AtPiso] = {playlist("l7", "Morning"), playlist("l8", "Evening")};
    begin();
    model()->add(L("l1"), {ref("c1"), ref("p2", L("piso:8470")), ref("o1", kThisComputer)});
    EXPECT_TRUE(says("at Piso") && says("at This computer") && says("added to “Evening”.")) << notice();
    EXPECT_FALSE(world.context.notices()->warning());
    EXPECT_EQ(sent(L("casa"), L("/api/v1/playlists/l1/entries")), "c1");
    EXPECT_EQ(sent(L("piso"), L("/api/v1/playlists/l8/entries")), "p2");
    EXPECT_EQ(sent(L("127.0.0.1"), L("/api/v1/playlists")), "o1") << "there was none of that name";
}

TEST_F(MergedPlaylists, WhatOneRefusesIsSaidBesideWhatOthersTook) {
    away = {AtPiso};
    begin();
    model()->add(L("l1"), {ref("c1"), ref("p2", L("piso:8470")), ref("o1", kThisComputer)});
    EXPECT_TRUE(says("Nothing was added to “Evening” at Piso: Couldn't reach") && says("at This computer.") &&
                says("added to “Evening”."))
        << notice();
    EXPECT_TRUE(world.context.notices()->warning());
}

TEST_F(MergedPlaylists, ThatTheOneInUseRefusesIsSaidBesideWhatOthersTook) {
    lists[AtPiso] = {playlist("l8", "Evening")};
    http.on("POST /api/v1/playlists/l1/entries", 422, {{L("detail"), L("It is full.")}});
    begin();
    model()->add(L("l1"), {ref("c1"), ref("p2", L("piso:8470"))});
    EXPECT_TRUE(says("It is full.") && says("added to “Evening” at Piso.")) << notice();
    EXPECT_TRUE(world.context.notices()->warning());
}

TEST_F(MergedPlaylists, ThatTheOneInUseIsAwayIsSaidByItsName) {
    lists[AtPiso] = {playlist("l8", "Evening")};
    http.on("POST /api/v1/playlists/l1/entries", 503, {});
    begin();
    model()->add(L("l1"), {ref("c1"), ref("p2", L("piso:8470"))});
    EXPECT_TRUE(says("Nothing was added to “Evening” at Casa: Couldn't reach") && says("added to “Evening” at Piso."))
        << notice();
    EXPECT_TRUE(world.context.notices()->warning());
}

TEST_F(MergedPlaylists, ANewOneIsMadeWhereThereIsAnybody) {
    http.answers[L("POST /api/v1/playlists")] = [](const core::HttpRequest& request) {
        return placeOf(request) == AtCasa
                   ? core::HttpResponse{503, {}, "{}"}
                   : core::HttpResponse{201, {}, QJsonDocument(playlist("l0", "Night")).toJson()};
    };
    begin();
    QStringList made;
    QObject::connect(model(), &PlaylistsModel::created, model(), [&](const QString& id) { made << id; });
    model()->create(L("Night"), {ref("c1"), ref("p2", L("piso:8470"))});
    EXPECT_TRUE(says("Nothing was added to “Night” at Casa: Couldn't reach") && says("added to “Night” at Piso."))
        << notice();
    EXPECT_EQ(made, QStringList{QString()}) << "there is nothing left to ask";
    EXPECT_EQ(sent(L("piso"), L("/api/v1/playlists")), "p2");
}

TEST_F(MergedPlaylists, StayWhileTheirLibraryIsAway) {
    begin();
    away = {AtCasa};
    model()->reload();
    ASSERT_TRUE(QTest::qWaitFor([&] { return model()->failed(); }, 60'000));
    EXPECT_EQ(model()->count(), 1);
    away.clear();
    lists[AtCasa] << playlist("l2", "Noon");
    model()->reload();
    EXPECT_TRUE(QTest::qWaitFor([&] { return !model()->failed() && model()->count() == 2; }, 60'000)) << "it is back";
}

TEST_F(MergedPlaylists, ALibraryThatIsNoLongerAmongThemIsSaid) {
    begin();
    model()->add(L("l1"), {ref("c1"), ref("x1", L("gone:8470"))});
    EXPECT_TRUE(says("Nothing was added to “Evening” at gone:8470") && says("added to “Evening”.")) << notice();
    EXPECT_TRUE(world.context.notices()->warning());
}

TEST_F(MergedPlaylists, OfTheSameNameOnlyOneThatTakesTitlesCounts) {
    lists[AtPiso] = {playlist("l7", "Evening", "smart"), playlist("l8", "Evening", "editable")};
    begin();
    model()->add(L("l1"), {ref("p2", L("piso:8470"))});
    ASSERT_TRUE(says("added to “Evening” at Piso.")) << notice();
    EXPECT_EQ(sent(L("piso"), L("/api/v1/playlists")), "p2") << "a new one";
}

TEST_F(MergedPlaylists, OnesOwnComesBeforeAnothersAndAlsoFromALaterPage) {
    lists[AtPiso] = {playlist("l7", "Evening", "own"), playlist("l6", "Noon"), playlist("l8", "Evening"),
                     playlist("l9", "Evening", "own")};
    begin();
    model()->add(L("l1"), {ref("p2", L("piso:8470"))});
    ASSERT_TRUE(says("added to “Evening” at Piso.")) << notice();
    EXPECT_EQ(sent(L("piso"), L("/api/v1/playlists/l8/entries")), "p2");
}

TEST_F(MergedPlaylists, AreShownHoweverManyThereAre) {
    lists[AtCasa] = {playlist("l1", "Evening"), playlist("l2", "Noon"), playlist("l3", "Night"),
                     playlist("l4", "Morning"), playlist("l5", "Rain")};
    begin();
    EXPECT_EQ(model()->targets().size(), 5);
}

}  // namespace
}  // namespace marea::app::test
