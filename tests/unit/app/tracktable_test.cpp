// The table of tracks where it has no rows: while they are read, and where there are none.
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

}  // namespace
}  // namespace marea::app::test
