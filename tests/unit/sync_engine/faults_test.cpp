// Devices and computers that fail in the midst of it.
#include <filesystem>
#include <functional>
#include <tuple>

#include "lab.h"

using namespace marea;
using namespace marea::sync;
using namespace marea::sync::test;

// The new content is as long as the old one, and is wanted after the kill, or the old one is again.
struct Replacing : Lab, ::testing::WithParamInterface<std::tuple<bool, const char*>> {};

TEST_P(Replacing, WhetherItReachedTheMediumOrNotTheRightContentIsThere) {
    const auto [reaches, wanted] = GetParam();
    source.all = {song("a", "A")};
    ASSERT_TRUE(sync());
    const auto before = target.files;
    int moment = 0;
    for (bool killed = true; killed;) {
        Fate fate;
        fate.killAt = moment++;
        SCOPED_TRACE("killed at " + std::to_string(fate.killAt));
        source.all = {song("a", "B")};
        target.files = before;
        journal.text.clear();
        target.fate = journal.fate = &fate;
        killed = false;
        try {
            ASSERT_TRUE(sync());
        } catch (const Killed&) {
            killed = true;
        }
        target.fate = journal.fate = nullptr;
        if (killed && !reaches) {
            target.files = before;  // nothing was flushed
        }
        source.all = {song("a", wanted)};
        ASSERT_TRUE(sync());
        expectInStep();
        ASSERT_FALSE(HasFailure());
    }
    EXPECT_GT(moment, 10);
}

INSTANTIATE_TEST_SUITE_P(Kills, Replacing, ::testing::Combine(::testing::Bool(), ::testing::Values("A", "B")));

TEST_F(Lab, AFileThatCannotBeReplacedLeavesNoPart) {
    source.all = {song("a", "A")};
    ASSERT_TRUE(sync());
    const auto before = target.files;
    source.all = {song("a", "A2")};
    target.stuck = "Music/a.mp3";
    const auto report = sync();
    ASSERT_TRUE(report) << report.error().text;
    EXPECT_EQ(report->problems.size(), 1u);
    EXPECT_EQ(target.files, before);
    target.stuck.clear();
    ASSERT_TRUE(sync());
    expectInStep();
}

TEST_F(Lab, AComputerWhoseDiskFillsUpMeanwhileLeavesNoPart) {
    for (const Moves moves : {Moves::Anywhere, Moves::Nowhere}) {
        source.all = {song("a", "A")};
        target.can.moves = moves;
        SyncEngine engine(target, journal, clock);
        const auto state = engine.begin();
        const Plan plan = makePlan({source.all, {}, rules, profile, *state, {}, false});
        SyncControl own;
        const auto report = engine.run(plan, source.all, profile, *state, source, {}, own,
                                       [&](const Progress&) { journal.isFull = true; });
        ASSERT_FALSE(report);
        EXPECT_EQ(target.files, foreign);
        journal.isFull = false;
    }
}

TEST_F(Lab, ADeviceThatCutsFilesWithoutAWordIsFoundOut) {
    source.all = {song("a", "A", 3000)};
    target.cutsWhenFull = true;
    target.capacity = 5'000'000;
    SyncEngine engine(target, journal, clock);
    const auto state = engine.begin();
    const Plan plan = makePlan({source.all, {}, rules, profile, *state, {}, false});
    target.capacity = 3010;
    SyncControl own;
    FakeTarget& device = target;
    device.files["filler"] = std::string(1000, 'x');
    const auto report = engine.run(plan, source.all, profile, *state, source, {}, own, {});
    ASSERT_TRUE(report) << report.error().text;
    ASSERT_EQ(report->problems.size(), 1u);
    EXPECT_EQ(report->problems[0].reason, "The device did not keep the file as it was sent.");
    EXPECT_EQ(target.files.count("Music/a.mp3"), 0u);
}

TEST_F(Lab, ADeviceThatIsWriteProtectedIsKnownBeforeAnythingIsTried) {
    source.all = {song("a", "A")};
    target.files["Music/marea-left.part"] = "of a run before";
    journal.text =
        journalLine(
            {JournalEntry::What::Writing, "Music/marea-left.part", "", {"a", "Music/a.mp3", "", 0, "", "", "", true}}) +
        "\n";
    const std::string noted = journal.text;
    target.can.isReadOnly = true;
    const auto report = sync();
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().text, kReadOnly);
    EXPECT_EQ(target.lists, 0) << "nor is it read";
    EXPECT_EQ(journal.text, noted);
    target.can.isReadOnly = false;
    ASSERT_TRUE(sync());
    expectInStep();
}

