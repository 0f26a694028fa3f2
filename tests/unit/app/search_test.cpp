// What is looked for as one types.
#include <gtest/gtest.h>
#include <algorithm>
#include <QAbstractItemModelTester>
#include <QSignalSpy>

#include "app/api/mediaquery.h"
#include "tests/unit/app/window.h"

namespace marea::app::test {
namespace {

class SearchAsOneTypes : public testing::Test {
protected:
    QStringList asked() const {
        QStringList words;
        for (const auto& request : world.http.asked)
            if (request.url.path() == QLatin1String("/api/v1/search"))
                words << QUrlQuery(request.url).queryItemValue(QStringLiteral("q"));
        return words;
    }
    World world;
    SearchViewModel& search = *world.context.search();
};

TEST_F(SearchAsOneTypes, TheFirstLetterIsAskedAtOnce) {
    ASSERT_TRUE(world.signIn());
    search.setText(QStringLiteral("f"));
    EXPECT_EQ(asked().count(QStringLiteral("f")), 5) << "films, series, artists, albums, tracks";
}

TEST_F(SearchAsOneTypes, LettersThatComeMeanwhileAreOneQuestion) {
    ASSERT_TRUE(world.signIn());
    for (const auto* words : {"f", "fo", "fog"})
        search.setText(QLatin1String(words));
    ASSERT_TRUE(QTest::qWaitFor([&] { return !search.searching() && search.films()->count() == 1; }, 60'000));
    EXPECT_EQ(asked().count(QStringLiteral("f")), 5);
    EXPECT_EQ(asked().count(QStringLiteral("fo")), 0);
    EXPECT_EQ(asked().count(QStringLiteral("fog")), 5);
    search.run();
    EXPECT_EQ(asked().count(QStringLiteral("fog")), 5) << "it is known";
}

TEST_F(SearchAsOneTypes, WhatFailedIsAskedAgain) {
    ASSERT_TRUE(world.signIn());
    world.http.down = true;
    search.setText(QStringLiteral("fog"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return search.failed() && !search.searching(); }, 60'000));
    world.http.down = false;
    search.run();
    EXPECT_TRUE(QTest::qWaitFor([&] { return search.films()->count() == 1; }, 60'000));
}

TEST_F(SearchAsOneTypes, WhatShowsOneAnswerShowsTheNext) {
    ASSERT_TRUE(world.signIn());
    MediaModel& films = *search.films();
    const QAbstractItemModelTester strict(&films, QAbstractItemModelTester::FailureReportingMode::Fatal);
    const auto page = [](const QStringList& ids) {
        MediaPage made;
        for (const auto& id : ids) {
            made.items << MediaItem{};
            made.items.last().id = made.items.last().title = id;
        }
        return made;
    };
    const auto words = [](const char* text) { return QString::fromLatin1(text).split(QLatin1Char(' ')); };
    const QHash<QString, QStringList> answers{{QStringLiteral("f"), words("a b c")},
                                              {QStringLiteral("fo"), words("d")},
                                              {QStringLiteral("foo"), words("e b")}};
    films.setPages([&](const MediaQuery& query, const QString&) {
        QPromise<core::Result<MediaPage>> answer;
        answer.start();
        answer.addResult(page(answers.value(query.search)));
        answer.finish();
        return answer.future();
    });
    search.setText(QStringLiteral("f"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return films.count() == 3; }, 60'000));
    QSignalSpy anew(&films, &MediaModel::modelReset), other(&films, &MediaModel::exchanged);
    search.setText(QStringLiteral("fo"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return films.idAt(0) == QLatin1String("d"); }, 60'000));
    EXPECT_EQ(films.count(), 1);
    search.setText(QStringLiteral("foo"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return films.idAt(0) == QLatin1String("e"); }, 60'000));
    EXPECT_EQ(films.idAt(1), QLatin1String("b"));
    EXPECT_EQ(anew.count(), 0);
    EXPECT_EQ(other.count(), 2);
}

TEST_F(SearchAsOneTypes, WhatWasFoundForSomebodySaysForWhom) {
    ASSERT_TRUE(world.signIn());
    MediaModel& films = *search.films();
    films.setPages([](const MediaQuery& query, const QString&) {
        const auto json = QJsonDocument::fromJson(R"({"items": [
            {"id": "a", "kind": "movie", "title": "Heat", "year": 1995, "match": "exact", "person": "Al Pacino"},
            {"id": "b", "kind": "movie", "title": "Pacino", "year": 1999, "match": "exact"},
            {"id": "c", "kind": "episode", "title": "Angels", "series": "Angels", "season": 1, "episode": 2,
             "match": "exact", "person": "Al Pacino"}]})");
        QPromise<core::Result<MediaPage>> answer;
        answer.start();
        answer.addResult(parsePage(query, json.object()));
        answer.finish();
        return answer.future();
    });
    search.setText(QStringLiteral("pacino"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return films.count() == 3; }, 60'000));
    const int role = films.roleNames().key("subtitle");
    const auto line = [&](int row) { return films.data(films.index(row), role).toString(); };
    EXPECT_EQ(line(0), QStringLiteral("Al Pacino"));
    EXPECT_EQ(line(1), QStringLiteral("1999"));
    EXPECT_EQ(line(2), QStringLiteral("Angels · S1 E2 · Al Pacino"));
}

void rowsBelow(QQuickItem* item, QList<QQuickItem*>& rows) {
    for (auto* child : item->childItems()) {
        if (child->property("durationText").isValid())
            rows << child;
        rowsBelow(child, rows);
    }
}

// The rows of cards that are shown.
QList<QQuickItem*> rowsOfCards(QQuickItem* item) {
    QList<QQuickItem*> all;
    for (auto* child : item->childItems()) {
        if (child->isVisible() && child->property("orientation").toInt() == Qt::Horizontal &&
            child->property("leftMargin").toReal() > 0)
            all << child;
        all << rowsOfCards(child);
    }
    return all;
}

TEST_F(Pages, CardsOfTheNextAnswerBeginWhereTheHeadingDoes) {
    QList<QJsonObject> found;
    for (int i = 0; i < 24; ++i)
        found << film(QString::number(i), QStringLiteral("Song %1").arg(i));
    world_.http.on("GET /api/v1/search", 200, listOf(found));
    ASSERT_TRUE(world_.signIn());
    window_->resize(1280, 720);
    world_.context.navigator()->go(QStringLiteral("search"));
    auto& search = *world_.context.search();
    QSignalSpy exchanged(search.albums(), &MediaModel::exchanged);
    for (const auto* words : {"so", "son", "song"}) {
        search.setText(QLatin1String(words));
        const auto before = exchanged.count();
        ASSERT_TRUE(QTest::qWaitFor([&] { return exchanged.count() > before && !search.searching(); }, 60'000));
        settle();
        const auto rows = rowsOfCards(window_->contentItem());
        ASSERT_GE(rows.size(), 4);
        for (const auto* row : rows)
            EXPECT_NEAR(row->property("contentX").toReal(), -row->property("leftMargin").toReal(), 1) << words;
    }
}

TEST_F(Pages, OnlyTheTracksFoundThatAreInSightAreMade) {
    QList<QJsonObject> found;
    for (int i = 0; i < 24; ++i)
        found << film(QString::number(i), QStringLiteral("Song %1").arg(i));
    world_.http.on("GET /api/v1/search", 200, listOf(found));
    ASSERT_TRUE(world_.signIn());
    window_->resize(1280, 720);
    world_.context.navigator()->go(QStringLiteral("search"));
    auto& search = *world_.context.search();
    search.setText(QStringLiteral("song"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return search.tracks()->count() == 24 && !search.searching(); }, 60'000));
    const auto made = [&] {
        QList<QQuickItem*> rows;
        rowsBelow(window_->contentItem(), rows);
        return rows;
    };
    settle();
    EXPECT_LE(made().size(), 2) << "four rows of cards stand before them";

    auto* flick = window_->findChild<QQuickItem*>(QStringLiteral("searchFlick"));
    ASSERT_NE(flick, nullptr);
    flick->setProperty("contentY", flick->property("contentHeight").toReal() - flick->height());
    const auto inSight = [&](const QString& title) {
        const auto rows = made();
        return std::any_of(rows.begin(), rows.end(), [&](QQuickItem* row) {
            const auto place = row->mapRectToItem(flick, row->boundingRect());
            return row->property("title") == title && place.top() >= -1 && place.bottom() <= flick->height() + 1;
        });
    };
    ASSERT_TRUE(QTest::qWaitFor([&] { return inSight(QStringLiteral("Song 23")); }, 60'000));
    EXPECT_LE(made().size(), 16);

    auto* list = made().first()->parentItem()->parentItem();
    list->forceActiveFocus();
    for (int i = 0; i < 23; ++i)
        QTest::keyClick(window_, Qt::Key_Down);
    EXPECT_EQ(list->property("currentIndex").toInt(), 23);
    for (int i = 0; i < 20; ++i)
        QTest::keyClick(window_, Qt::Key_Up);
    EXPECT_TRUE(QTest::qWaitFor([&] { return inSight(QStringLiteral("Song 3")); }, 60'000)) << "the page follows";
}

}  // namespace
}  // namespace marea::app::test
