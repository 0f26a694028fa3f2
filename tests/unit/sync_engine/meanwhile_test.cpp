// What changes on a device between the plan and the run.
#include "lab.h"

using namespace marea;
using namespace marea::sync;
using namespace marea::sync::test;

namespace {

struct Meanwhile : Lab {
    SyncEngine engine{target, journal, clock};
    std::optional<DeviceState> state;
    Plan plan;

    Meanwhile() {
        source.all = {song("a", "A"), song("b", "B"), song("c", "C")};
        EXPECT_TRUE(sync());
        target.times["Music/a.mp3"] = 1'700'000'000'000;
        foreign.clear();
        target.files.erase("Music/mine.mp3");
        target.files.erase("photo.jpg");
    }
    void makeThePlan() {
        state = engine.begin().value();
        plan = makePlan({source.all, playlists, rules, profile, *state, {}, false});
    }
    SyncReport run() {
        SyncControl own;
        const auto report = engine.run(plan, source.all, profile, *state, source, {}, own, {});
        EXPECT_TRUE(report) << report.error().text;
        return report.value_or(SyncReport());
    }
    void expectItStays(const SyncReport& report, const std::string& path, const std::string& content) {
        EXPECT_EQ(target.files[path], content);
        ASSERT_EQ(report.problems.size(), 1u);
        EXPECT_EQ(report.problems[0].code, core::ErrorCode::Conflict) << report.problems[0].reason;
        EXPECT_FALSE(fileOf("a")) << "it is foreign from then on";
        ASSERT_TRUE(sync());
        EXPECT_EQ(target.files[path], content) << "also in the next run";
    }
};

TEST_F(Meanwhile, AFileThatGotAnotherSizeIsNotDeleted) {
    source.all.erase(source.all.begin());
    makeThePlan();
    ASSERT_EQ(plan.count(Action::Delete), 1u);
    target.files["Music/a.mp3"] = "a recording of the owner";
    const SyncReport report = run();
    EXPECT_EQ(report.deleted, 0u);
    expectItStays(report, "Music/a.mp3", "a recording of the owner");
}

TEST_F(Meanwhile, AFileThatChangedIsNotDeletedHoweverOftenThePlanSaysSo) {
    source.all.erase(source.all.begin());
    makeThePlan();
    plan.steps.insert(plan.steps.begin(), plan.steps.front());
    ASSERT_EQ(plan.count(Action::Delete), 2u);
    target.files["Music/a.mp3"] = "a recording of the owner";
    EXPECT_EQ(run().deleted, 0u);
    EXPECT_EQ(target.files["Music/a.mp3"], "a recording of the owner");
}

TEST_F(Meanwhile, AFileThatGotAnotherTimeIsNotDeleted) {
    source.all.erase(source.all.begin());
    makeThePlan();
    target.times["Music/a.mp3"] += 60'000;
    const std::string content = target.files["Music/a.mp3"];
    expectItStays(run(), "Music/a.mp3", content);
}

TEST_F(Meanwhile, AFileThatChangedIsNotMoved) {
    source.all[0].path = "x/a.mp3";
    makeThePlan();
    ASSERT_EQ(plan.count(Action::Move), 1u) << planned();
    target.files["Music/a.mp3"] = "a recording of the owner";
    const SyncReport report = run();
    EXPECT_EQ(report.moved, 0u);
    EXPECT_EQ(target.files["Music/a.mp3"], "a recording of the owner");
    ASSERT_EQ(report.problems.size(), 1u);
    EXPECT_EQ(report.problems[0].code, core::ErrorCode::Conflict);
}

TEST_F(Meanwhile, AFileThatChangedIsNotReplaced) {
    source.all[0] = song("a", "Another", 6000);
    makeThePlan();
    target.files["Music/a.mp3"] = "a recording of the owner";
    const SyncReport report = run();
    EXPECT_EQ(target.files["Music/a.mp3"], "a recording of the owner");
    ASSERT_EQ(report.problems.size(), 1u);
    EXPECT_EQ(report.problems[0].code, core::ErrorCode::Conflict);
    ASSERT_TRUE(sync());
    EXPECT_EQ(target.files["Music/a.mp3"], "a recording of the owner");
    EXPECT_EQ(target.files[fileOf("a")->path], FakeSource::contentOf(source.all[0])) << "it comes beside it";
}

TEST_F(Meanwhile, WhatIsAsItWasGoesAlsoWhereFatRoundsItsTime) {
    source.all.erase(source.all.begin());
    makeThePlan();
    target.times["Music/a.mp3"] -= 1000;
    const SyncReport report = run();
    EXPECT_EQ(report.deleted, 1u);
    EXPECT_TRUE(report.problems.empty());
}

// The cable was pulled when the new one was there and verified.
TEST_F(Meanwhile, AFileThatChangedSinceARunWasCutOffIsNotReplaced) {
    const auto original = target.files;
    for (const char* own : {"Music/a.mp3", "Music/new.mp3"}) {
        DeviceFile next = *fileOf("a");
        next.path = own;
        next.size = 6000;
        next.fingerprint = "Another";
        source.all[0] = song("a", "Another", 6000);
        const std::string part = "Music/marea-0123.part", content = FakeSource::contentOf(source.all[0]);
        journal.text = journalLine({JournalEntry::What::Verified, part, "Music/a.mp3", next}) + "\n";
        target.files[part] = content;
        target.files["Music/a.mp3"] = "a recording of the owner";
        ASSERT_TRUE(sync()) << own;
        EXPECT_EQ(target.files["Music/a.mp3"], "a recording of the owner") << own;
        EXPECT_EQ(target.files.count(part), 0u);
        ASSERT_TRUE(fileOf("a"));
        EXPECT_EQ(target.files[fileOf("a")->path], content) << "it comes beside it";
        EXPECT_NE(fileOf("a")->path, "Music/a.mp3");
        target.files = original;
        journal.text.clear();
    }
}

}  // namespace