TEST_F(Lab, ADeviceThatIsWriteProtectedMeanwhileGetsNothingEncodedForIt) {
    struct NoEncoder : DeviceEncoder {
        int asked = 0;
        core::Result<void> encode(const LibraryItem&, const Encoding&, const std::string&, SyncControl&) override {
            ++asked;
            return core::fail(core::ErrorCode::Io, "It is not to be asked.");
        }
    } encoder;
    source.all = {song("a", "A")};
    source.all[0].format.audioCodec = "flac";
    profile.audioEncoding = Encoding{"mp3-192", "mp3", "mp3", "mp3", "", 192'000, 0};
    SyncEngine engine(target, journal, clock);
    const auto state = engine.begin();
    ASSERT_TRUE(state);
    const Plan plan = makePlan({source.all, {}, rules, profile, *state, {}, true});
    ASSERT_EQ(plan.count(Action::Transcode), 1u);
    target.can.isReadOnly = true;
    EncodeCache cache((std::filesystem::temp_directory_path() / "marea-not-made").string(), 1'000'000);
    SyncControl own;
    const auto report = engine.run(plan, source.all, profile, *state, source, {&encoder, &cache}, own, {});
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().text, kReadOnly);
    EXPECT_EQ(encoder.asked, 0);
}

TEST_F(Lab, AVolumeThatBecomesReadOnlyEndsTheRunAndIsClearedUpLater) {
    for (int i = 0; i < 5; ++i) {
        source.all.push_back(song("s" + std::to_string(i), "c" + std::to_string(i)));
    }
    target.lockAfter = 7000;  // in the second file
    auto report = sync();
    ASSERT_FALSE(report) << "one after the other would fail";
    EXPECT_EQ(report.error().text, kReadOnly);
    EXPECT_EQ(target.bytesWritten, 7000);
    target.can.isReadOnly = false;
    target.lockAfter = std::numeric_limits<std::int64_t>::max();
    report = sync();
    ASSERT_TRUE(report) << report.error().text;
    EXPECT_EQ(report->written, 4u) << "the first is there";
    expectInStep();
}

TEST_F(Lab, ADeviceThatFlipsBitsIsFoundOut) {
    source.all = {song("a", "A")};
    target.flipsBits = true;
    const auto report = sync();
    ASSERT_TRUE(report);
    EXPECT_EQ(report->problems.size(), 1u);
    EXPECT_EQ(target.files, foreign) << "nothing is left of it";
}

TEST_F(Lab, APartThatCannotBeRemovedIsRememberedAndGoesNextTime) {
    source.all = {song("a", "A")};
    target.flipsBits = target.cannotRemove = true;
    ASSERT_TRUE(sync());
    EXPECT_EQ(target.files.size(), foreign.size() + 1);
    target.flipsBits = target.cannotRemove = false;
    ASSERT_TRUE(sync());
    expectInStep();
}

TEST_F(Lab, AComputerThatCannotKeepNoteWritesNothing) {
    source.all = {song("a", "A")};
    journal.isFull = true;
    const auto report = sync();
    ASSERT_FALSE(report);
    EXPECT_EQ(target.files, foreign);
}

TEST_F(Lab, AFullDeviceKeepsWhatFits) {
    source.all = {song("a", "A", 3000), song("b", "B", 3000)};
    SyncEngine engine(target, journal, clock);
    const auto state = engine.begin();
    ASSERT_TRUE(state);
    const Plan plan = makePlan({source.all, {}, rules, profile, *state, {}, false});
    target.capacity = 5000;  // less than it said
    SyncControl own;
    const auto report = engine.run(plan, source.all, profile, *state, source, {}, own, {});
    ASSERT_TRUE(report) << report.error().text;
    EXPECT_EQ(report->written, 1u);
    ASSERT_EQ(report->problems.size(), 1u);
    EXPECT_EQ(report->problems[0].reason, "There is no room left on the device.");
    source.all.pop_back();
    target.capacity = 8'000'000;
    expectInStep();
}

TEST_F(Lab, AFileOfTheLibraryThatFailsLeavesNoPartAndKeepsNoOtherBack) {
    const auto make = [this] { source.all = {song("a", "A"), song("b", "B"), song("c", "C")}; };
    const std::vector<std::pair<std::function<void()>, core::ErrorCode>> faults{
        {[this] { source.vanished = {"b"}; }, core::ErrorCode::NotFound},
        {[this] { source.truly["b"] = 3000; }, core::ErrorCode::Conflict},
        {[this] { source.truly["b"] = 7000; }, core::ErrorCode::Conflict},
        {[this] { source.truly["b"] = 0; }, core::ErrorCode::Conflict},
        {[this] { source.damagedAt["b"] = 0; }, core::ErrorCode::Io},
        {[this] { source.damagedAt["b"] = 3000; }, core::ErrorCode::Io}};
    for (const Moves moves : {Moves::Anywhere, Moves::WithinAFolder, Moves::Nowhere}) {
        for (const auto& [fault, code] : faults) {
            target.files = foreign;
            target.can.moves = moves;
            make();
            fault();
            auto report = sync();
            ASSERT_TRUE(report) << report.error().text;
            EXPECT_EQ(report->written, 2u);
            ASSERT_EQ(report->problems.size(), 1u);
            EXPECT_EQ(report->problems[0].code, code);
            EXPECT_TRUE(journal.text.empty());
            source.all.erase(source.all.begin() + 1);
            expectInStep();
            source.vanished.clear();
            source.truly.clear();
            source.damagedAt.clear();
            make();
            report = sync();
            ASSERT_TRUE(report);
            EXPECT_EQ(report->written, 1u);
            expectInStep();
        }
    }
}

