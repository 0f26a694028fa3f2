// Lists of several libraries as one: their order, what is told once, and a library that does not answer.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "app/viewmodels/knownservers.h"
#include "app/viewmodels/letters.h"
#include "tests/unit/app/doubles.h"

namespace marea::app::test {
namespace {

using L = QLatin1String;

MediaQuery sortedBy(const char* sort, const char* order = "") {
    MediaQuery query;
    query.kind = L("movie");
    query.sort = L(sort);
    query.order = L(order);
    return query;
}

MediaItem titled(const QString& id, const QString& title, qint64 added = 0) {
    MediaItem item;
    item.id = id;
    item.kind = L("movie");
    item.title = title;
    item.addedAt = added;
    return item;
}

MediaPage pageOf(const QList<MediaItem>& items, const QString& cursor = {}, int total = -1) {
    MediaPage page;
    page.items = items;
    page.nextCursor = cursor;
    page.total = total < 0 ? static_cast<int>(items.size()) : total;
    return page;
}

std::string idsOf(const QList<MediaItem>& items) {
    QStringList ids;
    for (const auto& item : items)
        ids << item.id;
    return ids.join(L(" ")).toStdString();
}

TEST(TitleMerge, TellsTheTitlesOfAllInTheServersOrder) {
    TitleMerge merge(sortedBy("title"), 2);
    EXPECT_EQ(merge.hungry(), (std::vector{0, 1}));
    merge.add(
        0, pageOf({titled(L("a"), L("The Ark")), titled(L("b"), L("Part 10")), titled(L("c"), QStringLiteral("Zoë"))}));
    merge.add(1,
              pageOf({titled(L("d"), QStringLiteral("Éden")), titled(L("e"), L("Part 9")), titled(L("f"), L("Zoo"))}));
    const auto page = merge.take();
    EXPECT_EQ(idsOf(page.items), "a d e b c f");
    EXPECT_EQ(page.total, 6);
    EXPECT_TRUE(merge.done());
}

TEST(TitleMerge, TellsNothingThatAPageToComeMightStandBefore) {
    TitleMerge merge(sortedBy("title"), 2);
    merge.add(0, pageOf({titled(L("a"), L("A")), titled(L("c"), L("C"))}, L("next"), 3));
    merge.add(1, pageOf({titled(L("b"), L("B")), titled(L("z"), L("Z"))}));
    EXPECT_EQ(idsOf(merge.take().items), "a b c");
    EXPECT_EQ(merge.hungry(), std::vector{0});
    EXPECT_EQ(merge.cursorOf(0).toStdString(), "next");
    EXPECT_FALSE(merge.done());
    merge.add(0, pageOf({titled(L("d"), L("D"))}, {}, 3));
    const auto rest = merge.take();
    EXPECT_EQ(idsOf(rest.items), "d z");
    EXPECT_EQ(rest.total, 5);
    EXPECT_TRUE(merge.done());
}

TEST(TitleMerge, WhatSeveralHaveIsThatOfTheLibraryInUse) {
    TitleMerge merge(sortedBy("added", "desc"), 2);
    merge.add(0, pageOf({titled(L("new"), L("New"), 9), titled(L("same"), L("Fog"), 5)}, L("next"), 4));
    merge.add(1, pageOf({titled(L("there"), L("The Fog"), 7), titled(L("old"), L("Old"), 6)}));
    const auto page = merge.take();
    EXPECT_EQ(idsOf(page.items), "new same old") << "in the place of the one that came later there";
    EXPECT_EQ(page.total, 5);
}

TEST(TitleMerge, ACopyThatWasToldBeforeIsReplaced) {
    TitleMerge merge(sortedBy("added", "desc"), 2);
    merge.add(0, pageOf({titled(L("new"), L("New"), 9)}, L("next"), 2));
    merge.add(1, pageOf({titled(L("there"), L("The Fog"), 10), titled(L("old"), L("Old"), 1)}));
    EXPECT_EQ(idsOf(merge.take().items), "there new");
    merge.add(0, pageOf({titled(L("same"), L("Fog"), 5)}, {}, 2));
    const auto rest = merge.take();
    EXPECT_EQ(idsOf(rest.items), "old");
    ASSERT_EQ(rest.instead.size(), 1);
    EXPECT_EQ(rest.instead[0].first.toStdString(), "there");
    EXPECT_EQ(rest.instead[0].second.id.toStdString(), "same");
}

TEST(TitleMerge, TwoOfOneNameInOneLibraryAreTwo) {
    TitleMerge merge(sortedBy("title"), 2);
    merge.add(0, pageOf({titled(L("a"), L("Fog")), titled(L("b"), L("Fog"))}));
    merge.end(1);
    EXPECT_EQ(idsOf(merge.take().items), "a b");
}

TEST(TitleMerge, WhoIsNearlyThroughIsAskedAlong) {
    auto query = sortedBy("title");
    query.limit = 8;
    TitleMerge merge(query, 3);
    merge.add(0, pageOf({titled(L("a"), L("A"))}, L("next"), 9));
    merge.add(1, pageOf({titled(L("b"), L("B"))}, L("next"), 9));
    merge.add(2, pageOf({titled(L("x"), L("X")), titled(L("y"), L("Y"))}, L("next"), 9));
    EXPECT_TRUE(merge.hungry().empty()) << "something can be told";
    EXPECT_EQ(idsOf(merge.take().items), "a");
    EXPECT_EQ(merge.hungry(), (std::vector{0, 1}));
}

TEST(TitleMerge, WhoIsGoneAfterAPageHasWhatWasRead) {
    auto query = sortedBy("title");
    query.limit = 2;
    TitleMerge merge(query, 2);
    merge.add(0, pageOf({titled(L("b"), L("B")), titled(L("y"), L("Y"))}, L("next"), 3));
    merge.add(1, pageOf({titled(L("a"), L("A")), titled(L("c"), L("C"))}, L("next"), 90'000));
    EXPECT_EQ(idsOf(merge.take().items), "a b c");
    EXPECT_EQ(merge.hungry(), std::vector{1});
    merge.end(1);
    const auto rest = merge.take();
    EXPECT_EQ(idsOf(rest.items), "y");
    EXPECT_EQ(rest.total, 5) << "not what nobody can read";
    EXPECT_FALSE(merge.done()) << "the other has more";
}

TEST(TitleMerge, OfTwoOthersTheFirstHasTheTitle) {
    TitleMerge merge(sortedBy("added", "desc"), 3);
    merge.end(0);
    merge.add(1, pageOf({titled(L("old"), L("Old"), 8)}, L("next"), 2));
    merge.add(2, pageOf({titled(L("second"), L("Fog"), 9)}));
    EXPECT_EQ(idsOf(merge.take().items), "second old");
    merge.add(1, pageOf({titled(L("first"), L("Fog"), 7)}, {}, 2));
    const auto rest = merge.take();
    ASSERT_EQ(rest.instead.size(), 1);
    EXPECT_EQ(rest.instead[0].first.toStdString(), "second");
    EXPECT_EQ(rest.instead[0].second.id.toStdString(), "first");
    EXPECT_EQ(rest.total, 2);
}

TEST(TitleMerge, WhatIsPlayedMostIsToldByEverybodysPlays) {
    const auto played = [](const char* id, int plays) {
        auto item = titled(L(id), L(id));
        item.popularity = plays;
        return item;
    };
    TitleMerge merge(sortedBy("popular", "desc"), 2);
    merge.add(0, pageOf({played("a", 9), played("b", 2)}));
    merge.add(1, pageOf({played("c", 5), played("d", 0)}));
    EXPECT_EQ(idsOf(merge.take().items), "a c b d");
}

// The servers know how they sort names; the letters are those of the artists.
TEST(TitleMerge, ListsByArtistAreMergedByTheServersKeys) {
    const auto song = [](const char* id, const char* artist, const QString& key) {
        auto item = titled(L(id), L(id));
        item.kind = L("track");
        item.artist = L(artist);
        item.orderKey = key;
        return item;
    };
    auto query = sortedBy("artist");
    EXPECT_TRUE(TitleMerge::canMerge(query));
    EXPECT_TRUE(TitleMerge::canMerge(sortedBy("album")));
    TitleMerge merge(query, 2);
    auto here = pageOf({song("b", "Bees",
                             L("bees\x01"
                               "ark\x01"
                               "2")),
                        song("z", "The Zoo",
                             L("zoo\x01"
                               "ark\x01"
                               "1"))});
    here.letters = {{L("B"), 1}, {L("Z"), 1}};
    auto there = pageOf({song("a", "Bees",
                              L("bees\x01"
                                "ark\x01"
                                "1")),
                         song("c", "Bees 2",
                              L("bees 2\x01"
                                "ark\x01"
                                "1"))});
    there.letters = {{L("B"), 2}};
    merge.add(0, here);
    merge.add(1, there);
    const auto page = merge.take();
    EXPECT_EQ(idsOf(page.items), "a b c z");
    ASSERT_EQ(page.letters.size(), 2);
    EXPECT_EQ(page.letters[0].count, 3);
}

// Three libraries of hundreds of tracks, many of them in several, read page by page.
class MergedPagesOfTracks : public testing::TestWithParam<std::pair<const char*, const char*>> {
protected:
    static constexpr int kTitles = 400, kPage = 7;
    static MediaItem track(int number, int source) {
        auto item = titled(QStringLiteral("%1-%2").arg(number).arg(source), QStringLiteral("Title %1").arg(number),
                           number * 1000);
        item.kind = L("track");
        item.artist = QStringLiteral("Artist %1").arg(number % 9);
        item.album = QStringLiteral("Album %1").arg(number % 31);
        item.year = number + 1;  // told apart by each order
        item.duration = 100 + number * 10;
        item.popularity = number;
        return item;
    }
    static bool has(int source, int number) { return number % 11 == 0 || number % 3 == source || number % 5 == source; }
    static int first(int number) {
        for (int source = 0; source < 3; ++source)
            if (has(source, number))
                return source;
        return -1;
    }
    static QList<MediaItem> listOf(int source, bool descending) {
        QList<MediaItem> list;
        for (int number = 0; number < kTitles; ++number)
            if (has(source, number))
                list << track(number, source);
        if (descending)
            std::reverse(list.begin(), list.end());
        return list;
    }
};

TEST_P(MergedPagesOfTracks, AreTheListThatOneLibraryOfAllWouldShow) {
    const auto [sort, order] = GetParam();
    const bool descending = std::string_view(order) == "desc";
    const QList<QList<MediaItem>> lists{listOf(0, descending), listOf(1, descending), listOf(2, descending)};
    auto query = sortedBy(sort, order);
    query.limit = kPage;
    TitleMerge merge(query, 3);
    QList<MediaItem> told;
    int total = 0;
    std::array<int, 3> asked{};
    while (!merge.done()) {
        for (const int source : merge.hungry()) {
            const auto& list = lists[source];
            const int from = asked[static_cast<std::size_t>(source)]++ * kPage, end = from + kPage;
            EXPECT_LE(from, told.size()) << "no page before it is needed";
            merge.add(source, pageOf(list.mid(from, kPage), end < list.size() ? L("more") : QString(),
                                     static_cast<int>(list.size())));
        }
        const auto page = merge.take();
        told << page.items;
        total = page.total;
        EXPECT_TRUE(page.instead.isEmpty()) << "copies stand beside each other";
    }
    QList<MediaItem> whole;
    for (int number = 0; number < kTitles; ++number)
        if (first(number) >= 0)
            whole << track(number, first(number));
    if (descending)
        std::reverse(whole.begin(), whole.end());
    EXPECT_EQ(idsOf(told), idsOf(whole));
    EXPECT_EQ(total, whole.size());
}

INSTANTIATE_TEST_SUITE_P(Orders, MergedPagesOfTracks,
                         testing::Values(std::pair("title", ""), std::pair("title", "desc"), std::pair("added", "desc"),
                                         std::pair("added", "asc"), std::pair("year", "desc"),
                                         std::pair("duration", "desc"), std::pair("duration", "asc"),
                                         std::pair("popular", "desc")));

TEST(TitleMerge, LettersAreThoseOfAllWithoutCopies) {
    TitleMerge merge(sortedBy("title"), 2);
    auto here = pageOf({titled(L("a"), L("Ark")), titled(L("n"), L("Ñu"))});
    here.letters = {{L("A"), 1}, {QStringLiteral("Ñ"), 1}};
    auto there = pageOf({titled(L("1"), L("12")), titled(L("x"), L("Ark")), titled(L("o"), L("Old"))});
    there.letters = {{L("#"), 1}, {L("A"), 1}, {L("O"), 1}};
    merge.add(0, here);
    merge.add(1, there);
    const auto page = merge.take();
    EXPECT_EQ(idsOf(page.items), "1 a n o");
    ASSERT_EQ(page.letters.size(), 4);
    EXPECT_EQ(page.letters[1].count, 1) << "the Ark is one";
    for (int row = 0; row < 4; ++row)
        EXPECT_EQ(letterOf(page.letters, row), QStringLiteral("#AÑO").mid(row, 1));
}

TEST(TitleMerge, IsForListsOfWholeLibraries) {
    EXPECT_TRUE(TitleMerge::canMerge(sortedBy("title")));
    EXPECT_TRUE(TitleMerge::canMerge(sortedBy("popular")));
    EXPECT_FALSE(TitleMerge::canMerge(sortedBy("index")));
    auto query = sortedBy("title");
    query.artist = L("id");
    EXPECT_FALSE(TitleMerge::canMerge(query));
}

// Films of this computer, of a server besides, and of the one in use, in pages of two.
class MergedLists : public testing::Test {
protected:
    MergedLists() : world(true) {
        world.settings.setValue(L("computer/used"), true);
        KnownServers(world.settings).remember({L("piso:8470"), L("Piso"), L("ana")});
        world.secrets.kept[L("refresh-token@piso:8470")] = L("r-piso");
        world.http.on("POST /oauth/token", 200, tokens("a-piso"));
        world.http.answers[L("GET /api/v1/media")] = [this](const core::HttpRequest& request) {
            const bool own = request.url.port() == 4711, piso = request.url.host() == L("piso");
            if (piso && core::headerValue(request.headers, "Authorization") != "Bearer a-piso")
                return core::HttpResponse{401, {}, "{}"};
            if (piso && away)
                return core::HttpResponse{503, {}, "{}"};
            return answer(own ? here : piso ? there : inUse, request);
        };
    }
    static core::HttpResponse answer(const QList<QJsonObject>& titles, const core::HttpRequest& request) {
        const qsizetype from = QUrlQuery(request.url).queryItemValue(L("cursor")).toInt(), end = from + 2;
        auto page = listOf(titles.mid(from, 2), end < titles.size() ? QJsonValue(QString::number(end)) : QJsonValue());
        page[L("total")] = titles.size();
        return {200, {}, QJsonDocument(page).toJson()};
    }
    MediaModel* films() { return world.context.films(); }
    bool shows(const std::string& ids) {
        return QTest::qWaitFor([&] { return !films()->loading() && idsOf(films()->items()) == ids; }, 60'000);
    }
    void load() {
        films()->ensure();
        ASSERT_TRUE(QTest::qWaitFor([&] { return films()->loaded() && !films()->loading(); }, 60'000));
        while (films()->canFetchMore({})) {
            films()->fetchMore({});
            ASSERT_TRUE(QTest::qWaitFor([&] { return !films()->loading(); }, 60'000));
        }
    }
    QString addressAt(int row) {
        const auto role = films()->roleNames().key("place");
        return films()->data(films()->index(row), role).toString();
    }

    World world;
    bool away = false;
    QList<QJsonObject> inUse{film(L("f1"), L("Estuary")), film(L("f2"), L("Foghorn")), film(L("f3"), L("Meridian"))},
        here{film(L("o1"), L("Ark")), film(L("o2"), L("The Foghorn")), film(L("o3"), L("Zoo"))},
        there{film(L("p1"), L("Foghorn")), film(L("p2"), L("Harbour"))};
};

TEST_F(MergedLists, ShowATitleOnceWithWhereItIs) {
    ASSERT_TRUE(world.signIn());
    load();
    EXPECT_EQ(idsOf(films()->items()), "o1 f1 f2 p2 f3 o3");
    EXPECT_EQ(films()->total(), 6);
    EXPECT_EQ(addressAt(0), kThisComputer);
    EXPECT_EQ(addressAt(1).toStdString(), "");
    EXPECT_EQ(addressAt(3).toStdString(), "piso:8470");
    const auto subtitle = films()->data(films()->index(3), films()->roleNames().key("subtitle")).toString();
    EXPECT_TRUE(subtitle.endsWith(L("Piso"))) << subtitle.toStdString();
}

TEST_F(MergedLists, AreThoseOfOneLibraryWhereTheyAreKeptApart) {
    ASSERT_TRUE(world.signIn());
    world.context.elsewhere()->setOnce(false);
    load();
    EXPECT_EQ(idsOf(films()->items()), "f1 f2 f3");
    world.context.elsewhere()->setOnce(true);
    ASSERT_TRUE(QTest::qWaitFor([&] { return idsOf(films()->items()).starts_with("o1 "); }, 60'000)) << "at once";
    load();
    EXPECT_EQ(idsOf(films()->items()), "o1 f1 f2 p2 f3 o3");
}

TEST_F(MergedLists, ALibraryThatIsAwayHasNothing) {
    away = true;
    ASSERT_TRUE(world.signIn());
    load();
    EXPECT_EQ(idsOf(films()->items()), "o1 f1 f2 f3 o3");
    EXPECT_FALSE(films()->failed());
    EXPECT_EQ(films()->total(), 5);
}

TEST_F(MergedLists, OneThatDoesNotAnswerIsLeftOutUntilItDoes) {
    world.own.silent = true;
    ASSERT_TRUE(world.signIn());
    load();
    EXPECT_EQ(idsOf(films()->items()), "f1 f2 p2 f3");
    world.own.speak();
    ASSERT_TRUE(QTest::qWaitFor([&] { return films()->idAt(0) == L("o1"); }, 60'000));
    load();
    EXPECT_EQ(idsOf(films()->items()), "o1 f1 f2 p2 f3 o3");
}

// Else a library that is slower than anybody waits would have the list asked for without end.
TEST_F(MergedLists, OneThatIsLateAgainIsNotAskedOnceMoreAtOnce) {
    ASSERT_TRUE(world.signIn());
    MergedPages pages(world.api, *world.context.elsewhere());
    int outdated = 0;
    QObject::connect(&pages, &MergedPages::outdated, &pages, [&] { ++outdated; });
    const auto ask = [&] {
        bool told = false;
        deliver(pages.page(sortedBy("title"), {}), &pages, [&](const core::Result<MediaPage>&) { told = true; });
        EXPECT_TRUE(QTest::qWaitFor([&] { return told; }, 60'000));
    };
    const auto ofPiso = [](const core::HttpRequest& request) {
        return request.url.host() == L("piso") && request.url.path() == L("/api/v1/media");
    };
    const auto asked = [&] { return std::count_if(world.http.asked.begin(), world.http.asked.end(), ofPiso); };
    world.http.holds = ofPiso;
    pages.setPatience(1);
    for (int i = 0; i < 2; ++i) {
        ask();
        world.http.release();
        ASSERT_TRUE(QTest::qWaitFor([&] { return outdated == 1; }, 60'000));
    }
    world.http.holds = nullptr;
    const auto before = asked();
    EXPECT_TRUE(QTest::qWaitFor(
        [&] {
            ask();
            return asked() > before;
        },
        60'000))
        << "it counts again, once it has answered";
}

TEST_F(MergedLists, WithoutTheOneInUseTheListSaysSo) {
    ASSERT_TRUE(world.signIn());
    world.http.answers[L("GET /api/v1/media")] = [](const core::HttpRequest&) {
        return core::HttpResponse{503, {}, "{}"};
    };
    films()->ensure();
    ASSERT_TRUE(QTest::qWaitFor([&] { return films()->failed(); }, 60'000));
    EXPECT_EQ(films()->count(), 0);
}

TEST_F(MergedLists, ATitleOpensInItsLibrary) {
    ASSERT_TRUE(world.signIn());
    world.context.openIn({}, L("f1"), L("movie"));
    EXPECT_EQ(world.context.navigator()->page().toStdString(), "film");
    world.context.openIn(kThisComputer, L("f1"), L("movie"));
    EXPECT_TRUE(QTest::qWaitFor([&] { return world.context.session()->here(); }, 60'000));
}

}  // namespace
}  // namespace marea::app::test
