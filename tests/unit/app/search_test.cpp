// What is looked for as one types.
#include <gtest/gtest.h>

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

}  // namespace
}  // namespace marea::app::test
