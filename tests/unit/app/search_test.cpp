// What is looked for as one types.
#include <gtest/gtest.h>
#include <QAbstractItemModelTester>
#include <QSignalSpy>

#include "tests/unit/app/doubles.h"

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
        MediaPage page;
        for (const auto& id : ids) {
            page.items << MediaItem{};
            page.items.last().id = page.items.last().title = id;
        }
        return page;
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

}  // namespace
}  // namespace marea::app::test
