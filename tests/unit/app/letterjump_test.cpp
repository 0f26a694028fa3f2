// To a letter far down in a list: what is read for it, of one library and of several, and the table of tracks.
#include <algorithm>
#include <cmath>

#include "app/viewmodels/knownservers.h"
#include "app/viewmodels/letters.h"
#include "core/library/text.h"
#include "tests/unit/app/window.h"

namespace marea::app::test {
namespace {

using L = QLatin1String;

// A library of so many tracks under each letter, in pages either way round as the server gives them.
struct Shelf {
    QList<std::pair<QString, int>> letters;
    QString mark;         // of its ids
    bool cursors = true;  // of letters
    int offset = 0;       // of its numbers, so that those of several libraries take turns

    qsizetype total() const {
        qsizetype sum = 0;
        for (const auto& [letter, count] : letters)
            sum += count;
        return sum;
    }
    QJsonObject title(qsizetype row, bool descending) const {
        qsizetype at = descending ? total() - 1 - row : row, place = 0;
        while (at >= letters[place].second)
            at -= letters[place++].second;
        const QString& letter = letters[place].first;
        const QString number = QString::number(2 * at + offset);
        auto song = film(mark + letter + L("-") + number, letter + L("bc ") + number);
        song[L("kind")] = L("track");
        return song;
    }
    QList<QJsonObject> titles(bool descending, qsizetype from, qsizetype end) const {
        QList<QJsonObject> list;
        for (qsizetype row = from; row < end; ++row)
            list << title(row, descending);
        return list;
    }
    QList<QJsonObject> titles(bool descending) const { return titles(descending, 0, total()); }
    QJsonArray places(bool descending) const {
        auto order = letters;
        if (descending)
            std::reverse(order.begin(), order.end());
        QJsonArray list;
        int row = 0;
        for (const auto& [letter, count] : order) {
            QJsonObject place{{L("letter"), letter}, {L("count"), count}};
            if (cursors && row > 0) {
                place[L("cursor")] = QStringLiteral("%1%2").arg(L(descending ? "d" : "a")).arg(row);
                place[L("before")] = QStringLiteral("%1%2").arg(L(descending ? "a" : "d")).arg(total() - row);
            }
            list << place;
            row += count;
        }
        return list;
    }
    core::HttpResponse answer(const core::HttpRequest& request) const {
        const QUrlQuery query(request.url);
        const auto value = [&](const char* name) { return query.queryItemValue(L(name)); };
        const bool descending = value("order") == L("desc");
        const QString way = L(descending ? "d" : "a"), cursor = value("cursor");
        EXPECT_TRUE(cursor.isEmpty() || cursor.startsWith(way)) << "a cursor is of one order";
        const qsizetype from = cursor.mid(1).toInt(), end = std::min<qsizetype>(total(), from + value("limit").toInt());
        auto page = listOf(titles(descending, from, end),
                           end < total() ? QJsonValue(way + QString::number(end)) : QJsonValue());
        page[L("total")] = total();
        if (value("fields") == L("letters") && value("sort") == L("title"))
            page[L("letters")] = places(descending);
        return {200, {}, QJsonDocument(page).toJson()};
    }
};

Shelf large(const QString& mark = {}, int offset = 0) {
    return {{{L("A"), 3000}, {L("M"), 500}, {L("Z"), 700}}, mark, true, offset};
}

QStringList idsIn(const MediaModel* list) {
    QStringList ids;
    for (const auto& item : list->items())
        ids << item.id;
    return ids;
}

// The tracks of one library.
class FarLetters : public testing::Test {
protected:
    explicit FarLetters(bool withOwn = false) : world(withOwn) {}
    void load(const QString& order = {}) {
        world.http.answers[L("GET /api/v1/media")] = [this](const auto& request) { return shelf.answer(request); };
        QObject::connect(tracks, &MediaModel::reached, tracks, [this](int row) { reached << row; });
        tracks->setSort(L("title"), order);
        rest();
    }
    void rest() {
        ASSERT_TRUE(QTest::qWaitFor([&] { return tracks->loaded() && !tracks->loading(); }, 60'000));
    }
    // The row of the model that the letter is at.
    int go(const char* letter) {
        const auto before = reached.size();
        tracks->reach(tracks->rowOf(L(letter)));
        EXPECT_TRUE(QTest::qWaitFor([&] { return reached.size() > before; }, 60'000)) << letter;
        return reached.size() > before ? reached.last() : -1;
    }
    int asked() const { return world.http.count("GET", L("/api/v1/media")); }
    // What it holds is a part of the list, without a gap.
    void expectAPart(bool descending = false) {
        QStringList all;
        for (const auto& title : shelf.titles(descending))
            all << title[L("id")].toString();
        const auto shown = idsIn(tracks);
        ASSERT_FALSE(shown.isEmpty());
        EXPECT_EQ(shown, all.mid(all.indexOf(shown.first()), shown.size()));
    }

    World world;
    Shelf shelf = large();
    MediaModel* tracks = world.context.tracks();
    QList<int> reached;
};

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
    const auto shown = idsIn(tracks);
    int resets = 0, removed = 0;
    QObject::connect(tracks, &QAbstractItemModel::modelReset, tracks, [&] { ++resets; });
    QObject::connect(tracks, &QAbstractItemModel::rowsRemoved, tracks, [&] { ++removed; });
    tracks->reload();
    rest();
    EXPECT_EQ(resets + removed, 0);
    EXPECT_EQ(idsIn(tracks).mid(idsIn(tracks).indexOf(shown.first()), shown.size()), shown);
    EXPECT_TRUE(tracks->hasBefore());
    EXPECT_EQ(tracks->idAt(go("M")).toStdString(), "M-0");
    expectAPart();
}

TEST_F(FarLetters, WithoutAServerOneStaysWhereOneIs) {
    load();
    const auto shown = idsIn(tracks);
    world.http.down = true;
    tracks->reach(tracks->rowOf(L("Z")));
    ASSERT_TRUE(QTest::qWaitFor([&] { return tracks->failed(); }, 60'000));
    EXPECT_EQ(idsIn(tracks), shown);
    EXPECT_TRUE(reached.isEmpty());
}

TEST_F(FarLetters, GoWithAnotherOrder) {
    load();
    go("M");
    tracks->setSort(L("added"), L("desc"));
    rest();
    EXPECT_FALSE(tracks->hasBefore());
}

// Of three libraries as one list: a letter is looked for in each.
class FarLettersOfAll : public FarLetters {
protected:
    FarLettersOfAll() : FarLetters(true) {
        world.settings.setValue(L("computer/used"), true);
        KnownServers(world.settings).remember({L("piso:8470"), L("Piso"), L("ana")});
        world.secrets.kept[L("refresh-token@piso:8470")] = L("r-piso");
        world.http.on("POST /oauth/token", 200, tokens("a-piso"));
        world.http.answers[L("GET /api/v1/media")] = [this](const core::HttpRequest& request) {
            const int library = request.url.port() == 4711 ? 1 : request.url.host() == L("piso") ? 2 : 0;
            return shelves[library].answer(request);
        };
    }
    void loadAll() {
        ASSERT_TRUE(world.signIn());
        QObject::connect(tracks, &MediaModel::reached, tracks, [this](int row) { reached << row; });
        tracks->ensure();
        const auto all = shelves[0].total() + shelves[1].total() + shelves[2].total();
        ASSERT_TRUE(QTest::qWaitFor([&] { return tracks->total() == all && !tracks->loading(); }, 60'000));
    }
    // In order, and of each library all that is between the first and the last.
    void expectWhole() {
        QList<std::pair<std::string, QString>> every, shown;
        for (const auto& one : shelves)
            for (const auto& title : one.titles(false))
                every << std::pair(core::library::sortKey(title[L("title")].toString().toStdString()),
                                   title[L("id")].toString());
        for (const auto& item : tracks->items())
            shown << std::pair(core::library::sortKey(item.title.toStdString()), item.id);
        std::sort(every.begin(), every.end());
        ASSERT_FALSE(shown.isEmpty());
        const auto from = every.indexOf(shown.first());
        ASSERT_GE(from, 0);
        EXPECT_TRUE(shown == every.mid(from, shown.size()));
    }

    // The second has nothing under M.
    Shelf shelves[3]{large(L("c"), 0), {{{L("A"), 900}, {L("Z"), 20}}, L("o"), true, 10'001}, large(L("p"), 1)};
};

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
    QQuickItem* pageWithTab() {
        for (auto* item : window_->findChildren<QQuickItem*>())
            if (!item->property("tab").toString().isEmpty() && item->isVisible())
                return item;
        return nullptr;
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