TEST_F(Lab, ADeviceThatFillsUpInTheMidstOfTheLibraryFileLosesNothing) {
    for (const Moves moves : {Moves::Anywhere, Moves::Nowhere}) {
        for (std::int64_t room = 0; room < 4000; room += 130) {
            SCOPED_TRACE(std::to_string(room) + " bytes are left");
            target.files = foreign;
            journal.text.clear();
            target.can.moves = moves;
            target.capacity = 8'000'000;
            source.all = {song("a", "A"), song("b", "B"), song("c", "C")};
            ASSERT_TRUE(sync());
            source.all.push_back(song("d", "D"));
            SyncEngine engine(target, journal, clock);
            const auto state = engine.begin();
            ASSERT_TRUE(state);
            const Plan plan = makePlan({source.all, {}, rules, profile, *state, {}, false});
            SyncControl own;
            const auto report =
                engine.run(plan, source.all, profile, *state, source, {}, own, [&](const Progress& progress) {
                    if (progress.filesDone == 1) {  // somebody else's files
                        target.capacity = room;
                        for (const auto& [path, content] : target.files) {
                            target.capacity += static_cast<std::int64_t>(content.size());
                        }
                    }
                });
            ASSERT_TRUE(report || report.error().code == core::ErrorCode::TooLarge);
            source.all.erase(source.all.begin());
            const auto next = sync();
            ASSERT_TRUE(next) << next.error().text << ": what makes room is done on a full device, too";
            EXPECT_EQ(next->written, 0u) << planned();
            expectInStep();
            ASSERT_FALSE(HasFailure());
        }
    }
}

TEST_F(Lab, ADeviceThatGoesOnWithoutEndIsNotListenedToWithoutEnd) {
    source.all = {song("a", "A")};
    target.isEndless = true;
    const auto report = sync();
    ASSERT_TRUE(report) << report.error().text;
    ASSERT_EQ(report->problems.size(), 1u);
    EXPECT_EQ(report->problems[0].reason, "The device did not keep the file as it was sent.");
    EXPECT_EQ(target.files, foreign);
}

TEST_F(Lab, WhatIsInAFolderThatMayNotBeOpenedIsNotMissing) {
    source.all = {song("a", "A"), song("b", "B")};
    ASSERT_TRUE(sync());
    const auto before = target.files;
    target.closed = "music";  // the same folder there
    source.all = {song("a", "A"), song("b", "C")};
    const auto refused = sync();
    ASSERT_FALSE(refused) << planned();
    EXPECT_EQ(refused.error().code, core::ErrorCode::Unprocessable);
    EXPECT_EQ(refused.error().text.find("music on the device"), 0u) << refused.error().text;
    EXPECT_EQ(target.files, before);
    target.closed.clear();
    const auto report = sync();
    ASSERT_TRUE(report) << report.error().text;
    EXPECT_EQ(report->written, 1u) << planned();
    expectInStep();
}

TEST_F(Lab, AFolderOfOthersThatMayNotBeOpenedIsNoHindrance) {
    source.all = {song("a", "A")};
    foreign["Photos/mine.jpg"] = target.files["Photos/mine.jpg"] = "a picture";
    target.closed = "Photos";
    ASSERT_TRUE(sync());
    ASSERT_TRUE(sync());
    EXPECT_EQ(last.count(Action::Keep), 1u) << planned();
    expectInStep();
}

TEST_F(Lab, AFileThatIsLeftOutOnceIsNotWrittenAgain) {
    source.all = {song("a", "A"), song("b", "B")};
    ASSERT_TRUE(sync());
    target.can.leavesOut = true;
    for (const char* file : {"Music/a.mp3", kLibraryPath}) {
        target.untold = file;
        target.untoldFor = 1;
        const auto report = sync();
        ASSERT_TRUE(report) << report.error().text;
        EXPECT_EQ(report->written + report->deleted, 0u) << file << planned();
        expectInStep();
    }
    target.lists = 0;
    ASSERT_TRUE(sync());
    EXPECT_EQ(target.lists, 1) << "where nothing is missing nobody asks twice";
}

