// The table of tracks: where it has no rows, while they are read and where there are none; and what its columns are
// like.
#include "tests/unit/app/window.h"

namespace marea::app::test {
namespace {

using L = QLatin1String;

class EmptyTrackTable : public Pages {
protected:
    // The server gives `answer` for tracks, once it is released.
    void openHeld(const core::HttpResponse& answer) {
        world_.http.answers[L("GET /api/v1/media")] = [answer](const core::HttpRequest&) { return answer; };
        ASSERT_TRUE(world_.signIn());
        world_.http.holds = [](const core::HttpRequest& request) {
            return QUrlQuery(request.url).queryItemValue(L("kind")) == L("track");
        };
        world_.context.navigator()->go(L("music"));
        ASSERT_TRUE(QTest::qWaitFor([&] { return pageWithTab() != nullptr; }));
        pageWithTab()->setProperty("tab", L("tracks"));
    }
    void release() {
        world_.http.holds = nullptr;
        world_.http.release();
    }
    QQuickItem* skeleton() { return window_->findChild<QQuickItem*>(L("tracksSkeleton")); }
    bool says(const char* words) {
        return QTest::qWaitFor([&] { return saying(window_->contentItem(), L(words)) != nullptr; }, 60'000);
    }
};

TEST_F(EmptyTrackTable, HasItsShapeWhileRowsAreReadAndThenWhatToDo) {
    openHeld({200, {}, QJsonDocument(listOf({})).toJson()});
    EXPECT_TRUE(QTest::qWaitFor([&] { return skeleton() != nullptr; }, 60'000));
    release();
    ASSERT_TRUE(says("There are no tracks in the library yet."));
    EXPECT_TRUE(QTest::qWaitFor([&] { return skeleton() == nullptr; }, 60'000));
    ASSERT_TRUE(says("Add a folder"));
    QMetaObject::invokeMethod(saying(window_->contentItem(), L("Add a folder")), "clicked");
    EXPECT_EQ(world_.context.navigator()->page(), L("settings"));
}

TEST_F(EmptyTrackTable, OffersToTryAgain) {
    openHeld({503, {}, "{}"});
    release();
    ASSERT_TRUE(says("Try again"));
    world_.http.on("GET /api/v1/media", 200, listOf({}));
    QMetaObject::invokeMethod(saying(window_->contentItem(), L("Try again")), "clicked");
    EXPECT_TRUE(says("There are no tracks in the library yet."));
}

class TrackColumns : public Pages {
protected:
    // Where the words end that a part of the table says.
    static double endOf(QQuickItem* below, const QString& words) {
        auto* item = saying(below, words);
        while (item && saying(item, words))
            item = saying(item, words);  // in a button
        return item ? item->mapToScene({item->width(), 0}).x() : -1;
    }
};

TEST_F(TrackColumns, NumbersStandBelowEachOtherAtTheRight) {
    auto track = film(L("t1"), L("Foghorn"));
    track[L("kind")] = L("track");
    track[L("duration")] = 245.0;
    world_.http.on("GET /api/v1/media", 200, listOf({track}));
    world_.context.settings()->setTrackColumns({L("album"), L("year"), L("duration")});
    window_->resize(1280, 800);
    ASSERT_TRUE(world_.signIn());
    world_.context.navigator()->go(L("music"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return pageWithTab() != nullptr; }));
    pageWithTab()->setProperty("tab", L("tracks"));
    QQuickItem* table = nullptr;
    const auto shows = [&](const QString& words) {
        return QTest::qWaitFor(
            [&] {
                table = window_->findChild<QQuickItem*>(L("tracks"));
                return table && saying(table, words);
            },
            60'000);
    };
    ASSERT_TRUE(shows(L("4:05")) && shows(L("2019")));
    // The words stand above the table, too, where one filters and sorts.
    const auto headEnd = [&](const QString& words) {
        auto* head = named(table, L("trackTableHead"));
        return head ? endOf(head, words) : -1;
    };
    ASSERT_GT(headEnd(L("Year")), 0);
    EXPECT_NEAR(headEnd(L("Length")), endOf(table, L("4:05")), 0.5);
    EXPECT_NEAR(headEnd(L("Year")), endOf(table, L("2019")), 0.5);
    EXPECT_EQ(saying(table, L("4:05"))->property("horizontalAlignment").toInt(), Qt::AlignRight);
    world_.context.tracks()->setSort(L("duration"), L("desc"));
    ASSERT_TRUE(shows(L("4:05")));
    EXPECT_NEAR(headEnd(L("Length")), endOf(table, L("4:05")), 0.5) << "also beside the arrow";
    window_->resize(500, 800);
    ASSERT_TRUE(QTest::qWaitFor([&] { return headEnd(L("Year")) < 0; }, 60'000));
    ASSERT_TRUE(shows(L("4:05")));
    EXPECT_NEAR(headEnd(L("Length")), endOf(table, L("4:05")), 0.5) << "and where there is little room";
    EXPECT_LE(endOf(table, L("4:05")), 500);
}

}  // namespace
}  // namespace marea::app::test
