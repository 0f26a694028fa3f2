// To a letter far down in a list: what is read for it, of one library and of several, and the table of tracks.
#include <algorithm>
#include <cmath>

#include "app/viewmodels/letters.h"
#include "app/viewmodels/titlemerge.h"
#include "tests/unit/app/farletters.h"
#include "tests/unit/app/window.h"

namespace marea::app::test {
namespace {

using L = QLatin1String;

TEST_F(FarLetters, AreReadWithWhatStandsAroundThem) {
    load();
    const int before = asked();
    const int row = go("M");
    EXPECT_EQ(tracks->idAt(row).toStdString(), "M-0");
    EXPECT_LE(asked() - before, 2) << "a page of either side";
    EXPECT_LT(tracks->count(), 200);
    EXPECT_EQ(tracks->total(), 4200);
    EXPECT_EQ(tracks->letterAt(row).toStdString(), "M");
    EXPECT_EQ(tracks->letterAt(row - 1).toStdString(), "A");
    EXPECT_TRUE(tracks->hasBefore());
    expectAPart();

    tracks->fetchBefore();
    rest();
    const int now = go("M");
    EXPECT_GT(now, row) << "more stands before it";
    EXPECT_EQ(tracks->idAt(now).toStdString(), "M-0");
    ASSERT_TRUE(tracks->canFetchMore({}));
    tracks->fetchMore({});
    rest();
    expectAPart();
}

TEST_F(FarLetters, AreReadDownwardsToo) {
    load(L("desc"));
    const int row = go("A");
    EXPECT_EQ(tracks->idAt(row).toStdString(), "A-5998");
    EXPECT_EQ(tracks->letterAt(row - 1).toStdString(), "M");
    expectAPart(true);
    tracks->fetchBefore();
    rest();
    expectAPart(true);
}

TEST_F(FarLetters, LeadBackToTheStart) {
    load();
    go("Z");
    EXPECT_EQ(go("A"), 0);
    EXPECT_EQ(tracks->idAt(0).toStdString(), "A-0");
    EXPECT_FALSE(tracks->hasBefore());
    expectAPart();
}

TEST_F(FarLetters, AreReachedByReadingOnWhereTheyAreNear) {
    shelf.letters.first().second = 300;
    load();
    EXPECT_EQ(go("M"), 300);
    EXPECT_EQ(tracks->idAt(0).toStdString(), "A-0");
    EXPECT_EQ(tracks->idAt(300).toStdString(), "M-0");
}

TEST_F(FarLetters, AreReachedByReadingOnWhereTheServerHasNoCursors) {
    shelf.cursors = false;
    load();
    EXPECT_EQ(go("M"), 3000);
    expectAPart();
}

TEST_F(FarLetters, AskedAgainTheListStaysWhereItIs) {
    load();
    go("M");
    tracks->fetchBefore();
    rest();
    const auto shown = ids();
    int resets = 0, removed = 0;
    QObject::connect(tracks, &QAbstractItemModel::modelReset, tracks, [&] { ++resets; });
    QObject::connect(tracks, &QAbstractItemModel::rowsRemoved, tracks, [&] { ++removed; });
    tracks->reload();
    rest();
    EXPECT_EQ(resets + removed, 0);
    EXPECT_EQ(ids().mid(ids().indexOf(shown.first()), shown.size()), shown);
    EXPECT_TRUE(tracks->hasBefore());
    EXPECT_EQ(tracks->idAt(go("M")).toStdString(), "M-0");
    expectAPart();
}

TEST_F(FarLetters, WithoutAServerOneStaysWhereOneIs) {
    load();
    expectToStayWithoutServers();
}

TEST_F(FarLetters, GoWithAnotherOrder) {
    load();
    go("M");
    tracks->setSort(L("added"), L("desc"));
    rest();
    EXPECT_FALSE(tracks->hasBefore());
}

TEST_F(FarLettersOfAll, AreLookedForInEach) {
    loadAll();
    const int row = go("M");
    EXPECT_EQ(tracks->idAt(row).toStdString(), "cM-0");
    EXPECT_EQ(tracks->idAt(row + 1).toStdString(), "pM-1");
    EXPECT_EQ(tracks->letterAt(row).toStdString(), "M");
    EXPECT_EQ(tracks->letterAt(row - 1).toStdString(), "A");
    EXPECT_LT(tracks->count(), 1000);
    expectWhole();
    tracks->fetchBefore();
    rest();
    tracks->fetchMore({});
    rest();
    expectWhole();
    EXPECT_EQ(tracks->idAt(go("M")).toStdString(), "cM-0");
    EXPECT_EQ(tracks->idAt(go("Z")).toStdString(), "cZ-0");
    EXPECT_EQ(go("A"), 0);
    EXPECT_EQ(tracks->idAt(0).toStdString(), "cA-0");
    expectWhole();
}

// One of them does not answer while a letter is sought.
class FarLettersWithoutOne : public FarLettersOfAll, public testing::WithParamInterface<int> {
protected:
    void silence() {
        world.http.holds = [](const core::HttpRequest& request) {
            return request.url.path() == L("/api/v1/media") && libraryOf(request) == GetParam();
        };
    }
    void speak() {
        world.http.holds = nullptr;
        world.http.release();
    }
    static QStringList missing() { return {QStringList{QString(), kThisComputer, L("piso:8470")}[GetParam()]}; }
    // The first of a letter that the two servers have.
    static std::string first(const char* letter) {
        return GetParam() == 0 ? std::string("p") + letter + "-1" : std::string("c") + letter + "-0";
    }
};

INSTANTIATE_TEST_SUITE_P(Libraries, FarLettersWithoutOne, testing::Values(0, 1, 2));

TEST_P(FarLettersWithoutOne, AreThoseOfTheOthersAndItIsNamed) {
    loadAll();
    silence();
    const int row = go("M");
    const auto expectOthers = [&] {
        EXPECT_EQ(tracks->missing(), missing());
        EXPECT_EQ(tracks->total(), totalOfAll() - shelves[GetParam()].total());
        expectWhole(GetParam());
    };
    EXPECT_EQ(tracks->idAt(row).toStdString(), first("M"));
    EXPECT_EQ(tracks->letterAt(row).toStdString(), "M");
    EXPECT_EQ(tracks->letterAt(row - 1).toStdString(), "A");
    expectOthers();
    tracks->fetchBefore();
    rest();
    expectOthers();
    tracks->fetchMore({});
    rest();
    expectOthers();
    EXPECT_EQ(tracks->idAt(go("Z")).toStdString(), first("Z"));
    expectOthers();

    speak();
    ASSERT_TRUE(QTest::qWaitFor([&] { return showsAll(); }, 60'000)) << "it counts once it answers";
    expectWhole();
    EXPECT_EQ(tracks->idAt(go("M")).toStdString(), "cM-0");
}

TEST_P(FarLettersWithoutOne, WhatStandsBeforeNamesItToo) {
    loadAll();
    go("Z");
    silence();
    while (tracks->missing().isEmpty() && tracks->hasBefore()) {
        tracks->fetchBefore();
        rest();
    }
    EXPECT_EQ(tracks->missing(), missing());
    tracks->fetchMore({});
    rest();
    EXPECT_EQ(tracks->missing(), missing()) << "of the rows above";
    speak();
    ASSERT_TRUE(QTest::qWaitFor([&] { return showsAll(); }, 60'000)) << "it counts once it answers";
    expectWhole();
}

TEST_P(FarLettersWithoutOne, WhatStandsBeforeIsCountedWithoutItsRest) {
    loadAll();
    go("Z");
    silence();
    for (int page = 0; page < 100 && tracks->hasBefore(); ++page) {
        tracks->fetchBefore();
        rest();
    }
    ASSERT_FALSE(tracks->hasBefore());
    EXPECT_EQ(tracks->missing(), missing());
    const auto expectLetters = [&] {
        for (int row = 0; row < tracks->count(); row += 11)
            ASSERT_EQ(tracks->letterAt(row), tracks->idAt(row).mid(1, 1)) << row;
        int firstZ = 0;
        while (firstZ < tracks->count() && tracks->idAt(firstZ)[1] != QLatin1Char('Z'))
            ++firstZ;
        EXPECT_EQ(tracks->rowOf(L("Z")), firstZ);
        EXPECT_EQ(tracks->idAt(go("M"))[1], QLatin1Char('M'));
    };
    expectLetters();
    const int total = tracks->total();
    EXPECT_LT(total, totalOfAll());
    tracks->fetchMore({});
    rest();
    expectLetters();
    EXPECT_LE(tracks->total(), total) << "what follows does not count it again";
    speak();
}

TEST_F(FarLettersOfAll, WithoutAnybodyOneStaysWhereOneIs) {
    loadAll();
    expectToStayWithoutServers();
    world.http.down = false;
    tracks->reload();
    ASSERT_TRUE(QTest::qWaitFor([&] { return !tracks->failed() && showsAll(); }, 60'000)) << "they are back";
    EXPECT_EQ(tracks->idAt(go("Z")).toStdString(), "cZ-0");
    expectWhole();
}

TEST(LettersOfSeveral, OfWhomNothingCameThereHasNeitherRowsNorCopies) {
    const auto page = [](const QStringList& titles, const QList<LetterPlace>& letters, int total) {
        MediaPage made;
        for (const auto& title : titles) {
            MediaItem item;
            item.id = title.toLower() + QString::number(total);
            item.kind = L("movie");
            item.title = title;
            made.items << item;
        }
        made.letters = letters;
        made.nextCursor = L("next");
        made.total = total;
        return made;
    };
    MediaQuery query;
    query.sort = L("title");
    TitleMerge merge(query, 2);
    merge.add(0, page({L("Ark"), L("Axe")}, {{L("A"), 2}, {L("M"), 1, L("a2"), L("d1")}}, 3));
    merge.add(1, page({L("Ark")}, {{L("A"), 3}, {L("M"), 4, L("a3"), L("d4")}}, 7));
    EXPECT_EQ(merge.take().total, 9) << "the Ark is one";
    auto there = merge.from(L("M"));
    EXPECT_EQ(there.cursorOf(1).toStdString(), "a3");
    there.end(1);
    there.add(0, page({L("Moth")}, {}, 3));
    const auto told = there.take();
    EXPECT_EQ(told.total, 3);
    ASSERT_EQ(told.letters.size(), 2);
    EXPECT_EQ(told.letters[0].count, 2);
    EXPECT_EQ(told.letters[1].count, 1);
}

TEST(LettersOfSeveral, HaveCursorsWhereAllHave) {
    const QList<LetterPlace> here{{L("A"), 2}, {L("M"), 3, L("a2"), L("d3")}}, one{{L("B"), 1}},
        old{{L("A"), 1}, {L("Z"), 1}};
    const auto merged = mergedLetters({here, one}, {}, false);
    ASSERT_EQ(merged.size(), 3);
    EXPECT_EQ(merged[0].cursor.toStdString(), "") << "it is where the list begins";
    EXPECT_EQ(merged[1].cursor.toStdString(), "letter:B");
    EXPECT_EQ(merged[2].before.toStdString(), "before:M");
    for (const auto& place : mergedLetters({here, old}, {}, false))
        EXPECT_TRUE(place.cursor.isEmpty()) << place.letter.toStdString();
    EXPECT_EQ(placeOf(here, L("M"), false), 1);
    EXPECT_EQ(placeOf(here, L("B"), false), 1) << "where it would be";
    EXPECT_EQ(placeOf(here, L("Z"), false), 2);
    EXPECT_EQ(placeOf({here.rbegin(), here.rend()}, L("B"), true), 1);
    EXPECT_EQ(rowsBefore(here, 1), 2);
}

// The table of tracks in the window.
class TableLetters : public Pages {
protected:
    void SetUp() override {
        Pages::SetUp();
        window_->resize(1000, 700);
        window_->requestActivate();
        ASSERT_TRUE(QTest::qWaitForWindowActive(window_));
        world_.http.answers[L("GET /api/v1/media")] = [this](const core::HttpRequest& request) {
            const bool ofTracks = QUrlQuery(request.url).queryItemValue(L("kind")) == L("track");
            return ofTracks ? shelf_.answer(request) : core::HttpResponse{200, {}, QJsonDocument(listOf({})).toJson()};
        };
        ASSERT_TRUE(world_.signIn());
        world_.context.navigator()->go(L("music"));
        ASSERT_TRUE(QTest::qWaitFor([&] { return pageWithTab() != nullptr; }));
        pageWithTab()->setProperty("tab", L("tracks"));
        ASSERT_TRUE(QTest::qWaitFor([&] { return table() && !tracks()->loading() && current() == "A-0"; }, 60'000));
        table()->forceActiveFocus();
    }
    QQuickItem* table() { return window_->findChild<QQuickItem*>(L("tracks")); }
    QQuickItem* rail() { return table()->parentItem()->findChild<QQuickItem*>(L("letterRail")); }
    MediaModel* tracks() { return world_.context.tracks(); }
    QQuickItem* currentRow() { return table()->property("currentItem").value<QQuickItem*>(); }
    std::string current() { return currentRow() ? currentRow()->property("mediaId").toString().toStdString() : ""; }
    bool shows(const char* id) {
        return QTest::qWaitFor([&] { return current() == id && !tracks()->loading(); }, 60'000);
    }
    // What is seen first, and where.
    std::pair<std::string, int> topRow() {
        std::pair<std::string, int> top{"", 10'000};
        for (auto* row : table()->property("contentItem").value<QQuickItem*>()->childItems())
            if (const double y = belowTop(row);
                row->property("mediaId").isValid() && y + row->height() > 1 && y < top.second)
                top = {row->property("mediaId").toString().toStdString(), static_cast<int>(std::lround(y))};
        return top;
    }
    double belowTop(QQuickItem* row) { return row->y() - table()->property("contentY").toDouble(); }

    Shelf shelf_ = large();
};

TEST_F(TableLetters, AreGoneToByKeyAndPointer) {
    ASSERT_TRUE(QTest::qWaitFor([&] { return rail()->isVisible(); }));
    QTest::keyClick(window_, Qt::Key_M);
    ASSERT_TRUE(shows("M-0")) << current();
    EXPECT_TRUE(QTest::qWaitFor([&] { return std::abs(belowTop(currentRow())) < 1; })) << belowTop(currentRow());
    EXPECT_TRUE(currentRow()->property("selected").toBool()) << "as by the other keys";
    EXPECT_EQ(rail()->property("current").toString().toStdString(), "M");

    const double slot = rail()->property("slot").toDouble();  // of 27: A is the second, after #, and Z the last
    const auto at = [&](double n) {
        return rail()->mapToScene({rail()->width() / 2, rail()->height() / 2 + slot * (n - 13.5)}).toPoint();
    };
    QTest::mouseClick(window_, Qt::LeftButton, {}, at(26.5));
    ASSERT_TRUE(shows("Z-0")) << current();
    EXPECT_FALSE(currentRow()->property("selected").toBool()) << "nothing was chosen, and no other title is";
    QTest::mouseClick(window_, Qt::LeftButton, {}, at(1.5));
    ASSERT_TRUE(shows("A-0")) << current();
    table()->forceActiveFocus();
    QTest::keyClick(window_, Qt::Key_Z);
    ASSERT_TRUE(shows("Z-0")) << current();
    QTest::keyClick(window_, Qt::Key_Home);
    ASSERT_TRUE(shows("A-0")) << current();
}

TEST_F(TableLetters, StayWhereTheyAreWhenWhatIsAboveIsRead) {
    QTest::keyClick(window_, Qt::Key_M);
    ASSERT_TRUE(shows("M-0")) << current();
    const int before = tracks()->count();
    world_.http.holds = [](const core::HttpRequest& request) {
        return QUrlQuery(request.url).queryItemValue(L("order")) == L("desc");
    };
    table()->setProperty("contentY", table()->property("originY").toDouble() + 900);
    ASSERT_TRUE(QTest::qWaitFor([&] { return tracks()->loading(); }, 60'000));
    const auto top = topRow();
    world_.http.holds = nullptr;
    world_.http.release();
    ASSERT_TRUE(QTest::qWaitFor([&] { return tracks()->count() > before && !tracks()->loading(); }, 60'000));
    settle();
    EXPECT_EQ(topRow(), top);
    EXPECT_EQ(current(), "M-0");
    EXPECT_TRUE(currentRow()->property("selected").toBool()) << "what is chosen goes along";
}

TEST_F(TableLetters, AreThereInTheOrderOfTitlesAlone) {
    ASSERT_TRUE(QTest::qWaitFor([&] { return rail()->isVisible(); }));
    tracks()->setSort(L("added"), L("desc"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return !tracks()->loading(); }, 60'000));
    EXPECT_TRUE(QTest::qWaitFor([&] { return !rail()->isVisible(); }));
}

}  // namespace
}  // namespace marea::app::test
