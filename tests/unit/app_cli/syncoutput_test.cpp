#include "app/cli/syncoutput.h"

#include <gtest/gtest.h>

using namespace marea;
using namespace marea::app;

namespace {

sync::Plan madeUp() {
    sync::Plan plan;
    sync::Step copy;
    copy.action = sync::Action::Copy;
    copy.item = "a";
    copy.to = "Music/a\x1b[2J.mp3";
    copy.bytes = 1'500'000;
    copy.reason = "it is new";
    sync::Step move = copy;
    move.action = sync::Action::Move;
    move.from = "Music/old.mp3";
    sync::Step keep;
    plan.steps = {move, copy, keep};
    plan.bytesToWrite = 1'500'000;
    plan.seconds = 75;
    return plan;
}

}  // namespace

TEST(SyncOutput, TellsAPlanToPeople) {
    const std::string text = planText(madeUp(), "stick", {});
    EXPECT_NE(text.find("move  Music/old.mp3 → "), std::string::npos) << text;
    EXPECT_NE(text.find("(it is new)"), std::string::npos);
    EXPECT_NE(text.find("1 file to write (1.5 MB, about 1 min), 1 to move, 0 to delete, 1 there already"),
              std::string::npos)
        << text;
    EXPECT_EQ(text.find('\x1b'), std::string::npos) << "a name cannot write to the terminal";
}

TEST(SyncOutput, NoNameInAnyWordsWritesToTheTerminal) {
    const std::string name =
        "a\x1b[2J\xC2\x9B"
        "2J";
    sync::SyncReport report;
    report.problems = {{"a", name + " cannot be read."}};
    sync::ImportReport imported;
    imported.problems = report.problems;
    sync::Plan plan = madeUp();
    plan.steps.front().reason = "it belongs to " + name + "; it stays";
    sync::Plan longPlan;
    longPlan.steps.assign(100, plan.steps.front());
    const ListedDevice device{"/media/a", "a", "mass_storage", "vfat", "generic", 0, name + " holds it."};
    for (const std::string& text :
         {errorText({core::ErrorCode::Unprocessable, "", name + " on the device cannot be opened."}, false),
          reportText(report, false), importText(imported, false), planText(plan, "stick", {.verbose = true}),
          planText(longPlan, "stick", {}), devicesText({device}, false)}) {
        EXPECT_EQ(text.find('\x1b'), std::string::npos) << text;
        EXPECT_EQ(text.find("\xC2\x9B"), std::string::npos) << text;
        EXPECT_EQ(text.back(), '\n');
    }
}

TEST(SyncOutput, ALongPlanIsToldByFolders) {
    sync::Plan plan;
    for (int i = 0; i < 10'000; ++i) {
        sync::Step step;
        step.action = i % 10 == 0 ? sync::Action::LeftOut : sync::Action::Copy;
        (step.action == sync::Action::Copy ? step.to : step.wanted) =
            "Music/Artist " + std::to_string(i % 500) + "/" + std::to_string(i) + ".mp3";
        step.bytes = 5'000'000 + i;
        step.reason =
            step.action == sync::Action::Copy ? "it is new" : "there is no room for " + std::to_string(i) + " MB";
        plan.steps.push_back(step);
    }
    const std::string text = planText(plan, "stick", {});
    EXPECT_LT(std::count(text.begin(), text.end(), '\n'), 40) << text;
    EXPECT_NE(text.find("copy  9000 files, 45.0 GB: it is new\n"), std::string::npos) << text;
    EXPECT_NE(text.find("left_out  1000 files, 5.0 GB: there is no room\n"), std::string::npos) << text;
    EXPECT_NE(text.find("  Music/Artist 1/  20 files, 100 MB\n"), std::string::npos) << text;
    EXPECT_NE(text.find("  and 435 folders more\n"), std::string::npos) << text;
    const std::string all = planText(plan, "stick", {.verbose = true});
    EXPECT_EQ(std::count(all.begin(), all.end(), '\n'), 10'001);
    EXPECT_NE(all.find("left_out  Music/Artist 0/0.mp3 (there is no room for 0 MB)\n"), std::string::npos);
}

TEST(SyncOutput, TellsAPlanToPrograms) {
    const std::string text = planText(madeUp(), "stick", {.json = true});
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1);
    EXPECT_NE(text.find(R"("device":"stick","bytes_to_write":1500000)"), std::string::npos) << text;
    EXPECT_NE(text.find(R"({"action":"move","item":"a","from":"Music/old.mp3")"), std::string::npos) << text;
}

