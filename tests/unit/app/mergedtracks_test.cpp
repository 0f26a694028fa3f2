// The tracks of several libraries as one list: what plays from where, and what is made of rows of other libraries.
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>

#include "app/viewmodels/knownservers.h"
#include "app/viewmodels/titleref.h"
#include "tests/unit/app/doubles.h"

namespace marea::app::test {
namespace {

using L = QLatin1String;

QJsonObject song(const char* id, const char* title, int number = 1) {
    return {
        {L("id"), L(id)},        {L("kind"), L("track")}, {L("title"), L(title)},      {L("artist"), L("Ana")},
        {L("album"), L("Reef")}, {L("track"), number},    {L("album_id"), L("album")}, {L("artist_id"), L("artist")},
        {L("duration"), 200.0},  {L("status"), L("ok")}};
}

TEST(TitleRef, IsTheIdAndTheAddress) {
    MediaItem item;
    item.id = L("t1");
    EXPECT_EQ(refOf(item).toStdString(), "t1");
    EXPECT_EQ(titleRef(L("t1")).place.toStdString(), "");
    item.place = L("piso:8470");
    EXPECT_EQ(titleRef(refOf(item)).id.toStdString(), "t1");
    EXPECT_EQ(titleRef(refOf(item)).place.toStdString(), "piso:8470");
}

// Of the server "casa", which is in use; of this computer's own folders; of the server "piso". Two a page.
class MergedTracks : public testing::Test {
protected:
    MergedTracks() : world(true) {
        world.settings.setValue(L("computer/used"), true);
        KnownServers(world.settings).remember({L("piso:8470"), L("Piso"), L("ana")});
        world.secrets.kept[L("refresh-token@piso:8470")] = L("r-piso");
        http.on("POST /oauth/token", 200, tokens("a-piso"));
        http.answers[L("GET /api/v1/media")] = [this](const core::HttpRequest& request) {
            if (isAway(request))
                return core::HttpResponse{503, {}, "{}"};
            const QUrlQuery query(request.url);
            return query.queryItemValue(L("kind")) == L("track") || query.hasQueryItem(L("parent"))
                       ? pageOf(lists[libraryOf(request)], request)
                       : core::HttpResponse{200, {}, QJsonDocument(listOf({})).toJson()};
        };
        http.answers[L("GET /api/v1/search")] = [this](const core::HttpRequest& request) {
            return isAway(request)
                       ? core::HttpResponse{503, {}, "{}"}
                       : core::HttpResponse{200, {}, QJsonDocument(listOf(found[libraryOf(request)])).toJson()};
        };
        for (const auto* id : {"c1", "c2", "o1", "o9", "p1", "p2"})
            playable(id);
    }
    enum Library { Casa, Own, Piso };
    static Library libraryOf(const core::HttpRequest& request) {
        return request.url.port() == 4711 ? Own : request.url.host() == L("piso") ? Piso : Casa;
    }
    bool isAway(const core::HttpRequest& request) const {
        return away.contains(libraryOf(request)) && (tracks()->loaded() || libraryOf(request) != Casa);
    }
    static core::HttpResponse pageOf(const QList<QJsonObject>& titles, const core::HttpRequest& request) {
        const qsizetype from = QUrlQuery(request.url).queryItemValue(L("cursor")).toInt(), end = from + 2;
        auto page = listOf(titles.mid(from, 2), end < titles.size() ? QJsonValue(QString::number(end)) : QJsonValue());
        page[L("total")] = titles.size();
        return {200, {}, QJsonDocument(page).toJson()};
    }
    void playable(const char* id) {
        const QString name = L(id);
        http.answers[QStringLiteral("POST /api/v1/media/%1/playback").arg(name)] =
            [this, name](const core::HttpRequest& request) {
                const QJsonObject body{{L("session_id"), QStringLiteral("s-") + name},
                                       {L("mode"), L("direct")},
                                       {L("url"), QStringLiteral("/stream/t/") + name}};
                return isAway(request) ? core::HttpResponse{503, {}, "{}"}
                                       : core::HttpResponse{201, {}, QJsonDocument(body).toJson()};
            };
        for (const auto* path : {"PUT /api/v1/sessions/s-", "DELETE /api/v1/sessions/s-", "PUT /api/v1/library/"})
            http.on(qPrintable(L(path) + name), 204, {});
    }
    MediaModel* tracks() const { return const_cast<World&>(world).context.tracks(); }
    PlayerViewModel* player() { return world.context.player(); }
    void load() {
        ASSERT_TRUE(world.signIn());
        tracks()->ensure();
        ASSERT_TRUE(QTest::qWaitFor([&] { return tracks()->loaded() && !tracks()->loading(); }, 60'000));
        while (tracks()->canFetchMore({})) {
            tracks()->fetchMore({});
            ASSERT_TRUE(QTest::qWaitFor([&] { return !tracks()->loading(); }, 60'000));
        }
    }
    std::string ids() const {
        QStringList list;
        for (const auto& item : tracks()->items())
            list << item.id;
        return list.join(L(" ")).toStdString();
    }
    int rowOf(const char* id) const {
        int row = 0;
        while (row < tracks()->count() && tracks()->idAt(row) != L(id))
            ++row;
        return row;
    }
    // What the engine was given last, once it has been.
    std::string played(int loads) {
        EXPECT_TRUE(QTest::qWaitFor([&] { return world.engine.loads.size() >= loads; }, 60'000));
        if (world.engine.loads.isEmpty())
            return {};
        const auto url = world.engine.loads.last().url;
        return (url.host() + L(" ") + url.path().section(QLatin1Char('/'), -1)).toStdString();
    }
    bool asked(const char* method, const QString& host, const QString& path) const {
        return std::any_of(http.asked.begin(), http.asked.end(), [&](const core::HttpRequest& request) {
            return request.method == method && request.url.host() == host && request.url.path() == path;
        });
    }

    World world;
    FakeHttp& http = world.http;
    QList<QJsonObject> lists[3]{
        {song("c1", "Buoy"), song("c2", "Ebb")}, {song("o1", "Anchor"), song("o2", "The Ebb")}, {song("p2", "Cove")}};
    QList<QJsonObject> found[3];  // by a search
    QSet<Library> away;           // that one only once the list has come
};

TEST_F(MergedTracks, AreOneListWithWhereTheyAre) {
    load();
    EXPECT_EQ(ids(), "o1 c1 p2 c2");
    EXPECT_EQ(tracks()->total(), 4);
    const auto at = [&](int row, const char* role) {
        return tracks()->data(tracks()->index(row), tracks()->roleNames().key(role)).toString().toStdString();
    };
    EXPECT_EQ(at(0, "placeName"), "This computer");
    EXPECT_EQ(at(1, "placeName"), "");
    EXPECT_EQ(at(2, "place"), "piso:8470");
    world.context.elsewhere()->setOnce(false);
    EXPECT_TRUE(QTest::qWaitFor([&] { return ids() == "c1 c2"; }, 60'000)) << "kept apart";
}

// Each a hundred thousand, one after the other in turn.
TEST_F(MergedTracks, AreReadAsFarAsTheyAreSeenHoweverManyThereAre) {
    constexpr int kEach = 100'000, kPage = 60;
    http.answers[L("GET /api/v1/media")] = [](const core::HttpRequest& request) {
        const int from = QUrlQuery(request.url).queryItemValue(L("cursor")).toInt(), library = libraryOf(request);
        QList<QJsonObject> titles;
        for (int i = from; i < from + kPage; ++i)
            titles << song(qPrintable(QStringLiteral("%1-%2").arg(library).arg(i)),
                           qPrintable(QStringLiteral("Song %1").arg(i * 3 + library)), i + 1);
        auto page = listOf(titles, QString::number(from + kPage));
        page[L("total")] = kEach;
        return core::HttpResponse{200, {}, QJsonDocument(page).toJson()};
    };
    const auto questions = [&] {
        return std::count_if(http.asked.begin(), http.asked.end(), [](const core::HttpRequest& request) {
            return QUrlQuery(request.url).queryItemValue(L("kind")) == L("track");
        });
    };
    ASSERT_TRUE(world.signIn());
    tracks()->ensure();
    ASSERT_TRUE(QTest::qWaitFor([&] { return tracks()->loaded() && !tracks()->loading(); }, 60'000));
    EXPECT_EQ(questions(), 3) << "one page of each";
    EXPECT_EQ(tracks()->total(), 3 * kEach);
    for (int more = 1; more < 5; ++more) {
        const int before = tracks()->count();
        tracks()->fetchMore({});
        ASSERT_TRUE(QTest::qWaitFor([&] { return !tracks()->loading(); }, 60'000));
        EXPECT_GT(tracks()->count(), before);
        EXPECT_LE(questions(), 3 * (more + 1));
    }
    EXPECT_LE(tracks()->count(), 5 * 3 * kPage);
    for (int row = 0; row < tracks()->count(); ++row)
        ASSERT_EQ(tracks()->items()[row].title, QStringLiteral("Song %1").arg(row));
}

TEST_F(MergedTracks, OneThatIsAwayLeavesTheOthers) {
    away = {Piso};
    load();
    EXPECT_EQ(ids(), "o1 c1 c2");
    EXPECT_EQ(tracks()->total(), 3);
    EXPECT_FALSE(tracks()->failed());
}

TEST_F(MergedTracks, PlayFromWhereTheyAreOneAfterTheOther) {
    load();
    world.context.playFrom(tracks(), 0);
    EXPECT_EQ(played(1), "127.0.0.1 o1");
    EXPECT_EQ(player()->place(), kThisComputer);
    EXPECT_EQ(player()->mediaIdHere().toStdString(), "");
    ASSERT_TRUE(QTest::qWaitFor([&] { return !world.engine.nexts.isEmpty(); }, 60'000)) << "what follows is told ahead";
    EXPECT_EQ(world.engine.nexts.last().url.host().toStdString(), "casa");
    player()->next();
    EXPECT_EQ(played(2), "casa c1");
    player()->next();
    EXPECT_EQ(played(3), "piso p2");
    player()->stopAndWait(60'000);
    EXPECT_TRUE(asked("DELETE", L("127.0.0.1"), L("/api/v1/sessions/s-o1"))) << "each library ends its own session";
    EXPECT_TRUE(asked("DELETE", L("casa"), L("/api/v1/sessions/s-c1")));
    EXPECT_TRUE(asked("DELETE", L("piso"), L("/api/v1/sessions/s-p2")));
    EXPECT_FALSE(asked("GET", L("casa"), L("/api/v1/media/p2"))) << "who knows nothing of it";
}

TEST_F(MergedTracks, AnAlbumPlaysFromWhereItIs) {
    load();
    world.context.playAlbum(L("album"), L("piso:8470"));
    EXPECT_EQ(played(1), "piso p2");
    world.context.playAlbum(L("album"));
    EXPECT_EQ(played(2), "casa c1");
}

TEST_F(MergedTracks, ShuffleAndTheQueueTakeAllOfThem) {
    load();
    world.context.playRows(tracks(), {rowOf("c1"), rowOf("p2")});
    player()->setShuffle(true);
    world.context.actions()->openRows(tracks(), {rowOf("o1")}, {});
    world.context.actions()->choose(L("queue"));
    ASSERT_EQ(player()->queue()->count(), 3);
    EXPECT_EQ(player()->playQueue().entries().last().place, kThisComputer);
    EXPECT_EQ(player()->queue()->mediaIds(100).first, QStringList{L("c1")})
        << "other devices of that server know these";
}

TEST_F(MergedTracks, WhatItsLibraryDoesNotPlayAnotherDoes) {
    load();
    found[Own] = {song("o9", "Cove")};
    away = {Piso};
    world.context.playFrom(tracks(), rowOf("p2"));
    EXPECT_EQ(played(1), "127.0.0.1 o9");
    EXPECT_EQ(player()->title().toStdString(), "Cove");
}

TEST_F(MergedTracks, WhoDoesNotAnswerIsNotWaitedForWhereAnotherHasIt) {
    load();
    found[Own] = {song("o9", "Cove")};
    http.holds = [](const core::HttpRequest& request) {
        return request.url.host() == L("piso") && request.url.path().endsWith(L("/playback"));
    };
    world.context.playRows(tracks(), {rowOf("p2")});
    EXPECT_EQ(played(1), "127.0.0.1 o9");
    http.holds = nullptr;
    http.release();
    EXPECT_TRUE(QTest::qWaitFor([&] { return asked("DELETE", L("piso"), L("/api/v1/sessions/s-p2")); }, 60'000))
        << "its answer comes late, and nobody plays that";
    EXPECT_EQ(world.engine.loads.size(), 1);
}

TEST_F(MergedTracks, WhereNobodyElseHasItThePlayerSaysWhoIsAway) {
    load();
    away = {Piso};
    world.context.playRows(tracks(), {rowOf("p2")});
    ASSERT_TRUE(QTest::qWaitFor([&] { return player()->failed(); }, 60'000));
    EXPECT_TRUE(player()->problem().contains(L("Piso"))) << player()->problem().toStdString();
}

TEST_F(MergedTracks, OneThatIsAwayIsPassedOverInTheQueue) {
    load();
    away = {Own, Piso};
    world.context.playRows(tracks(), {rowOf("o1"), rowOf("p2"), rowOf("c1")});
    EXPECT_EQ(played(1), "casa c1");
}

TEST_F(MergedTracks, OfALibraryInUseThatIsAwayAnothersPlays) {
    load();
    found[Piso] = {song("p1", "Buoy")};
    away = {Casa};
    world.context.playRows(tracks(), {rowOf("c1")});
    EXPECT_EQ(played(1), "piso p1");
}

TEST_F(MergedTracks, AreLikedAndRatedWhereTheyAre) {
    load();
    const int row = rowOf("p2");
    world.context.actions()->setRating(L("p2"), 8, L("piso:8470"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return tracks()->items()[row].rating == 8; }, 60'000));
    world.context.actions()->openRows(tracks(), {row}, {});
    world.context.actions()->choose(L("like"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return tracks()->items()[row].favourite; }, 60'000));
    EXPECT_TRUE(asked("PUT", L("piso"), L("/api/v1/library/p2")));
    EXPECT_FALSE(asked("PUT", L("casa"), L("/api/v1/library/p2")));
}

TEST_F(MergedTracks, HaveTheirWordsAndTheirAlbumWhereTheyAre) {
    load();
    world.context.lyrics()->setWanted(true);
    world.context.playRows(tracks(), {rowOf("p2")});
    ASSERT_TRUE(QTest::qWaitFor([&] { return asked("GET", L("piso"), L("/api/v1/media/p2/lyrics")); }, 60'000));
    EXPECT_FALSE(asked("GET", L("casa"), L("/api/v1/media/p2/lyrics")));
    http.on("GET /api/v1/media/p2/waveform", 200, {{L("peaks"), QJsonArray{1, 2}}});
    world.context.waveform()->look();
    EXPECT_TRUE(QTest::qWaitFor([&] { return world.context.waveform()->available(); }, 60'000));
    EXPECT_TRUE(asked("GET", L("piso"), L("/api/v1/media/p2/waveform")));
    EXPECT_FALSE(asked("GET", L("casa"), L("/api/v1/media/p2/waveform")));
    world.context.actions()->openRows(tracks(), {rowOf("o1")}, {});
    world.context.actions()->choose(L("album"));
    EXPECT_TRUE(QTest::qWaitFor([&] { return world.context.session()->here(); }, 60'000));
}

TEST_F(MergedTracks, AreNothingThatOtherDevicesOfTheServerCouldTakeOver) {
    load();
    Q_EMIT world.channel.connected();
    world.context.playRows(tracks(), {rowOf("p2")});
    played(1);
    const auto told = [&] { return world.channel.of("player").last()[L("state")].toObject().contains(L("media_id")); };
    Q_EMIT world.channel.connected();
    EXPECT_FALSE(told());
    world.context.playRows(tracks(), {rowOf("c1")});
    played(2);
    Q_EMIT world.channel.connected();
    EXPECT_TRUE(told());
}

TEST_F(MergedTracks, AreNarrowedByWhatAnyLibraryHas) {
    const QList<QPair<QString, int>> of[3]{
        {{L("Jazz"), 3}, {L("Rock"), 1}}, {{L("Punk"), 9}}, {{L("Jazz"), 4}, {L("Folk"), 2}}};
    http.answers[L("GET /api/v1/media/facets")] = [this, of](const core::HttpRequest& request) {
        if (isAway(request))
            return core::HttpResponse{503, {}, "{}"};
        QJsonArray genres;
        for (const auto& [name, count] : of[libraryOf(request)])
            genres << QJsonObject{{L("value"), name}, {L("count"), count}};
        const QJsonObject body{{L("facets"), QJsonObject{{L("genre"), genres}}}};
        return core::HttpResponse{200, {}, QJsonDocument(body).toJson()};
    };
    load();
    away = {Own};
    const std::unique_ptr<FacetsViewModel> facets(world.context.facets());
    facets->setModel(tracks());
    facets->load();
    const auto told = [&] {
        QStringList words;
        for (const auto& genre : facets->genres())
            words << genre.toMap()[L("text")].toString() + genre.toMap()[L("detail")].toString();
        return words.join(QLatin1Char(' ')).toStdString();
    };
    EXPECT_TRUE(QTest::qWaitFor([&] { return told() == "Jazz Folk2 Rock1"; }, 60'000)) << told();
    world.context.elsewhere()->setOnce(false);
    EXPECT_TRUE(QTest::qWaitFor([&] { return told() == "Jazz3 Rock1"; }, 60'000)) << told();
}

}  // namespace
}  // namespace marea::app::test
