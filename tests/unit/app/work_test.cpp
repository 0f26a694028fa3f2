// What runs, in the corner of the window.
#include <gtest/gtest.h>

#include "tests/unit/app/doubles.h"

namespace marea::app::test {
namespace {

using L = QLatin1String;

TEST(RateMeterTest, TellsRateAndRemainingOnceThereIsEnoughToTellBy) {
    RateMeter meter;
    meter.add(0, 0);
    meter.add(1000, 100);
    EXPECT_FALSE(meter.rate()) << "a second says little";
    meter.add(4000, 400);
    ASSERT_TRUE(meter.rate());
    EXPECT_DOUBLE_EQ(*meter.rate(), 100);
    EXPECT_DOUBLE_EQ(*meter.remaining(1000), 10);
    for (int second = 5; second <= 40; ++second)
        meter.add(second * 1000, 400);
    EXPECT_DOUBLE_EQ(*meter.rate(), 0) << "what was is forgotten";
    EXPECT_FALSE(meter.remaining(1000)) << "it would never end";
    meter.add(41000, 0);
    EXPECT_FALSE(meter.rate()) << "it began anew";
}

class FakeWork final : public WorkSource {
public:
    QList<WorkItem> items() const override { return list; }
    void setPaused(const QString& id, bool paused) override { told << id + (paused ? L("+") : L("-")); }
    void cancel(const QString& id) override { told << L("x") + id; }
    QList<WorkItem> list;
    QStringList told;
};

TEST(RunningWorkTest, ShowsEverySourceAndPassesOnWhatOneWants) {
    FakeWork first, second;
    RunningWork work;
    work.add(&first);
    work.add(&second);
    EXPECT_EQ(work.count(), 0);
    WorkItem item;
    item.id = L("a");
    item.title = L("Film");
    item.progress = 0.25;
    first.list << item;
    item.id = L("b");
    item.progress = 0.75;
    item.paused = true;
    second.list << item;
    Q_EMIT first.changed();
    ASSERT_EQ(work.count(), 2);
    EXPECT_DOUBLE_EQ(work.progress(), 0.5);
    const auto detail = [&](int row) { return work.data(work.index(row), RunningWork::DetailRole).toString(); };
    EXPECT_EQ(detail(0).toStdString(), "25 %");
    EXPECT_TRUE(detail(1).startsWith(L("75 %"))) << detail(1).toStdString();
    work.setPaused(1, false);
    work.cancel(0);
    EXPECT_EQ(second.told.value(0).toStdString(), "b-");
    EXPECT_EQ(first.told.value(0).toStdString(), "xa");
    work.cancel(7);
    first.list.clear();
    Q_EMIT first.changed();
    EXPECT_EQ(work.count(), 1);
}

TEST(RunningWorkTest, AScanAndTheJobsOfTheServerAreThere) {
    World world;
    world.http.on("GET /api/v1/libraries", 200,
                  listOf({{{L("id"), L("l1")},
                           {L("name"), L("Films")},
                           {L("state"), L("scanning")},
                           {L("scanned"), 50},
                           {L("total"), 200}}}));
    ASSERT_TRUE(world.signIn());
    auto* work = world.context.work();
    ASSERT_TRUE(QTest::qWaitFor([&] { return work->count() == 1; }));
    EXPECT_TRUE(work->summary().contains(L("Films")));
    EXPECT_DOUBLE_EQ(work->progress(), 0.25);
    for (const char* id : {"j1", "j2"})
        world.channel.tell(QByteArray(R"({"type":"job","id":")") + id +
                           R"(","kind":"loudness","state":"leased","progress":0.5})");
    EXPECT_EQ(work->count(), 2) << "many of a kind are one line";
    work->cancel(1);
    EXPECT_TRUE(QTest::qWaitFor([&] { return world.http.count("DELETE", L("/api/v1/admin/jobs/j2")) == 1; }));
    world.channel.tell(R"({"type":"job","id":"j1","kind":"loudness","state":"done","progress":1})");
    world.channel.tell(R"({"type":"job","id":"j2","kind":"loudness","state":"cancelled","progress":0})");
    EXPECT_EQ(work->count(), 1);
    world.context.session()->signOut();
    EXPECT_EQ(work->count(), 0);
}

TEST(RunningWorkTest, EveryKindOfJobIsToldInWords) {
    QStringList words;
    for (const auto* kind : {"sprites", "loudness", "download", "prepare", "rungs", "index", "made-up"}) {
        words << jobKindText(L(kind));
        EXPECT_FALSE(words.last().isEmpty());
        EXPECT_FALSE(words.last().contains(L(kind), Qt::CaseSensitive)) << kind;
    }
    EXPECT_EQ(words.removeDuplicates(), 0);
}

TEST(RunningWorkTest, TitlesOnTheirWayToThisComputerAreThereToo) {
    World world;
    const QJsonObject order{
        {L("id"), L("d1")},        {L("file_id"), L("file1")}, {L("file_name"), L("Foghorn.mkv")},
        {L("state"), L("making")}, {L("progress"), 0.5},       {L("url"), L("/api/v1/downloads/d1/file")}};
    world.http.on("POST /api/v1/downloads", 201, order);
    world.http.on("GET /api/v1/downloads/d1", 200, order);
    ASSERT_TRUE(world.signIn());
    const std::unique_ptr<ItemViewModel> page(world.context.item(L("f1")));
    ASSERT_TRUE(QTest::qWaitFor([&] { return !page->loading(); }));
    world.context.offline()->download(page.get(), L("720p"));
    auto* work = world.context.work();
    ASSERT_TRUE(QTest::qWaitFor([&] { return work->count() == 1; }));
    EXPECT_EQ(work->summary().toStdString(), "Foghorn");
    work->setPaused(0, true);
    EXPECT_TRUE(QTest::qWaitFor([&] { return work->data(work->index(0), RunningWork::PausedRole).toBool(); }));
    work->cancel(0);
    EXPECT_TRUE(QTest::qWaitFor([&] { return work->count() == 0; }));
}

}  // namespace
}  // namespace marea::app::test