TEST(SyncOutput, TellsProgressAndWhatCameOfIt) {
    sync::Progress progress{5'000'000, 10'000'000, 1, 3, "Music/b.mp3", 1'000'000, 5.0};
    EXPECT_EQ(progressText(progress, false), "1 of 3, 5.0 MB of 10.0 MB, 1.0 MB/s, 5 s left: Music/b.mp3\n");
    progress.secondsLeft.reset();
    EXPECT_NE(progressText(progress, true).find(R"("seconds_left":null)"), std::string::npos);
    sync::SyncReport report;
    report.written = 2;
    report.bytes = 2'000'000'000;
    report.problems = {{"a", "There is no room left on the device."}};
    EXPECT_NE(reportText(report, false).find("2 files written (2.0 GB)"), std::string::npos);
    EXPECT_NE(reportText(report, false).find("Not done: a (There is no room"), std::string::npos);
    EXPECT_NE(reportText(report, false).find("0 deleted, 1 not done, as said above."), std::string::npos);
    EXPECT_EQ(reportText(report, false).find("Everything is on the device"), std::string::npos);
    EXPECT_NE(reportText(report, true).find(R"("event":"done")"), std::string::npos);
    report.problems.clear();
    EXPECT_NE(reportText(report, false).find("Everything is on the device"), std::string::npos);
}

TEST(SyncOutput, ProgressOnATerminalIsOneLineThatFits) {
    const sync::Progress progress{5'000'000, 10'000'000, 1, 3, "Music/Ana/A very long name of a song.mp3",
                                  1'000'000, 5.0};
    EXPECT_EQ(progressLine(progress, 60), "50 %, 1 of 3, 5.0 MB of 10.0 MB, 1.0 MB/s, 5 s left: Music…");
    EXPECT_EQ(cutTo("año", 3), "año");
    EXPECT_EQ(cutTo("años", 3), "añ…");
    EXPECT_EQ(cutTo("海海海", 5), "海海…") << "each takes two places";
    EXPECT_EQ(cutTo("", 0), "");
}

TEST(SyncOutput, SizesAndTimesAreShort) {
    EXPECT_EQ(sizeText(0), "0 B");
    EXPECT_EQ(sizeText(999), "999 B");
    EXPECT_EQ(sizeText(1'234'567), "1.2 MB");
    EXPECT_EQ(sizeText(123'456'789'000), "123 GB");
    EXPECT_EQ(durationText(-3), "0 s");
    EXPECT_EQ(durationText(59.4), "59 s");
    EXPECT_EQ(durationText(90), "2 min");
    EXPECT_EQ(durationText(3660), "1 h 1 min");
}

TEST(SyncOutput, NamesDevices) {
    EXPECT_EQ(devicesText({}, false), "No volumes are mounted, and no phones or players are plugged in.\n");
    EXPECT_EQ(devicesText({}, true), "");
    const std::vector<ListedDevice> one{
        {"/media/ana/Stick", "Stick", "mass_storage", "vfat", "generic", 2'000'000'000, ""}};
    EXPECT_EQ(devicesText(one, false), "/media/ana/Stick  2.0 GB free, vfat, as \"generic\"\n");
    EXPECT_NE(devicesText(one, true).find(R"("id":"/media/ana/Stick")"), std::string::npos);
}
