// Rows that are chosen, and what a list is narrowed by.
#include <gtest/gtest.h>

#include "tests/unit/app/doubles.h"

namespace marea::app::test {
namespace {

using L = QLatin1String;

class Rows final : public QAbstractListModel {
public:
    int rowCount(const QModelIndex& = {}) const override { return rows_; }
    QVariant data(const QModelIndex&, int) const override { return {}; }
    void append(int count) {
        beginInsertRows({}, rows_, rows_ + count - 1);
        rows_ += count;
        endInsertRows();
    }
    void prepend(int count) {
        beginInsertRows({}, 0, count - 1);
        rows_ += count;
        endInsertRows();
    }
    void removeFirst() {
        beginRemoveRows({}, 0, 0);
        --rows_;
        endRemoveRows();
    }

private:
    int rows_ = 10;
};

class Selection : public testing::Test {
protected:
    Selection() { selection.setModel(&rows); }
    std::string chosen() {
        QStringList list;
        for (const auto& row : selection.rows())
            list << row.toString();
        return list.join(QLatin1Char(' ')).toStdString();
    }
    Rows rows;
    RowSelection selection;
};

TEST_F(Selection, IsAsListsDoItEverywhere) {
    selection.choose(3, Qt::NoModifier);
    selection.choose(5, Qt::ControlModifier);
    EXPECT_EQ(chosen(), "3 5");
    selection.choose(7, Qt::ShiftModifier);
    EXPECT_EQ(chosen(), "5 6 7") << "from the last one that was picked";
    selection.choose(4, Qt::ShiftModifier);
    EXPECT_EQ(chosen(), "4 5") << "a range turns about its anchor";
    selection.choose(8, Qt::ShiftModifier | Qt::ControlModifier);
    EXPECT_EQ(chosen(), "4 5 6 7 8") << "added to what is there";
    selection.choose(6, Qt::ControlModifier);
    EXPECT_EQ(chosen(), "4 5 7 8");
    selection.choose(1, Qt::NoModifier);
    EXPECT_EQ(chosen(), "1");
    selection.chooseAll();
    EXPECT_EQ(selection.count(), 10);
}

TEST_F(Selection, OutlivesWhatIsReadOnButNotWhatGoes) {
    selection.choose(3, Qt::NoModifier);
    rows.append(5);
    EXPECT_EQ(chosen(), "3");
    rows.removeFirst();
    EXPECT_EQ(chosen(), "") << "row 3 is another title now";
}

TEST_F(Selection, FollowsItsRowsWhenOthersComeBeforeThem) {
    selection.choose(3, Qt::NoModifier);
    selection.choose(5, Qt::ControlModifier);
    rows.prepend(4);
    EXPECT_EQ(chosen(), "7 9");
    selection.choose(10, Qt::ShiftModifier);
    EXPECT_EQ(chosen(), "9 10") << "from the one that was picked last";
}

class Filters : public testing::Test {
protected:
    void SetUp() override {
        world.http.on(
            "GET /api/v1/media/facets", 200,
            {{L("facets"),
              QJsonObject{{L("genre"), QJsonArray{QJsonObject{{L("value"), L("Drama")}, {L("count"), 3}},
                                                  QJsonObject{{L("value"), L("R&B")}, {L("count"), 2}}}},
                          {L("decade"), QJsonArray{QJsonObject{{L("value"), L("1990")}, {L("count"), 4}}}}}}});
        ASSERT_TRUE(world.signIn());
        facets.reset(world.context.facets());
        facets->setModel(films);
    }
    QUrlQuery asked(const char* path) {
        for (auto it = world.http.asked.crbegin(); it != world.http.asked.crend(); ++it)
            if (it->url.path() == L(path) && (L(path) != L("/api/v1/media") || it->url.query().contains(L("movie"))))
                return QUrlQuery(it->url);
        return {};
    }
    int questions() { return world.http.count("GET", L("/api/v1/media/facets")); }

    World world;
    MediaModel* films = world.context.films();
    std::unique_ptr<FacetsViewModel> facets;
};

TEST_F(Filters, AreAskedForWhenTheyAreWantedAndAgainWhenTheListIsAnother) {
    films->setFilter(L("favourite"));
    EXPECT_EQ(questions(), 0) << "nobody has opened a menu";
    facets->load();
    ASSERT_TRUE(QTest::qWaitFor([&] { return facets->genres().size() == 2; }));
    EXPECT_EQ(asked("/api/v1/media/facets").queryItemValue(L("state")).toStdString(), "favourite");
    films->setRatingFrom(8);
    EXPECT_EQ(questions(), 2);
}

TEST_F(Filters, NarrowTheListByTheServersParameters) {
    facets->load();
    ASSERT_TRUE(QTest::qWaitFor([&] { return !facets->genres().isEmpty(); }));
    facets->toggleGenre(L("Drama"));
    facets->toggleGenre(L("R&B"));
    facets->setDecade(1990);
    films->setRatingFrom(6);
    const auto query = asked("/api/v1/media");
    EXPECT_EQ(query.allQueryItemValues(L("genre"), QUrl::FullyDecoded), (QStringList{L("Drama"), L("R&B")}));
    EXPECT_EQ(query.queryItemValue(L("year_from")).toStdString(), "1990");
    EXPECT_EQ(query.queryItemValue(L("year_to")).toStdString(), "1999");
    EXPECT_EQ(query.queryItemValue(L("rating_from")).toStdString(), "6");
    EXPECT_TRUE(facets->genres().first().toMap()[L("checked")].toBool());
    EXPECT_TRUE(films->filtered());
    facets->toggleGenre(L("Drama"));
    EXPECT_EQ(asked("/api/v1/media").allQueryItemValues(L("genre")).size(), 1);
    films->clearFilters();
    EXPECT_FALSE(films->filtered());
    EXPECT_FALSE(asked("/api/v1/media").hasQueryItem(L("year_from")));
}

TEST_F(Filters, AFilmTellsWhatBelongsToIt) {
    world.http.on("GET /api/v1/collections", 200, listOf({{{L("id"), L("c1")}, {L("name"), L("The coast")}}}));
    world.http.on("GET /api/v1/media/f1/similar", 200, listOf({film(L("f2"), L("Estuary"))}));
    const std::unique_ptr<ItemViewModel> page(world.context.item(L("f1")));
    EXPECT_EQ(world.http.count("GET", L("/api/v1/media/f1/similar")), 0) << "not before a page shows it";
    page->loadRelated();
    ASSERT_TRUE(QTest::qWaitFor([&] { return page->collections().size() == 1 && page->similar()->count() == 1; }));
    EXPECT_EQ(page->collections().first().toMap()[L("name")].toString().toStdString(), "The coast");
    EXPECT_EQ(asked("/api/v1/collections").queryItemValue(L("item")).toStdString(), "f1");
}

}  // namespace
}  // namespace marea::app::test