TEST_F(Lab, FilesThatAreNeverToldOfAreAnErrorAndNotGone) {
    source.all = {song("a", "A"), song("b", "B")};
    ASSERT_TRUE(sync());
    target.can.leavesOut = true;
    const auto before = target.files;
    for (const auto& [file, folder] :
         std::map<std::string, std::string>{{"Music/a.mp3", "Music"}, {kLibraryPath, ""}}) {
        target.untold = file;
        target.partly = {folder};
        const auto report = sync();
        ASSERT_FALSE(report) << file;
        EXPECT_EQ(report.error().text.rfind("The device leaves out files", 0), 0u) << report.error().text;
        EXPECT_EQ(target.files, before);
    }
    target.partly = {"Music"};
    target.untold = "Music/mine.mp3";
    EXPECT_TRUE(sync()) << "one of others is no hindrance";
}

// On ext4, for one. The other one comes first in the list.
TEST_F(Lab, AForeignFileWhoseNameDiffersInCaseOnlyIsNeitherOursNorInTheWay) {
    source.all = {song("a", "A"), song("b", "B")};
    ASSERT_TRUE(sync());
    target.files["Music/A.mp3"] = foreign["Music/A.mp3"] = "another";
    auto report = sync();
    ASSERT_TRUE(report) << report.error().text;
    EXPECT_EQ(report->written, 0u) << "ours is there as it was" << planned();
    EXPECT_EQ(last.count(Action::Conflict), 0u);
    expectInStep();
    FakeCopy copy;
    SyncEngine engine(target, journal, clock, &copy);
    copy.kept = *libraryFileFrom(target.files[kLibraryPath]);
    target.files.erase(kLibraryPath);
    const auto state = engine.begin();
    ASSERT_TRUE(state);
    EXPECT_EQ(state->library.files.size(), 2u) << "it is known again where the library file is lost";
    target.files[kLibraryPath] = libraryFileText(*copy.kept);
    source.all.erase(source.all.begin());
    report = sync();
    ASSERT_TRUE(report);
    EXPECT_EQ(report->deleted, 1u);
    expectInStep();
}

TEST_F(Lab, AFileOfOthersThatIsNotToldOfIsNotWrittenOver) {
    target.can.moves = Moves::Nowhere;
    target.partly = {"Music"};
    target.untold = "Music/mine.mp3";
    source.all = {song("mine", "A"), song("Sub/b", "B")};
    const auto report = sync();
    ASSERT_TRUE(report) << report.error().text;
    EXPECT_EQ(report->written, 1u) << "in another folder there is no doubt";
    ASSERT_EQ(report->problems.size(), 1u);
    EXPECT_EQ(report->problems[0].path, "Music/mine.mp3");
    EXPECT_EQ(target.files["Music/mine.mp3"], foreign["Music/mine.mp3"]);
}

// With titles that are written anew, which drop out of the lists that are there.
TEST_F(Lab, ListsOfTheDevicesOwnAreWholeWhereverTheProgramIsKilled) {
    target.can.lists = "";
    target.can.moves = Moves::Nowhere;
    profile.wantsPlaylists = true;
    source.all = {song("a", "A", 900), song("b", "B", 900)};
    playlists = {{"p", "Both", {"a", "b"}}, {"q", "One", {"b"}}};
    ASSERT_TRUE(sync());
    const FakeTarget before = target;
    source.all = {song("a", "A2", 900), song("b", "B", 900), song("c", "C", 900)};
    playlists = {{"p", "Both", {"a", "b"}}, {"r", "New", {"c", "a"}}};
    for (std::int64_t moment = 0;; ++moment) {
        target = before;
        journal.text.clear();
        Fate fate;
        fate.killAt = moment;
        target.fate = journal.fate = &fate;
        bool wasKilled = false;
        try {
            ASSERT_TRUE(sync());
        } catch (const Killed&) {
            wasKilled = true;
        }
        target.fate = journal.fate = nullptr;
        const auto report = sync();
        ASSERT_TRUE(report) << report.error().text << " at " << moment;
        const std::map<std::string, std::vector<std::string>> expected{
            {"Music/Both.pla", {"Music/a.mp3", "Music/b.mp3"}}, {"Music/New.pla", {"Music/c.mp3", "Music/a.mp3"}}};
        ASSERT_EQ(target.ownLists, expected) << "killed at " << moment << planned();
        expectInStep();
        ASSERT_EQ(sync()->written, 0u) << "killed at " << moment << planned();
        if (!wasKilled) {
            EXPECT_GT(moment, 20);
            return;
        }
    }
}
