// What several devices changed at once: what the page of it is told, and what comes of a choice.
#include <QSignalSpy>

#include "tests/unit/app/window.h"

namespace marea::app::test {
namespace {

using L = QLatin1String;

QJsonObject contested(const QString& id, const QString& record) {
    const QJsonObject here{
        {L("value"), 8}, {L("at"), 1.7e12}, {L("device"), QJsonObject{{L("name"), L("Desk")}, {L("server"), false}}}};
    const QJsonObject there{{L("value"), 4},
                            {L("at"), 1.7e12 + 1e5},
                            {L("device"), QJsonObject{{L("name"), L("Laptop")}, {L("server"), false}}}};
    return {{L("id"), id},
            {L("kind"), L("item")},
            {L("record_id"), record},
            {L("cell"), L("rating")},
            {L("shown"), 1},
            {L("asks"), true},
            {L("sides"), QJsonArray{here, there}}};
}

struct Contest : World {
    ConflictsViewModel& inbox() { return *context.conflicts(); }
    void hold(const QStringList& ids) {
        QList<QJsonObject> items;
        for (const auto& id : ids)
            items << contested(id, QStringLiteral("f1"));
        http.on("GET /api/v1/sync/conflicts", 200, listOf(items));
    }
    bool read(int count) {
        inbox().reload();
        return QTest::qWaitFor([&] { return inbox().loaded() && !inbox().failed() && inbox().count() == count; });
    }
    QString title(int row) { return inbox().data(inbox().index(row), ConflictsViewModel::TitleRole).toString(); }
};

TEST(ConflictsTest, WhatCannotBeReadIsNotShownAsNone) {
    Contest world;
    ASSERT_TRUE(world.signIn());
    world.http.on("GET /api/v1/sync/conflicts", 500, {});
    world.inbox().reload();
    ASSERT_TRUE(QTest::qWaitFor([&] { return world.inbox().failed(); }));
    EXPECT_FALSE(world.inbox().errorText().isEmpty());
    world.hold({L("c1")});
    ASSERT_TRUE(world.read(1));
    EXPECT_TRUE(world.inbox().errorText().isEmpty());
    world.http.on("GET /api/v1/sync/conflicts", 500, {});
    world.inbox().reload();
    ASSERT_TRUE(QTest::qWaitFor([&] { return world.inbox().failed(); }));
    EXPECT_EQ(world.inbox().count(), 1) << "what is known stays";
    world.http.on("GET /api/v1/sync/conflicts", 404, {});
    EXPECT_TRUE(world.read(0)) << "an old server has none";
}

TEST(ConflictsTest, AllPagesAreReadAndTitlesAskedForWhereTheyAreSeen) {
    Contest world;
    ASSERT_TRUE(world.signIn());
    world.http.answers[L("GET /api/v1/sync/conflicts")] = [](const core::HttpRequest& request) {
        const bool rest = !QUrlQuery(request.url).queryItemValue(L("cursor")).isEmpty();
        QJsonArray items;
        for (int i = rest ? 200 : 0; i < (rest ? 230 : 200); ++i)
            items << contested(QString::number(i), i == 229 ? L("gone") : L("f1"));
        const QJsonObject page{{L("items"), items}, {L("next_cursor"), rest ? QJsonValue() : QJsonValue(L("200"))}};
        return core::HttpResponse{200, {}, QJsonDocument(page).toJson()};
    };
    ASSERT_TRUE(world.read(230));
    EXPECT_EQ(world.http.count("GET", L("/api/v1/media/f1")), 0);
    world.inbox().learnTitle(0);
    world.inbox().learnTitle(1);
    world.inbox().learnTitle(229);
    ASSERT_TRUE(QTest::qWaitFor([&] { return world.title(1) == L("Foghorn") && !world.title(229).isEmpty(); }));
    EXPECT_EQ(world.title(229).toStdString(), "A title that is not here");
    EXPECT_EQ(world.http.count("GET", L("/api/v1/media/f1")), 1);
}

TEST(ConflictsTest, OnlyWhatWasAnsweredGoesFromTheList) {
    Contest world;
    ASSERT_TRUE(world.signIn());
    world.hold({L("c1"), L("c2"), L("c3")});
    ASSERT_TRUE(world.read(3));
    const QSignalSpy anew(&world.inbox(), &QAbstractItemModel::modelReset);
    const QSignalSpy gone(&world.inbox(), &QAbstractItemModel::rowsRemoved);
    world.http.on("POST /api/v1/sync/conflicts/c2", 204, {});
    world.hold({L("c1"), L("c3")});
    world.inbox().choose(1, 0);
    EXPECT_TRUE(world.inbox().busy());
    ASSERT_TRUE(QTest::qWaitFor([&] { return world.inbox().count() == 2; }));
    EXPECT_FALSE(world.inbox().busy());
    EXPECT_EQ(anew.count(), 0) << "the others stay where they are";
    ASSERT_EQ(gone.count(), 1);
    EXPECT_EQ(gone.first().value(1).toInt(), 1);
}

using ConflictPages = Pages;

TEST_F(ConflictPages, OneThatCouldNotBeReadIsAskedForAgain) {
    world_.http.on("GET /api/v1/sync/conflicts", 500, {});
    ASSERT_TRUE(world_.signIn());
    world_.context.navigator()->go(QStringLiteral("conflicts"));
    QQuickItem* again = nullptr;
    ASSERT_TRUE(QTest::qWaitFor([&] { return (again = saying(window_->contentItem(), L("Try again"))) != nullptr; }));
    EXPECT_FALSE(saying(window_->contentItem(), L("Nothing is contested.")));
    world_.http.on("GET /api/v1/sync/conflicts", 200, listOf({contested(QStringLiteral("c1"), QStringLiteral("f1"))}));
    window_->requestActivate();
    again->forceActiveFocus();
    QTest::keyClick(window_, Qt::Key_Return);
    EXPECT_TRUE(QTest::qWaitFor([&] { return saying(window_->contentItem(), L("Foghorn")) != nullptr; }));
    settle();
}

}  // namespace
}  // namespace marea::app::test
